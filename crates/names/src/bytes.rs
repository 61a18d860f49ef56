//! Amounts of memory and storage.

use std::fmt;
use std::str::FromStr;

use crate::amount::amount;
use crate::error::Invalid;
use crate::quantity;

/// The binary suffixes from the largest down.
const SUFFIXES: [(&str, u64); 6] = [
    ("Ei", 1 << 60),
    ("Pi", 1 << 50),
    ("Ti", 1 << 40),
    ("Gi", 1 << 30),
    ("Mi", 1 << 20),
    ("Ki", 1 << 10),
];

/// An amount of memory or storage in bytes, written with the largest binary suffix that divides it:
/// `256Mi`, `1Gi`, `1000`.
///
/// Reading accepts the quantity syntax of Kubernetes and rounds up to a byte. Arithmetic stops at
/// the largest amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes(u64);

impl Bytes {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Single bytes.
    pub const fn new(bytes: u64) -> Self {
        Self(bytes)
    }

    /// Kibibytes (1024 bytes).
    pub const fn kibi(count: u32) -> Self {
        Self((count as u64) << 10)
    }

    /// Mebibytes (1024² bytes).
    pub const fn mebi(count: u32) -> Self {
        Self((count as u64) << 20)
    }

    /// Gibibytes (1024³ bytes).
    pub const fn gibi(count: u32) -> Self {
        Self((count as u64) << 30)
    }

    /// The amount in bytes.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The whole mebibytes in it, rounded down, as `-Xmx512m` needs them.
    pub const fn as_mebi(self) -> u64 {
        self.0 >> 20
    }

    /// The whole gibibytes in it, rounded down.
    pub const fn as_gibi(self) -> u64 {
        self.0 >> 30
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match SUFFIXES
            .iter()
            .find(|(_, unit)| self.0 > 0 && self.0.is_multiple_of(*unit))
        {
            Some((suffix, unit)) => write!(f, "{}{suffix}", self.0 / unit),
            None => write!(f, "{}", self.0),
        }
    }
}

impl FromStr for Bytes {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = quantity::parse(text, 0);
        bytes.map(Self).ok_or_else(|| {
            Invalid::new(
                "amount of bytes",
                text,
                "a number of bytes with a suffix such as `Mi` or `Gi` (`M` and `G` are decimal)",
                "256Mi",
            )
        })
    }
}

amount!(Bytes);
