//! Points in time: RFC 3339 and the dates of JSON schemas.

const NANOS: i128 = 1_000_000_000;

/// The parts of a point in time, in UTC unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Civil {
    pub(crate) year: i64,
    pub(crate) month: i64,
    pub(crate) day: i64,
    pub(crate) hour: i64,
    pub(crate) minute: i64,
    pub(crate) second: i64,
    pub(crate) nano: i64,
    /// 0 is Sunday.
    pub(crate) weekday: i64,
    /// 0 is the first of January.
    pub(crate) day_of_year: i64,
}

/// Nanoseconds since 1970 of an RFC 3339 time or a plain date.
pub(crate) fn parse(text: &str) -> Option<i128> {
    let (date, rest) = match text.split_at_checked(10)? {
        (date, "") => (date, None),
        (date, rest) => (date, Some(rest.strip_prefix(['T', 't'])?)),
    };
    let days = days(date)?;
    let nanos = rest.map_or(Some(0), clock)?;
    Some(i128::from(days) * 86_400 * NANOS + nanos)
}

/// Whether the text is an RFC 3339 time, as the types of built-in kinds demand.
pub(crate) fn is_rfc3339(text: &str) -> bool {
    text.len() > 10 && parse(text).is_some()
}

/// Whether this is a date, `2026-01-31`.
pub(crate) fn is_date(text: &str) -> bool {
    text.len() == 10 && days(text).is_some()
}

/// Days since 1970 of `yyyy-mm-dd`.
fn days(date: &str) -> Option<i64> {
    let bytes = date.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let (year, month, day) = (
        number(&date[..4])?,
        number(&date[5..7])?,
        number(&date[8..])?,
    );
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    ((1..=longest).contains(&day)).then(|| days_from_civil(year, month, day))
}

fn number(digits: &str) -> Option<i64> {
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        digits.parse().ok()
    } else {
        None
    }
}

/// Nanoseconds of `hh:mm:ss[.fraction](Z|±hh:mm)`, in UTC.
fn clock(text: &str) -> Option<i128> {
    let (time, rest) = text.split_at_checked(8)?;
    let bytes = time.as_bytes();
    let (hour, minute, second) = (
        number(time.get(..2)?)?,
        number(time.get(3..5)?)?,
        number(time.get(6..)?)?,
    );
    if bytes[2] != b':' || bytes[5] != b':' || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (fraction, zone) = fraction(rest)?;
    let seconds = hour * 3600 + minute * 60 + second - offset(zone)?;
    Some(i128::from(seconds) * NANOS + fraction)
}

fn fraction(rest: &str) -> Option<(i128, &str)> {
    let Some(digits) = rest.strip_prefix('.') else {
        return Some((0, rest));
    };
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 {
        return None;
    }
    let mut nanos: i128 = 0;
    for position in 0..9 {
        let digit = digits
            .as_bytes()
            .get(position)
            .filter(|_| position < length)
            .map_or(0, |byte| byte - b'0');
        nanos = nanos * 10 + i128::from(digit);
    }
    Some((nanos, &digits[length..]))
}

/// Seconds east of UTC.
fn offset(zone: &str) -> Option<i64> {
    if matches!(zone, "Z" | "z") {
        return Some(0);
    }
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = zone[1..].split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Days since 1970 in the proleptic Gregorian calendar, counted in years that begin in March.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The parts of a point in time, `offset` seconds east of UTC.
pub(crate) fn civil(nanos: i128, offset: i64) -> Option<Civil> {
    let seconds = i64::try_from(nanos.div_euclid(NANOS))
        .ok()?
        .checked_add(offset)?;
    let nano = i64::try_from(nanos.rem_euclid(NANOS)).ok()?;
    let days = seconds.div_euclid(86_400);
    let clock = seconds.rem_euclid(86_400);
    let shifted = days + 719_468;
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_march_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_march_year + 2) / 153;
    let day = day_of_march_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 {
        march_month + 3
    } else {
        march_month - 9
    };
    let year = year_of_era + shifted.div_euclid(146_097) * 400 + i64::from(month <= 2);
    Some(Civil {
        year,
        month,
        day,
        hour: clock / 3600,
        minute: clock / 60 % 60,
        second: clock % 60,
        nano,
        weekday: (days + 4).rem_euclid(7),
        day_of_year: days - days_from_civil(year, 1, 1),
    })
}

#[cfg(test)]
mod tests {
    use super::{civil, is_date, is_rfc3339, parse};

    #[test]
    fn a_time_is_its_seconds_since_1970() {
        assert_eq!(parse("1970-01-02T00:00:01Z"), Some(86_401_000_000_000));
        assert_eq!(
            parse("2026-11-21T15:00:00.5+01:00"),
            parse("2026-11-21t14:00:00.500Z")
        );
        let parts = civil(parse("2024-02-29T23:59:58Z").unwrap(), 0).unwrap();
        assert_eq!(
            (
                parts.year,
                parts.month,
                parts.day,
                parts.hour,
                parts.minute,
                parts.second
            ),
            (2024, 2, 29, 23, 59, 58)
        );
        assert_eq!((parts.weekday, parts.day_of_year), (4, 59));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2026-11-21",
            "2026-02-29T00:00:00Z",
            "2026-11-21T24:00:00Z",
            "2026-11-21 10:00:00Z",
            "2026-11-21T10:00:00",
            "2026-1-2T10:00:00Z",
            "日本語日本語",
        ] {
            assert!(!is_rfc3339(text), "{text}");
        }
        assert!(is_date("2024-02-29"));
        assert!(!is_date("2023-02-29"));
    }
}
