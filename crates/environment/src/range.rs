//! Reads ranges written as one scalar: `200m..500m` is a lower and an upper bound, `1` is both.

use serde_json::json;

use crate::decode::{Context, Value};
use crate::scalar::{self, ScalarValue};
use crate::schema::Definitions;
use crate::tree::{Content, Node};

/// Two bounds, the lower never above the upper: request and limit, minimum and maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Range<T> {
    lower: T,
    upper: T,
}

impl<T: PartialOrd> Range<T> {
    /// A range, unless the lower bound is above the upper one.
    pub fn new(lower: T, upper: T) -> Option<Self> {
        (lower <= upper).then_some(Self { lower, upper })
    }
}

impl<T> Range<T> {
    /// The smaller bound: request, minimum.
    pub const fn lower(&self) -> &T {
        &self.lower
    }

    /// The larger bound: limit, maximum.
    pub const fn upper(&self) -> &T {
        &self.upper
    }
}

impl<T: Clone> Range<T> {
    /// A range of one value.
    pub fn exactly(value: T) -> Self {
        Self {
            lower: value.clone(),
            upper: value,
        }
    }
}

impl<T: std::fmt::Display + PartialEq> std::fmt::Display for Range<T> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.lower == self.upper {
            return self.lower.fmt(formatter);
        }
        write!(formatter, "{}..{}", self.lower, self.upper)
    }
}

impl<T: ScalarValue + PartialOrd + Clone> Value for Range<T> {
    fn expected() -> String {
        format!(
            "a range `lower..upper` or one value, each {}",
            <T as ScalarValue>::expected()
        )
    }

    fn decode(node: &Node, context: &mut Context) -> Option<Self> {
        let Content::Scalar(scalar) = &node.content else {
            context.mismatch(node, &Self::expected());
            return None;
        };
        let Some((lower, upper)) = scalar.text.split_once("..") else {
            return scalar::parse(&scalar.text, &node.origin, context).map(Self::exactly);
        };
        if lower.is_empty() || upper.is_empty() {
            context
                .error(&node.origin, "a range needs both bounds")
                .help("write `lower..upper`, or one value for both");
            return None;
        }
        let end = scalar.text.len();
        let first = context.part(node, scalar, 0..lower.len());
        let second = context.part(node, scalar, end - upper.len()..end);
        let lower_value = scalar::parse::<T>(lower, &first, context);
        let upper_value = scalar::parse::<T>(upper, &second, context);
        let range = Self::new(lower_value?, upper_value?);
        if range.is_none() {
            context
                .error(
                    &node.origin,
                    format!("the lower bound `{lower}` is above the upper bound `{upper}`"),
                )
                .help(format!(
                    "write `{upper}..{lower}` if the two are only swapped"
                ));
        }
        range
    }

    fn schema(_: &mut Definitions) -> serde_json::Value {
        json!({
            "anyOf": [T::json_schema(), { "type": "string", "pattern": "^.+\\.\\..+$" }],
            "description": Self::expected(),
        })
    }
}
