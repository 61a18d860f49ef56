//! Reads the quantity syntax of Kubernetes (`k8s.io/apimachinery/pkg/api/resource`): `250m`,
//! `1.5Gi`, `12e6`.

/// Most digits that are read; `u128` holds every number with as many.
const DIGITS: usize = 38;

/// The quantity `text` in units of ten to the power `-decimals`, rounded up to a whole one as
/// Kubernetes does.
///
/// None for what is not a quantity, for negative ones, and for what does not fit.
pub(crate) fn parse(text: &str, decimals: i32) -> Option<u64> {
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    let end = unsigned
        .find(|character: char| !character.is_ascii_digit() && character != '.')
        .unwrap_or(unsigned.len());
    let (number, suffix) = unsigned.split_at(end);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.len() + fraction.len() == 0 || fraction.contains('.') {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    if whole.len() + fraction.len() > DIGITS {
        return None;
    }
    let mantissa = match format!("{whole}{fraction}").as_str() {
        "" => 0,
        digits => digits.parse::<u128>().ok()?,
    };
    let (power_of_ten, power_of_two) = scale(suffix)?;
    let exponent = power_of_ten
        .checked_add(decimals)?
        .checked_sub(i32::try_from(fraction.len()).ok()?)?;
    rounded_up(mantissa, exponent, power_of_two)
}

/// The powers of ten and of two that a suffix multiplies with.
fn scale(suffix: &str) -> Option<(i32, u32)> {
    Some(match suffix {
        "n" => (-9, 0),
        "u" => (-6, 0),
        "m" => (-3, 0),
        "" => (0, 0),
        "k" => (3, 0),
        "M" => (6, 0),
        "G" => (9, 0),
        "T" => (12, 0),
        "P" => (15, 0),
        "E" => (18, 0),
        "Ki" => (0, 10),
        "Mi" => (0, 20),
        "Gi" => (0, 30),
        "Ti" => (0, 40),
        "Pi" => (0, 50),
        "Ei" => (0, 60),
        _ => (suffix.strip_prefix(['e', 'E'])?.parse().ok()?, 0),
    })
}

/// `mantissa` × 10^`power_of_ten` × 2^`power_of_two`, rounded up.
fn rounded_up(mantissa: u128, power_of_ten: i32, power_of_two: u32) -> Option<u64> {
    if mantissa == 0 {
        return Some(0);
    }
    let value = mantissa.checked_mul(1 << power_of_two)?;
    let factor = 10_u128.checked_pow(power_of_ten.unsigned_abs());
    let value = match factor {
        Some(factor) if power_of_ten >= 0 => value.checked_mul(factor)?,
        Some(factor) => value.div_ceil(factor),
        // Fewer digits than the power has: less than one, and rounded up.
        None if power_of_ten < 0 => 1,
        None => return None,
    };
    u64::try_from(value).ok()
}
