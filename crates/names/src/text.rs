//! The trait of all validated texts, and the macro that makes such a type out of a rule.

use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::str::FromStr;

use crate::error::Invalid;

/// A text that obeys a rule: a name of some kind, a label, an image reference and so on.
///
/// Implemented by the types of this crate only.
pub trait Name:
    sealed::Trusted
    + FromStr<Err = Invalid>
    + AsRef<str>
    + Into<String>
    + Clone
    + Debug
    + Display
    + Eq
    + Ord
    + Hash
    + Send
    + Sync
    + 'static
{
    /// What messages call it, as in `port name`.
    const KIND: &'static str;
    /// Most bytes that a value may have.
    const MAXIMUM_LENGTH: usize;
    /// The rule in words, to be read after the word "expected".
    const EXPECTED: &'static str;
    /// A value that is accepted.
    const EXAMPLE: &'static str;

    /// Whether `text` obeys the rule.
    fn accepts(text: &str) -> bool;
}

pub(crate) mod sealed {
    /// Construction without a check, for texts that are valid by the way they were made.
    pub trait Trusted {
        /// Wraps `text`, which must obey the rule of the type.
        fn trusted(text: std::borrow::Cow<'static, str>) -> Self;
    }
}

/// Makes a validated text type: the compiler checks literals, `FromStr` checks values.
macro_rules! text {
    (
        $(#[$attribute:meta])*
        $name:ident {
            kind: $kind:literal,
            maximum: $maximum:expr,
            rule: $rule:path,
            expected: $expected:literal,
            example: $example:literal $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[doc = concat!("\n\nIn source: `name!(", stringify!($name), ", \"", $example, "\")`.")]
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(::std::borrow::Cow<'static, str>);

        impl $name {
            /// The value of a literal; in a `const` item a literal that breaks the rule is a compile
            /// error.
            #[track_caller]
            pub const fn from_static(text: &'static str) -> Self {
                assert!(
                    $rule(text.as_bytes()),
                    concat!("invalid ", $kind, ": expected ", $expected, ", for example `", $example, "`")
                );
                Self(::std::borrow::Cow::Borrowed(text))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            fn invalid(given: &str) -> $crate::Invalid {
                $crate::Invalid::new($kind, given, $expected, $example)
            }
        }

        const _: () = assert!($rule($example.as_bytes()) && $example.len() <= $maximum, "the example breaks its own rule");

        impl $crate::text::sealed::Trusted for $name {
            fn trusted(text: ::std::borrow::Cow<'static, str>) -> Self {
                debug_assert!($rule(text.as_bytes()), "not a {}: {text}", $kind);
                Self(text)
            }
        }

        impl $crate::Name for $name {
            const KIND: &'static str = $kind;
            const MAXIMUM_LENGTH: usize = $maximum;
            const EXPECTED: &'static str = $expected;
            const EXAMPLE: &'static str = $example;

            fn accepts(text: &str) -> bool {
                $rule(text.as_bytes())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::Invalid;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                if $rule(text.as_bytes()) {
                    Ok(Self(::std::borrow::Cow::Owned(text.to_owned())))
                } else {
                    Err(Self::invalid(text))
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::Invalid;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                if $rule(text.as_bytes()) { Ok(Self(::std::borrow::Cow::Owned(text))) } else { Err(Self::invalid(&text)) }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0.into_owned()
            }
        }

        impl From<&$name> for String {
            fn from(value: &$name) -> Self {
                value.0.clone().into_owned()
            }
        }
    };
}

pub(crate) use text;
