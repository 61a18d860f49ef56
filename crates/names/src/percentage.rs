//! Shares of a hundred: utilisation targets and traffic weights.

use std::fmt;
use std::str::FromStr;

use crate::error::Invalid;
use crate::rules;

/// A share from 1 to 100, read from `70%` or `70` and written `70%`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percentage(u8);

/// A share of traffic from 0 to 100, read from `20` or `20%` and written `20`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight(u8);

impl Percentage {
    /// Everything.
    pub const ALL: Self = Self(100);

    /// The amount out of `whole` that this share is, rounded down.
    pub const fn of(self, whole: u64) -> u64 {
        // In two parts, so that the product cannot overflow.
        let share = self.0 as u64;
        whole / 100 * share + whole % 100 * share / 100
    }
}

impl Weight {
    /// No traffic.
    pub const NONE: Self = Self(0);
    /// All traffic.
    pub const ALL: Self = Self(100);

    /// What is missing to a hundred.
    pub const fn rest(self) -> Self {
        Self(100 - self.0)
    }
}

macro_rules! share {
    ($name:ident, $least:literal, $kind:literal, $expected:literal, $example:literal) => {
        impl $name {
            /// The share of this many hundredths; none outside the range.
            pub const fn new(hundredths: u8) -> Option<Self> {
                if matches!(hundredths, $least..=100) {
                    Some(Self(hundredths))
                } else {
                    None
                }
            }

            /// The share of a literal; in a `const` item a number outside the range is a compile
            /// error.
            #[track_caller]
            pub const fn from_static(hundredths: u8) -> Self {
                assert!(
                    matches!(hundredths, $least..=100),
                    concat!(
                        "invalid ",
                        $kind,
                        ": expected ",
                        $expected,
                        ", for example `",
                        $example,
                        "`"
                    )
                );
                Self(hundredths)
            }

            /// The number of hundredths.
            pub const fn get(self) -> u8 {
                self.0
            }
        }

        impl FromStr for $name {
            type Err = Invalid;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let number =
                    rules::number(text.strip_suffix('%').unwrap_or(text).as_bytes(), false);
                let share = number
                    .and_then(|number| u8::try_from(number).ok())
                    .and_then(Self::new);
                share.ok_or_else(|| Invalid::new($kind, text, $expected, $example))
            }
        }

        impl TryFrom<i64> for $name {
            type Error = Invalid;

            fn try_from(number: i64) -> Result<Self, Self::Error> {
                let share = u8::try_from(number).ok().and_then(Self::new);
                share.ok_or_else(|| Invalid::new($kind, number.to_string(), $expected, $example))
            }
        }

        impl From<$name> for i32 {
            fn from(share: $name) -> Self {
                Self::from(share.0)
            }
        }

        impl From<$name> for i64 {
            fn from(share: $name) -> Self {
                Self::from(share.0)
            }
        }
    };
}

share!(
    Percentage,
    1,
    "percentage",
    "a whole number from 1 to 100",
    "70%"
);
share!(Weight, 0, "weight", "a whole number from 0 to 100", "20");

impl fmt::Display for Percentage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.0)
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
