//! Texts of one form: the compiler checks literals, `FromStr` checks values.

/// Makes a text type out of a rule: its kind, the rule, what the rule expects, and an example.
macro_rules! text_type {
    ($(#[$attribute:meta])* $name:ident, $kind:literal, $rule:path, $expected:literal, $example:literal) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(std::borrow::Cow<'static, str>);

        impl $name {
            /// The value of a literal; inside `const` a bad one is a compile error.
            pub const fn from_static(text: &'static str) -> Self {
                assert!($rule(text.as_bytes()), concat!("invalid ", $kind, ": expected ", $expected));
                Self(std::borrow::Cow::Borrowed(text))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = names::Invalid;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                if $rule(text.as_bytes()) {
                    Ok(Self(std::borrow::Cow::Owned(text.to_owned())))
                } else {
                    Err(names::Invalid::new($kind, text, $expected, $example))
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    };
}

pub(crate) use text_type;

/// Makes values of a format out of what Rust has for them: texts, paths, switches and numbers.
macro_rules! plain_values {
    ($value:ty) => {
        impl From<&str> for $value {
            fn from(text: &str) -> Self {
                Self::Text(text.to_owned())
            }
        }

        impl From<String> for $value {
            fn from(text: String) -> Self {
                Self::Text(text)
            }
        }

        impl From<&crate::FilePath> for $value {
            fn from(path: &crate::FilePath) -> Self {
                Self::Text(path.to_string())
            }
        }

        impl From<bool> for $value {
            fn from(on: bool) -> Self {
                Self::Switch(on)
            }
        }

        impl From<u32> for $value {
            fn from(number: u32) -> Self {
                Self::Number(number.into())
            }
        }
    };
}

pub(crate) use plain_values;
