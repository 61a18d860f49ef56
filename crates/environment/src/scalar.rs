//! Reads values that are one word: booleans, numbers, texts, and every type that says how it is written.

use serde_json::json;

use crate::decode::{Context, Value};
use crate::origin::{Located, Origin};
use crate::schema::Definitions;
use crate::suggest::shortened;
use crate::tree::{Content, Key, Node};

/// Why a text is no value of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What is wrong, lower case and without full stop.
    pub message: String,
    /// What was expected, to stand beside the mark; the path of the value stands there otherwise.
    pub expected: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
}

impl From<String> for Reason {
    fn from(message: String) -> Self {
        Self {
            message,
            expected: None,
            help: None,
        }
    }
}

impl From<names::Invalid> for Reason {
    fn from(invalid: names::Invalid) -> Self {
        Self {
            message: format!("invalid {} `{}`", invalid.kind, shortened(&invalid.given)),
            expected: Some(format!("expected {}", invalid.expected)),
            help: Some(format!("for example `{}`", invalid.example)),
        }
    }
}

/// A type that is written as one scalar. Implementing this makes it a [`Value`] and a key of a map.
pub trait ScalarValue: Sized {
    /// Whether quotes are a mistake, as they are around numbers and booleans.
    const BARE: bool = false;

    /// What is expected, as a noun for a message: `a number from 1 to 65535`.
    fn expected() -> String;

    /// Reads the text as it was written.
    fn parse(text: &str) -> Result<Self, Reason>;

    /// The JSON Schema of this type.
    fn json_schema() -> serde_json::Value {
        json!({ "type": "string", "description": Self::expected() })
    }
}

impl<T: ScalarValue> Value for T {
    fn expected() -> String {
        <T as ScalarValue>::expected()
    }

    fn decode(node: &Node, context: &mut Context) -> Option<Self> {
        let Content::Scalar(scalar) = &node.content else {
            context.mismatch(node, &<T as ScalarValue>::expected());
            return None;
        };
        if T::BARE && scalar.quoted {
            let help = T::parse(&scalar.text)
                .is_ok()
                .then(|| "leave the quotes out".to_owned());
            context
                .mismatch(node, &<T as ScalarValue>::expected())
                .maybe_help(help);
            return None;
        }
        parse(&scalar.text, &node.origin, context)
    }

    fn schema(_: &mut Definitions) -> serde_json::Value {
        T::json_schema()
    }
}

pub(crate) fn parse<T: ScalarValue>(
    text: &str,
    origin: &Origin,
    context: &mut Context,
) -> Option<T> {
    match T::parse(text) {
        Ok(value) => Some(value),
        Err(reason) => {
            let here = reason.expected.unwrap_or_else(|| context.path());
            context
                .error(origin, reason.message)
                .here(here)
                .maybe_help(reason.help);
            None
        }
    }
}

/// A type that can be the key of a map.
pub trait MapKey: Ord + Sized {
    /// Reads the key.
    fn decode_key(key: &Key, context: &mut Context) -> Option<Self>;

    /// The JSON Schema that the text of a key obeys.
    fn key_schema() -> serde_json::Value;
}

impl<T: ScalarValue + Ord> MapKey for T {
    fn decode_key(key: &Key, context: &mut Context) -> Option<Self> {
        parse(&key.text, &key.origin, context)
    }

    fn key_schema() -> serde_json::Value {
        T::json_schema()
    }
}

impl<T: ScalarValue + Ord> MapKey for Located<T> {
    fn decode_key(key: &Key, context: &mut Context) -> Option<Self> {
        Some(Self {
            value: T::decode_key(key, context)?,
            origin: key.origin,
        })
    }

    fn key_schema() -> serde_json::Value {
        T::key_schema()
    }
}

impl ScalarValue for String {
    fn expected() -> String {
        "a text".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Reason> {
        Ok(text.to_owned())
    }

    fn json_schema() -> serde_json::Value {
        json!({ "type": "string" })
    }
}

impl ScalarValue for bool {
    const BARE: bool = true;

    fn expected() -> String {
        "`true` or `false`".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Reason> {
        match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => {
                // What YAML 1.1 took for booleans.
                let meant = match text.to_ascii_lowercase().as_str() {
                    "true" | "yes" | "y" | "on" => Some("write `true`"),
                    "false" | "no" | "n" | "off" => Some("write `false`"),
                    _ => None,
                };
                let reason = Reason::from(format!(
                    "expected `true` or `false`, found `{}`",
                    shortened(text)
                ));
                Err(Reason {
                    help: meant.map(str::to_owned),
                    ..reason
                })
            }
        }
    }

    fn json_schema() -> serde_json::Value {
        json!({ "type": "boolean" })
    }
}

/// A whole number between two bounds, both allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bounded<const MINIMUM: i64, const MAXIMUM: i64>(i64);

impl<const MINIMUM: i64, const MAXIMUM: i64> Bounded<MINIMUM, MAXIMUM> {
    /// The number itself, refused by the compiler in a `const` where it is out of bounds.
    pub const fn new(number: i64) -> Self {
        assert!(
            number >= MINIMUM && number <= MAXIMUM,
            "the number is out of its bounds"
        );
        Self(number)
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl<const MINIMUM: i64, const MAXIMUM: i64> ScalarValue for Bounded<MINIMUM, MAXIMUM> {
    const BARE: bool = true;

    fn expected() -> String {
        format!("a whole number from {MINIMUM} to {MAXIMUM}")
    }

    fn parse(text: &str) -> Result<Self, Reason> {
        whole_number(text, MINIMUM.into(), MAXIMUM.into()).and_then(|number| {
            i64::try_from(number)
                .map(Self)
                .map_err(|_| out_of_bounds(text, MINIMUM.into(), MAXIMUM.into()))
        })
    }

    fn json_schema() -> serde_json::Value {
        json!({ "type": "integer", "minimum": MINIMUM, "maximum": MAXIMUM })
    }
}

macro_rules! integers {
    ($($integer:ty),+) => {$(
        impl ScalarValue for $integer {
            const BARE: bool = true;

            fn expected() -> String {
                format!("a whole number from {} to {}", <$integer>::MIN, <$integer>::MAX)
            }

            fn parse(text: &str) -> Result<Self, Reason> {
                let (minimum, maximum) = (i128::from(<$integer>::MIN), i128::from(<$integer>::MAX));
                whole_number(text, minimum, maximum)
                    .and_then(|number| Self::try_from(number).map_err(|_| out_of_bounds(text, minimum, maximum)))
            }

            fn json_schema() -> serde_json::Value {
                json!({ "type": "integer", "minimum": <$integer>::MIN, "maximum": <$integer>::MAX })
            }
        }
    )+};
}

integers!(u8, u16, u32, u64, i32, i64);

fn out_of_bounds(text: &str, minimum: i128, maximum: i128) -> Reason {
    format!(
        "expected a whole number from {minimum} to {maximum}, found `{}`",
        shortened(text)
    )
    .into()
}

/// A decimal number as every reader understands it: readers disagree about `010` and `1_000`, so they are refused.
fn whole_number(text: &str, minimum: i128, maximum: i128) -> Result<i128, Reason> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(out_of_bounds(text, minimum, maximum));
    }
    if digits.len() > 1 && digits.starts_with('0') {
        return Err(Reason {
            message: format!(
                "`{}` is an octal number for some readers and a decimal one for others",
                shortened(text)
            ),
            expected: None,
            help: Some("write it without the leading zero".to_owned()),
        });
    }
    match text.parse() {
        Ok(number) if (minimum..=maximum).contains(&number) => Ok(number),
        _ => Err(out_of_bounds(text, minimum, maximum)),
    }
}
