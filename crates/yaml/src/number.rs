//! Numbers in the one form that every reader takes for the same number.

/// Appends an integer in decimal.
///
/// `std::fmt` would do the same at several times the cost, and ports and counts are everywhere.
pub(crate) fn write_integer(out: &mut String, negative: bool, magnitude: u64) {
    if negative {
        out.push('-');
    }
    let mut divisor = 1;
    while magnitude / divisor >= 10 {
        divisor *= 10;
    }
    while divisor > 0 {
        out.push(char::from(b'0' + (magnitude / divisor % 10) as u8));
        divisor /= 10;
    }
}

/// The text of a float, given its shortest exact digits in scientific notation.
///
/// YAML 1.1 knows an exponent only behind a fraction and with a sign (`1.0e+20`), and a number
/// without a fraction would come back as an integer. Below 10^16 no exponent is needed.
pub(crate) fn float(value: f64, scientific: &str) -> String {
    if value.is_nan() {
        return ".nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    match exponent.parse::<i32>() {
        Ok(places @ 0..16) => {
            let places = places.unsigned_abs() as usize;
            let moved = &fraction[..places.min(fraction.len())];
            let rest = &fraction[moved.len()..];
            let zeros = "0".repeat(places - moved.len());
            let rest = if rest.is_empty() { "0" } else { rest };
            format!("{sign}{whole}{moved}{zeros}.{rest}")
        }
        Ok(places @ -5..0) => {
            let zeros = "0".repeat(places.unsigned_abs() as usize - 1);
            format!("{sign}0.{zeros}{whole}{fraction}")
        }
        _ => {
            let fraction = if fraction.is_empty() { "0" } else { fraction };
            let plus = if exponent.starts_with('-') { "" } else { "+" };
            format!("{sign}{whole}.{fraction}e{plus}{exponent}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn integer(value: i64) -> String {
        let mut out = String::new();
        write_integer(&mut out, value < 0, value.unsigned_abs());
        out
    }

    #[test]
    fn integers_are_decimal() {
        for value in [0, 1, 9, 10, 11, 99, 100, 8080, -1, -10, i64::MAX, i64::MIN] {
            assert_eq!(integer(value), value.to_string());
        }
        let mut out = String::new();
        write_integer(&mut out, false, u64::MAX);
        assert_eq!(out, u64::MAX.to_string());
    }

    #[test]
    fn floats_have_a_fraction_and_a_signed_exponent() {
        for (value, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.8, "0.8"),
            (-12.75, "-12.75"),
            (120_500.0, "120500.0"),
            (0.000_01, "0.00001"),
            (0.000_001_5, "1.5e-6"),
            (1e15, "1000000000000000.0"),
            (1e16, "1.0e+16"),
            (1e20, "1.0e+20"),
            (-1.25e300, "-1.25e+300"),
            (f64::NAN, ".nan"),
            (f64::INFINITY, ".inf"),
            (f64::NEG_INFINITY, "-.inf"),
        ] {
            assert_eq!(float(value, &format!("{value:e}")), text);
        }
    }
}
