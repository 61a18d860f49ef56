//! Quantities in the form in which the API server stores them.

use std::borrow::Cow;

use crate::quantity::Quantity;

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

/// More digits than this are left as they are.
const DIGITS: usize = 18;

/// A quantity: billionths, and how it was written.
#[derive(Clone, Copy, Debug)]
struct Amount {
    nanos: i128,
    family: Family,
}

impl Amount {
    /// Reads a quantity; `None` for what is none, or has too many digits to be calculated with.
    fn parse(text: &str) -> Option<Self> {
        let nanos = Quantity::parse(text)?.in_billionths();
        let unsigned = text.trim_start_matches(['+', '-']);
        let is_number = |character: char| character.is_ascii_digit() || character == '.';
        let suffix = unsigned.trim_start_matches(is_number);
        if unsigned.len() - suffix.len() > DIGITS + 1 {
            return None;
        }
        let family = if BINARY.iter().any(|(known, _)| *known == suffix) {
            Family::Binary
        } else if suffix.len() > 1 {
            Family::Exponent
        } else {
            Family::Decimal
        };
        Some(Self { nanos, family })
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

/// A quantity as the server stores it; what is none stays as it is.
pub(super) fn canonical(text: &str) -> Cow<'_, str> {
    match Amount::parse(text) {
        Some(amount) => Cow::Owned(amount.canonical()),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

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
}
