//! What differs between two forms of an object, field by field, as its schema reads them.

mod embedded;
mod lines;
mod lists;

use check::capacity::Quantity;
use check::stored::{Shapes, is_quantity};
use schemas::{Schema, SchemaType};
use serde_json::{Map, Value as Json};

use crate::path::{FieldPath, Step};

/// One field that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Where.
    pub path: FieldPath,
    /// What it was; `None` where it was not there.
    pub old: Option<Json>,
    /// What it will be; `None` where it will not be there.
    pub new: Option<Json>,
    /// In which sense it differs.
    pub nature: Nature,
}

/// In which sense a field differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// Another value.
    Value,
    /// The same quantity or duration, written differently.
    SameValue,
    /// The same items in another order.
    Order,
}

/// Compares two objects that are in their stored form.
pub(crate) fn compare<'a>(
    shapes: Shapes<'a>,
    schema: Option<&'a Schema>,
    native: bool,
    old: &Json,
    new: &Json,
) -> Vec<Difference> {
    let mut comparison = Comparison {
        shapes,
        native,
        found: Vec::new(),
    };
    comparison.node(schema, Some(old), Some(new), &FieldPath::default());
    comparison.found
}

struct Comparison<'a> {
    shapes: Shapes<'a>,
    native: bool,
    found: Vec<Difference>,
}

impl<'a> Comparison<'a> {
    fn node(
        &mut self,
        schema: Option<&'a Schema>,
        old: Option<&Json>,
        new: Option<&Json>,
        path: &FieldPath,
    ) {
        if old == new {
            return;
        }
        let schema = schema.map(|schema| self.shapes.resolve(schema).0);
        match (old, new) {
            (Some(Json::Object(old)), Some(Json::Object(new))) => {
                self.object(schema, old, new, path);
            }
            (Some(Json::Array(old)), Some(Json::Array(new))) => self.list(schema, old, new, path),
            (Some(Json::String(before)), Some(Json::String(after)))
                if is_file(before) || is_file(after) =>
            {
                self.found
                    .extend(embedded::compare(before, after, path, path.last_key()));
            }
            _ => {
                let nature = match (old, new) {
                    (Some(old), Some(new)) if same_value(schema, self.native, old, new) => {
                        Nature::SameValue
                    }
                    _ => Nature::Value,
                };
                self.push(path.clone(), old, new, nature);
            }
        }
    }

    fn push(&mut self, path: FieldPath, old: Option<&Json>, new: Option<&Json>, nature: Nature) {
        self.found.push(Difference {
            path,
            old: old.cloned(),
            new: new.cloned(),
            nature,
        });
    }

    fn object(
        &mut self,
        schema: Option<&'a Schema>,
        old: &Map<String, Json>,
        new: &Map<String, Json>,
        path: &FieldPath,
    ) {
        let is_map = schema.is_some_and(|schema| {
            schema.properties.is_empty() && schema.additional_properties.is_some()
        });
        let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
        names.sort();
        names.dedup();
        for name in names {
            let (before, after) = (old.get(name), new.get(name));
            if before == after {
                continue;
            }
            let child = schema.and_then(|schema| Shapes::child(schema, name));
            let below = if is_map || name.contains(['.', '/']) {
                path.key(name)
            } else {
                path.field(name)
            };
            self.node(child, before, after, &below);
        }
    }
}

/// Whether a text is worth reading as a file of its own.
fn is_file(text: &str) -> bool {
    text.trim_end().contains('\n')
}

/// Whether two scalars say the same quantity or duration.
fn same_value(schema: Option<&Schema>, native: bool, old: &Json, new: &Json) -> bool {
    let quantity = |value: &Json| {
        let text = match value {
            Json::String(text) => text.clone(),
            Json::Number(number) => number.to_string(),
            _ => return None,
        };
        Quantity::parse(&text)
    };
    if schema.is_some_and(is_quantity) {
        return quantity(old).is_some_and(|value| quantity(new) == Some(value));
    }
    // Built-in kinds have no durations, and all that schemas leave open is a number or a name there.
    let may_be_duration = !native
        && schema.is_none_or(|schema| matches!(schema.type_, SchemaType::String | SchemaType::Any));
    if let (true, Some(old), Some(new)) = (may_be_duration, old.as_str(), new.as_str()) {
        return duration(old).is_some_and(|value| duration(new) == Some(value));
    }
    false
}

/// Milliseconds of a duration with units, `1h30m`.
pub(crate) fn duration(text: &str) -> Option<u64> {
    const UNITS: [(&str, u64); 6] = [
        ("ms", 1),
        ("s", 1_000),
        ("m", 60_000),
        ("h", 3_600_000),
        ("d", 86_400_000),
        ("w", 604_800_000),
    ];
    let mut rest = text;
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: u64 = rest.get(..digits)?.parse().ok()?;
        let tail = rest.get(digits..)?;
        let unit = tail
            .find(|character: char| !character.is_ascii_alphabetic())
            .unwrap_or(tail.len());
        let (_, factor) = UNITS.iter().find(|(name, _)| *name == &tail[..unit])?;
        total = total.checked_add(number.checked_mul(*factor)?)?;
        rest = &tail[unit..];
    }
    (!text.is_empty()).then_some(total)
}

/// A step into a file.
pub(crate) fn inside(path: &FieldPath) -> FieldPath {
    path.then(Step::Inside)
}
