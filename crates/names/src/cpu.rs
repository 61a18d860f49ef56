//! Amounts of processor time.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul};
use std::str::FromStr;

use crate::error::Invalid;
use crate::percentage::Percentage;
use crate::quantity;

/// An amount of CPU in thousandths of a core, written as Kubernetes does: `250m`, `1`, `1500m`.
///
/// Reading accepts the quantity syntax of Kubernetes and rounds up to a millicore. Arithmetic stops
/// at the largest amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cpu(u64);

impl Cpu {
    /// No CPU.
    pub const ZERO: Self = Self(0);

    /// Thousandths of a core.
    pub const fn millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Whole cores.
    pub const fn cores(cores: u32) -> Self {
        Self(cores as u64 * 1000)
    }

    /// The amount in thousandths of a core.
    pub const fn as_millis(self) -> u64 {
        self.0
    }

    /// The least number of whole cores that holds the amount, as thread counts need it.
    pub const fn whole_cores(self) -> u64 {
        self.0.div_ceil(1000)
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The difference, or nothing where `other` is more.
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// This share of the amount, rounded down to a millicore.
    pub const fn share(self, share: Percentage) -> Self {
        Self(share.of(self.0))
    }
}

impl fmt::Display for Cpu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_multiple_of(1000) {
            write!(f, "{}", self.0 / 1000)
        } else {
            write!(f, "{}m", self.0)
        }
    }
}

impl FromStr for Cpu {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let millis = quantity::parse(text, 3);
        millis.map(Self).ok_or_else(|| {
            Invalid::new(
                "amount of CPU",
                text,
                "a number of cores, or of thousandths with the suffix `m`",
                "250m",
            )
        })
    }
}

impl From<Cpu> for String {
    fn from(cpu: Cpu) -> Self {
        cpu.to_string()
    }
}

impl Add for Cpu {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Cpu {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Mul<u32> for Cpu {
    type Output = Self;

    fn mul(self, factor: u32) -> Self {
        Self(self.0.saturating_mul(u64::from(factor)))
    }
}

impl Sum for Cpu {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl<'a> Sum<&'a Self> for Cpu {
    fn sum<I: Iterator<Item = &'a Self>>(amounts: I) -> Self {
        amounts.copied().sum()
    }
}
