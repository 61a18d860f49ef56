//! Kubernetes quantities (`250m`, `1Gi`, `2e3`) as exact numbers.

use std::fmt;

/// A quantity in billionths, the finest step that Kubernetes keeps; finer parts are rounded up, as the server does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(i128);

const NANO: i128 = 1_000_000_000;

/// Beyond this many digits Kubernetes caps a quantity; so do we, which keeps the arithmetic within 128 bits.
const LARGEST: i128 = 9_223_372_036_854_775_807 * NANO;

impl Quantity {
    /// Reads a quantity; `None` where Kubernetes would refuse it.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let end = unsigned
            .bytes()
            .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
            .count();
        let (number, suffix) = unsigned.split_at(end);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') {
            return None;
        }
        let scale = Scale::parse(suffix)?;
        let mut digits: i128 = 0;
        for digit in whole.bytes().chain(fraction.bytes()) {
            digits = digits
                .saturating_mul(10)
                .saturating_add(i128::from(digit - b'0'))
                .min(i128::MAX / 16);
        }
        let nanos = scale
            .apply(digits, i32::try_from(fraction.len()).ok()?)
            .min(LARGEST);
        Some(Self(if negative { -nanos } else { nanos }))
    }

    /// A whole number.
    pub fn whole(value: i64) -> Self {
        Self(i128::from(value) * NANO)
    }

    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Negative, zero or positive: -1, 0, 1.
    pub fn sign(self) -> i64 {
        match self.0.signum() {
            -1 => -1,
            0 => 0,
            _ => 1,
        }
    }

    /// The value, where it is a whole number that fits.
    pub fn as_integer(self) -> Option<i64> {
        // What was capped is some number beyond.
        if self.0 % NANO == 0 && self.0.abs() < LARGEST {
            i64::try_from(self.0 / NANO).ok()
        } else {
            None
        }
    }

    /// The exact value, in billionths.
    pub(crate) fn in_billionths(self) -> i128 {
        self.0
    }

    /// The value, rounded to what a double holds.
    #[expect(
        clippy::cast_precision_loss,
        reason = "the caller asks for an approximation"
    )]
    pub fn approximate(self) -> f64 {
        self.0 as f64 / NANO as f64
    }

    /// The sum, capped at what Kubernetes can hold.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self((self.0 + other.0).clamp(-LARGEST, LARGEST))
    }

    /// The difference, capped at what Kubernetes can hold.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self((self.0 - other.0).clamp(-LARGEST, LARGEST))
    }
}

impl Quantity {
    /// So many times the amount, capped at what Kubernetes can hold.
    #[must_use]
    pub fn times(self, count: u64) -> Self {
        let product = self.0.saturating_mul(i128::from(count));
        Self(product.clamp(-LARGEST, LARGEST))
    }

    /// How often a part goes into the amount; `None` for a part of nothing.
    pub fn holds(self, part: Self) -> Option<u64> {
        (part.0 > 0).then(|| u64::try_from((self.0.max(0)) / part.0).unwrap_or(u64::MAX))
    }

    /// The amount in thousandths, rounded up.
    pub fn thousandths(self) -> i64 {
        let step = NANO / 1000;
        i64::try_from(self.0.div_euclid(step) + i128::from(self.0.rem_euclid(step) != 0))
            .unwrap_or(i64::MAX)
    }

    /// So many thousandths.
    pub fn thousandths_of(count: i64) -> Self {
        Self((i128::from(count) * (NANO / 1000)).clamp(-LARGEST, LARGEST))
    }

    /// The amount in whole numbers, rounded up.
    pub fn rounded_up(self) -> i64 {
        i64::try_from(self.0.div_euclid(NANO) + i128::from(self.0.rem_euclid(NANO) != 0))
            .unwrap_or(i64::MAX)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.approximate())
    }
}

/// What the suffix multiplies by.
enum Scale {
    Ten(i32),
    Two(u32),
}

impl Scale {
    fn parse(suffix: &str) -> Option<Self> {
        Some(match suffix {
            "" => Self::Ten(0),
            "n" => Self::Ten(-9),
            "u" => Self::Ten(-6),
            "m" => Self::Ten(-3),
            "k" => Self::Ten(3),
            "M" => Self::Ten(6),
            "G" => Self::Ten(9),
            "T" => Self::Ten(12),
            "P" => Self::Ten(15),
            "E" => Self::Ten(18),
            "Ki" => Self::Two(10),
            "Mi" => Self::Two(20),
            "Gi" => Self::Two(30),
            "Ti" => Self::Two(40),
            "Pi" => Self::Two(50),
            "Ei" => Self::Two(60),
            _ => {
                let exponent = suffix.strip_prefix(['e', 'E'])?;
                let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
                if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    return None;
                }
                Self::Ten(exponent.parse().ok()?)
            }
        })
    }

    /// `digits` with `places` behind the point, in billionths.
    fn apply(&self, digits: i128, places: i32) -> i128 {
        match self {
            Self::Ten(exponent) => {
                power_of_ten(digits, exponent.saturating_add(9).saturating_sub(places))
            }
            Self::Two(shift) => power_of_ten(
                digits.saturating_mul(1 << shift),
                9_i32.saturating_sub(places),
            ),
        }
    }
}

/// `digits` × 10^`exponent`, rounded up, capped.
fn power_of_ten(digits: i128, exponent: i32) -> i128 {
    let mut value = digits;
    let mut inexact = false;
    for _ in 0..exponent.unsigned_abs().min(80) {
        if exponent < 0 {
            inexact |= value % 10 != 0;
            value /= 10;
        } else {
            value = value.saturating_mul(10);
        }
    }
    value.saturating_add(i128::from(inexact))
}

#[cfg(test)]
mod tests {
    use super::Quantity;

    #[test]
    fn quantities_of_every_form_are_read() {
        for (left, right) in [
            ("1", "1000m"),
            ("1Gi", "1073741824"),
            ("0.5Gi", "512Mi"),
            ("2e3", "2k"),
            (".5", "500m"),
            ("1E", "1e18"),
            ("+5", "5."),
        ] {
            assert_eq!(
                Quantity::parse(left).unwrap(),
                Quantity::parse(right).unwrap(),
                "{left} is {right}"
            );
        }
        assert!(Quantity::parse("100m").unwrap() < Quantity::parse("1").unwrap());
        assert!(Quantity::parse("-1").unwrap() < Quantity::parse("0").unwrap());
    }

    #[test]
    fn what_is_no_quantity_is_refused() {
        for text in [
            "", "-", ".", "1.2.3", "1 Gi", "1gi", "1K", "e3", "1e", "Gi", "500 m", "0x1", "1e+",
        ] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_quantity_beyond_all_bounds_is_capped() {
        assert_eq!(
            Quantity::parse("1e999"),
            Quantity::parse("9223372036854775807")
        );
        assert_eq!(
            Quantity::parse("1e-999"),
            Quantity::parse("1n"),
            "rounded up"
        );
    }
}
