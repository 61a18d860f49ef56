//! Amounts of processor time.

use std::fmt;
use std::str::FromStr;

use crate::amount::amount;
use crate::error::Invalid;
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

amount!(Cpu);
