//! The values of numbers, durations and texts.

/// The value of a number, as Go reads it.
pub(super) fn number(text: &str) -> Option<f64> {
    if text.contains('_') && !underscores_are_between_digits(text) {
        return None;
    }
    let text = text.replace('_', "");
    let lower = text.to_ascii_lowercase();
    let integer = match lower.strip_prefix("0x") {
        // What is longer than 64 bits is not read as a float either.
        Some(digits) => return i64::from_str_radix(digits, 16).ok().map(approximately),
        None if lower.len() > 1 && lower.starts_with('0') => i64::from_str_radix(&lower, 8).ok(),
        None => lower.parse().ok(),
    };
    if let Some(integer) = integer {
        return Some(approximately(integer));
    }
    let value: f64 = lower.parse().ok()?;
    let is_named = lower.ends_with("inf");
    (is_named || !value.is_infinite()).then_some(value)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "all numbers of the language are floats"
)]
fn approximately(integer: i64) -> f64 {
    integer as f64
}

/// An underscore stands between two digits, or between the prefix and the first digit.
fn underscores_are_between_digits(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let (is_hexadecimal, digits) = match lower.strip_prefix("0x") {
        Some(digits) => (true, digits),
        None => (false, lower.as_str()),
    };
    let is_digit = |byte: u8| byte.is_ascii_digit() || (is_hexadecimal && byte.is_ascii_hexdigit());
    let mut after_digit = is_hexadecimal;
    let mut after_underscore = false;
    for byte in digits.bytes() {
        if byte == b'_' {
            if !after_digit {
                return false;
            }
            (after_digit, after_underscore) = (false, true);
        } else {
            if after_underscore && !is_digit(byte) {
                return false;
            }
            (after_digit, after_underscore) = (is_digit(byte), false);
        }
    }
    !after_underscore
}

/// The units of durations, from the longest to the shortest, in milliseconds.
const UNITS: [(&str, u64); 7] = [
    ("y", 365 * 24 * 3_600_000),
    ("w", 7 * 24 * 3_600_000),
    ("d", 24 * 3_600_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1000),
    ("ms", 1),
];

/// The longest duration in milliseconds: what 63 bits of nanoseconds hold.
const LONGEST: u64 = 9_223_372_036_854;

/// The seconds of a duration as Prometheus writes it (`1h30m`): each unit once, from the longest to the shortest.
pub(crate) fn duration(text: &str) -> Option<f64> {
    if text == "0" {
        return Some(0.0);
    }
    let mut rest = text;
    let mut total: u64 = 0;
    let mut units = UNITS.iter();
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (value, tail) = rest.split_at(digits);
        let value: u64 = value.parse().ok()?;
        let length = tail
            .bytes()
            .take_while(|byte| !byte.is_ascii_digit())
            .count();
        let (unit, tail) = tail.split_at(length);
        let (_, milliseconds) = units.find(|(name, _)| *name == unit)?;
        total = total.checked_add(value.checked_mul(*milliseconds)?)?;
        if total > LONGEST {
            return None;
        }
        rest = tail;
    }
    // Exact: the longest has 44 bits.
    #[expect(clippy::cast_precision_loss, reason = "44 bits fit into a float")]
    (!text.is_empty()).then_some(total as f64 / 1000.0)
}

/// What a text in quotes says. Its escapes were seen to be right before.
pub(super) fn text(quoted: &str) -> String {
    let inner = quoted
        .get(1..quoted.len().saturating_sub(1))
        .unwrap_or_default();
    if quoted.starts_with('`') || !inner.contains('\\') {
        return inner.to_owned();
    }
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        rest = escape(&rest[at + 1..], &mut bytes);
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Adds the character that an escape stands for, and hands back what follows it.
fn escape<'t>(escape: &'t str, bytes: &mut Vec<u8>) -> &'t str {
    let code = |from: usize, to: usize, base: u32| {
        let digits = escape.get(from..to).unwrap_or_default();
        u32::from_str_radix(digits, base).unwrap_or_default()
    };
    let byte = |code: u32| u8::try_from(code).unwrap_or_default();
    let (simple, length) = match escape.as_bytes().first() {
        Some(b'a') => (7, 1),
        Some(b'b') => (8, 1),
        Some(b'f') => (12, 1),
        Some(b'n') => (b'\n', 1),
        Some(b'r') => (b'\r', 1),
        Some(b't') => (b'\t', 1),
        Some(b'v') => (11, 1),
        Some(b'x') => (byte(code(1, 3, 16)), 3),
        Some(b'0'..=b'7') => (byte(code(0, 3, 8)), 3),
        Some(wide @ (b'u' | b'U')) => {
            let end = if *wide == b'u' { 5 } else { 9 };
            let character = char::from_u32(code(1, end, 16)).unwrap_or(char::REPLACEMENT_CHARACTER);
            bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            return escape.get(end..).unwrap_or_default();
        }
        Some(other) => (*other, 1),
        None => return "",
    };
    bytes.push(simple);
    escape.get(length..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{duration, number, text};

    #[test]
    fn numbers_are_read_as_go_reads_them() {
        for (text, value) in [
            ("1", 1.0),
            ("1_000.5", 1000.5),
            ("0x1F", 31.0),
            ("0x_f", 15.0),
            ("010", 8.0),
            ("09", 9.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("1e3", 1000.0),
            ("Inf", f64::INFINITY),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        assert!(number("nan").unwrap().is_nan());
        for text in ["1e", "1__0", "0xffffffffffffffffff", "1e999", "_1", "1_"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn durations_go_from_long_to_short() {
        for (text, seconds) in [
            ("1h30m", 5400.0),
            ("0", 0.0),
            ("1y2w3d", 33_004_800.0),
            ("5ms", 0.005),
        ] {
            assert_eq!(duration(text), Some(seconds), "{text}");
        }
        for text in ["", "1", "30m1h", "1m1m", "1x", "m", "1h ", "999999999999y"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    #[test]
    fn escapes_become_characters() {
        assert_eq!(text(r#""a\n\"\x41\101\u00e4""#), "a\n\"AA\u{e4}");
        assert_eq!(text(r"`a\n`"), r"a\n");
        assert_eq!(text(r"'it\'s'"), "it's");
    }
}
