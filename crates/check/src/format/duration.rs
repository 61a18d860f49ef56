//! Durations as Go writes them (`1h30m`), and the wider form that custom resources accept.

const UNITS: [(&str, f64); 8] = [
    ("ns", 1.0),
    ("us", 1e3),
    ("µs", 1e3),
    ("μs", 1e3),
    ("ms", 1e6),
    ("s", 1e9),
    ("m", 60e9),
    ("h", 3600e9),
];

/// Names of units in custom resources; the last of each row matches by its beginning.
const WIDE_UNITS: [(&[&str], i64); 8] = [
    (&["ns", "nano"], 1),
    (&["us", "µs", "micro"], 1_000),
    (&["ms", "milli"], 1_000_000),
    (&["s", "sec"], 1_000_000_000),
    (&["m", "min"], 60_000_000_000),
    (&["h", "hr", "hour"], 3_600_000_000_000),
    (&["d", "day"], 86_400_000_000_000),
    (&["w", "wk", "week"], 604_800_000_000_000),
];

/// Nanoseconds of a Go duration.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let (sign, mut rest) = match text.as_bytes().first()? {
        b'-' => (-1.0, &text[1..]),
        b'+' => (1.0, &text[1..]),
        _ => (1.0, text),
    };
    if rest == "0" {
        return Some(0);
    }
    let mut total = 0.0;
    while !rest.is_empty() {
        let digits = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
            .count();
        let (number, tail) = rest.split_at(digits);
        if !number.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let length = tail
            .find(|character: char| character.is_ascii_digit() || character == '.')
            .unwrap_or(tail.len());
        let factor = UNITS.iter().find(|(unit, _)| *unit == &tail[..length])?.1;
        total += number.parse::<f64>().ok()? * factor;
        rest = &tail[length..];
    }
    nanoseconds(sign * total)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the range is tested before"
)]
fn nanoseconds(value: f64) -> Option<i64> {
    (value.abs() < 9.223_372e18).then_some(value.round() as i64)
}

/// Nanoseconds of a duration as custom resources may write it: Go's form, or numbers with units up to weeks.
pub(crate) fn lenient(text: &str) -> Option<i64> {
    parse(text).or_else(|| {
        let mut total: Option<i64> = None;
        let mut rest = text;
        while let Some(start) = rest.find(|character: char| character.is_ascii_digit()) {
            rest = &rest[start..];
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (number, tail) = rest.split_at(digits);
            let tail = tail.trim_start();
            let length = tail
                .find(|character: char| !character.is_alphabetic())
                .unwrap_or(tail.len());
            if let (Ok(number), Some(factor)) = (number.parse::<i64>(), wide_unit(&tail[..length]))
            {
                total = Some(
                    total
                        .unwrap_or(0)
                        .checked_add(number.checked_mul(factor)?)?,
                );
            }
            rest = &tail[length..];
        }
        total
    })
}

fn wide_unit(unit: &str) -> Option<i64> {
    let unit = unit.to_lowercase();
    if unit.is_empty() {
        return None;
    }
    let fits = |names: &[&str]| {
        names.iter().enumerate().any(|(index, name)| {
            *name == unit || (index + 1 == names.len() && unit.starts_with(name))
        })
    };
    WIDE_UNITS
        .iter()
        .find(|(names, _)| fits(names))
        .map(|(_, factor)| *factor)
}

#[cfg(test)]
mod tests {
    use super::{lenient, parse};

    #[test]
    fn durations_of_go_are_read() {
        assert_eq!(parse("1h30m"), Some(5_400_000_000_000));
        assert_eq!(parse("-1.5s"), Some(-1_500_000_000));
        assert_eq!(parse("0"), Some(0));
        assert_eq!(parse("250us"), Some(250_000));
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in ["", "5", "5 m", "1d", "h", "1h5", ".s", "1.2.3s"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn custom_resources_may_use_longer_units() {
        assert_eq!(lenient("2 days"), Some(172_800_000_000_000));
        assert_eq!(lenient("1w"), Some(604_800_000_000_000));
        assert_eq!(lenient("soon"), None);
        assert_eq!(lenient("5"), None);
    }
}
