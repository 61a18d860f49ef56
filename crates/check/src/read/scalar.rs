//! What a plain scalar means to the API server: YAML 1.1 as its reader (go-yaml 2) understands it.
//!
//! Each row of the tests was asked of a real server.

use std::borrow::Cow;

use serde_json::{Number, Value};

/// A number that JSON does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotInJson;

/// The value of a plain scalar.
pub(super) fn plain(text: &str) -> Result<Value, NotInJson> {
    let other = other_than_text(text)?;
    Ok(other.unwrap_or_else(|| Value::String(text.to_owned())))
}

/// Whether a plain scalar is a text.
pub(super) fn is_text(text: &str) -> bool {
    matches!(other_than_text(text), Ok(None))
}

/// The value of a plain scalar that is no text.
fn other_than_text(text: &str) -> Result<Option<Value>, NotInJson> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Some(Value::Null)),
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return Ok(Some(Value::Bool(true)));
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Ok(Some(Value::Bool(false)));
        }
        ".nan" | ".NaN" | ".NAN" | ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF"
        | "-.inf" | "-.Inf" | "-.INF" => return Err(NotInJson),
        _ => {}
    }
    Ok(number(text).map(Value::Number))
}

fn number(text: &str) -> Option<Number> {
    if !matches!(text.as_bytes(), [b'0'..=b'9' | b'+' | b'-' | b'.', ..]) {
        return None;
    }
    let digits = if text.contains('_') {
        Cow::Owned(text.replace('_', ""))
    } else {
        Cow::Borrowed(text)
    };
    integer(&digits).or_else(|| float(&digits))
}

/// Go's `strconv.ParseInt` with base 0: a sign, then `0x`, `0b`, `0o` or a leading zero for octal.
fn integer(text: &str) -> Option<Number> {
    let (negative, unsigned) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (radix, digits) = match unsigned.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &unsigned[2..]),
        [b'0', b'b' | b'B', ..] => (2, &unsigned[2..]),
        [b'0', b'o' | b'O', ..] => (8, &unsigned[2..]),
        [b'0', _, ..] => (8, &unsigned[1..]),
        _ => (10, unsigned),
    };
    if digits.is_empty() || digits.starts_with(['+', '-']) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    if negative {
        let signed = i128::from(magnitude);
        return i64::try_from(-signed).ok().map(Number::from);
    }
    Some(Number::from(magnitude))
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`; a float without a fraction becomes a whole number in JSON.
fn float(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa
        .split_once('.')
        .map_or((mantissa, None), |(whole, fraction)| {
            (whole, Some(fraction))
        });
    let mantissa_fits = all_digits(whole)
        && fraction.is_none_or(all_digits)
        && (!whole.is_empty() || fraction.is_some_and(|fraction| !fraction.is_empty()));
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !digits.is_empty() && all_digits(digits)
    });
    if !mantissa_fits || !exponent_fits {
        return None;
    }
    let number: f64 = text
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())?;
    // Written as JSON and read again, the server sees `8` for `8.0`.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "only whole numbers that an i64 holds exactly"
    )]
    if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 {
        return Some(Number::from(number as i64));
    }
    Number::from_f64(number)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{NotInJson, plain};

    #[test]
    fn plain_scalars_mean_what_they_mean_to_the_server() {
        for (text, value) in [
            ("y", json!(true)),
            ("yes", json!(true)),
            ("on", json!(true)),
            ("True", json!(true)),
            ("off", json!(false)),
            ("0777", json!(511)),
            ("0o17", json!(15)),
            ("0x1f", json!(31)),
            ("0b11", json!(3)),
            ("1_000", json!(1000)),
            ("1e3", json!(1000)),
            (".5", json!(0.5)),
            ("5.", json!(5)),
            ("+5", json!(5)),
            ("~", Value::Null),
            ("Null", Value::Null),
            ("2026-01-01", json!("2026-01-01")),
            ("1:30", json!("1:30")),
            ("1.5e2", json!(150)),
            ("=", json!("=")),
            ("1.0", json!(1)),
            ("0.10", json!(0.1)),
            ("+.5", json!(0.5)),
            ("12e03", json!(12000)),
            ("0x", json!("0x")),
            ("0_7", json!(7)),
            ("1__0", json!(10)),
            ("_1", json!("_1")),
            ("1_", json!(1)),
            ("08", json!(8)),
            ("9223372036854775807", json!(9_223_372_036_854_775_807_i64)),
            ("-0", json!(0)),
            ("-12", json!(-12)),
            ("100m", json!("100m")),
            ("1.2.3", json!("1.2.3")),
            ("-", json!("-")),
        ] {
            assert_eq!(plain(text), Ok(value), "{text}");
        }
        for text in [".inf", "-.INF", ".NaN"] {
            assert_eq!(plain(text), Err(NotInJson), "{text}");
        }
    }
}
