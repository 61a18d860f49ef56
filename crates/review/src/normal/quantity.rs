//! Quantities in the form in which the API server stores them.

use std::borrow::Cow;

const NANO: i128 = 1_000_000_000;

/// The suffixes of powers of ten, largest first, with their exponents.
const DECIMAL: [(&str, u32); 9] = [
    ("E", 18),
    ("P", 15),
    ("T", 12),
    ("G", 9),
    ("M", 6),
    ("k", 3),
    ("", 0),
    ("m", 0),
    ("u", 0),
];
/// The suffixes of powers of 1024, largest first.
const BINARY: [(&str, u32); 6] = [
    ("Ei", 60),
    ("Pi", 50),
    ("Ti", 40),
    ("Gi", 30),
    ("Mi", 20),
    ("Ki", 10),
];

/// How a quantity was written, which the server keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Decimal,
    Binary,
    Exponent,
}

/// A quantity: billionths, and how it was written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Amount {
    nanos: i128,
    family: Family,
}

impl Amount {
    /// Reads a quantity; `None` for what is none, or is beyond what can be calculated with.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, unsigned) = match text.as_bytes().first()? {
            b'-' => (-1, &text[1..]),
            b'+' => (1, &text[1..]),
            _ => (1, text),
        };
        let end = unsigned
            .bytes()
            .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
            .count();
        let (number, suffix) = unsigned.split_at(end);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let has_digits = !whole.is_empty() || !fraction.is_empty();
        if !has_digits || fraction.contains('.') || whole.len() + fraction.len() > 18 {
            return None;
        }
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        let (factor, family) = factor(suffix)?;
        let scaled = digits.checked_mul(factor)?;
        let divisor = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
        let nanos = scaled / divisor + i128::from(scaled % divisor != 0);
        Some(Self {
            nanos: sign * nanos,
            family,
        })
    }

    /// The value in billionths.
    pub(crate) fn nanos(self) -> i128 {
        self.nanos
    }

    /// The one form that the server writes.
    pub(crate) fn canonical(self) -> String {
        if self.nanos % NANO == 0 && self.family == Family::Binary {
            let whole = self.nanos / NANO;
            for (suffix, shift) in BINARY {
                let unit = 1_i128 << shift;
                if whole != 0 && whole % unit == 0 {
                    return format!("{}{suffix}", whole / unit);
                }
            }
        }
        if self.nanos == 0 {
            return "0".to_owned();
        }
        if self.family == Family::Exponent {
            return self.exponent();
        }
        for (suffix, exponent) in DECIMAL {
            let unit = match suffix {
                "m" => NANO / 1_000,
                "u" => NANO / 1_000_000,
                _ => NANO * 10_i128.pow(exponent),
            };
            if self.nanos % unit == 0 {
                return format!("{}{suffix}", self.nanos / unit);
            }
        }
        format!("{}n", self.nanos)
    }

    fn exponent(self) -> String {
        let mut exponent = 18;
        while exponent > -9 {
            let unit = if exponent >= 0 {
                NANO * 10_i128.pow(u32::try_from(exponent).unwrap_or(0))
            } else {
                NANO / 10_i128.pow(u32::try_from(-exponent).unwrap_or(0))
            };
            if self.nanos % unit == 0 {
                let number = self.nanos / unit;
                return match exponent {
                    0 => number.to_string(),
                    _ => format!("{number}e{exponent}"),
                };
            }
            exponent -= 3;
        }
        format!("{}e-9", self.nanos)
    }
}

/// What a suffix multiplies by, in billionths.
fn factor(suffix: &str) -> Option<(i128, Family)> {
    let small = [("n", 1), ("u", 1_000), ("m", 1_000_000)];
    if let Some((_, factor)) = small.iter().find(|(known, _)| *known == suffix) {
        return Some((*factor, Family::Decimal));
    }
    if let Some((_, exponent)) = DECIMAL.iter().find(|(known, _)| *known == suffix) {
        return Some((NANO.checked_mul(10_i128.pow(*exponent))?, Family::Decimal));
    }
    if let Some((_, shift)) = BINARY.iter().find(|(known, _)| *known == suffix) {
        return Some((NANO.checked_mul(1_i128 << shift)?, Family::Binary));
    }
    let exponent: i32 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
    let factor = match exponent {
        -9..0 => NANO / 10_i128.pow(exponent.unsigned_abs()),
        0..=18 => NANO * 10_i128.pow(exponent.unsigned_abs()),
        _ => return None,
    };
    Some((factor, Family::Exponent))
}

/// A quantity as the server stores it; what is none stays as it is.
pub(crate) fn canonical(text: &str) -> Cow<'_, str> {
    match Amount::parse(text) {
        Some(amount) => Cow::Owned(amount.canonical()),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{Amount, canonical};

    #[test]
    fn quantities_have_one_form() {
        for (written, stored) in [
            ("1000m", "1"),
            ("0.5", "500m"),
            ("1.5Gi", "1536Mi"),
            ("1024Mi", "1Gi"),
            ("0.5Gi", "512Mi"),
            ("1000", "1k"),
            ("1500", "1500"),
            ("1073741824", "1073741824"),
            ("0", "0"),
            ("0Gi", "0"),
            ("2e3", "2e3"),
            ("2000e0", "2e3"),
            ("100n", "100n"),
            ("-500m", "-500m"),
            ("+1", "1"),
            ("no", "no"),
        ] {
            assert_eq!(canonical(written), stored, "{written}");
        }
    }

    #[test]
    fn the_value_does_not_depend_on_the_form() {
        let value = |text: &str| Amount::parse(text).expect("a quantity").nanos();
        assert_eq!(value("1Gi"), value("1073741824"));
        assert_eq!(value("1e3"), value("1k"));
        assert_ne!(value("1Gi"), value("1G"));
    }
}
