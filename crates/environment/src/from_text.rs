//! The macro for types that are written as one word and know how to read it.

/// Makes types that implement `FromStr` and say in their error what was expected readable from a scalar.
///
/// One line a type: what is expected, and after it the JSON Schema where it is more than a string.
///
/// ```
/// use environment::{Value, from_text};
///
/// #[derive(Debug)]
/// struct Letter(char);
///
/// impl std::str::FromStr for Letter {
///     type Err = std::char::ParseCharError;
///
///     fn from_str(text: &str) -> Result<Self, Self::Err> {
///         text.parse().map(Self)
///     }
/// }
///
/// from_text! {
///     Letter: "one letter", { "type": "string", "maxLength": 1 };
/// }
/// assert_eq!(Letter::expected(), "one letter");
/// ```
#[macro_export]
macro_rules! from_text {
    ($($type:ty: $expected:literal $(, $schema:tt)?;)+) => {$(
        impl $crate::ScalarValue for $type {
            fn expected() -> String {
                $expected.to_owned()
            }

            fn parse(text: &str) -> Result<Self, $crate::Reason> {
                text.parse::<Self>().map_err(|error| $crate::Reason::from(error.to_string()))
            }

            $(fn json_schema() -> $crate::macros::Json {
                $crate::macros::schema_of($expected, $crate::macros::json!($schema))
            })?
        }
    )+};
}
