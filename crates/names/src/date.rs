//! Days of the calendar.

use std::fmt;
use std::str::FromStr;

use crate::error::Invalid;

const EXPECTED: &str = "a day of the calendar as year, month and day";
const EXAMPLE: &str = "2027-01-31";

/// A day, read from and written as `2027-01-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day of this year, month and day, all counted from 1; none where the calendar has no such day.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        if year == 0 || year > 9999 || month == 0 || month > 12 || day == 0 {
            return None;
        }
        if day > days_in(year, month) {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// The day of a literal; in a `const` item a day that the calendar does not have is a compile error.
    #[track_caller]
    pub const fn from_static(year: u16, month: u8, day: u8) -> Self {
        assert!(
            Self::new(year, month, day).is_some(),
            "invalid date: expected a day of the calendar, for example `2027, 1, 31`"
        );
        Self { year, month, day }
    }

    /// The day that is so many days after 1 January 1970; none beyond the year 9999.
    pub fn after_epoch(days: u64) -> Option<Self> {
        let mut rest = days;
        let mut year = 1970;
        loop {
            let length = if is_leap(year) { 366 } else { 365 };
            if rest < length {
                break;
            }
            rest -= length;
            year += 1;
            if year > 9999 {
                return None;
            }
        }
        for month in 1..=12 {
            let length = u64::from(days_in(year, month));
            if rest < length {
                return Self::new(year, month, u8::try_from(rest + 1).ok()?);
            }
            rest -= length;
        }
        None
    }
}

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Date {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_plain = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        let parts = || {
            let number = |from: usize, to: usize| text.get(from..to)?.parse().ok();
            let year: u16 = text.get(..4)?.parse().ok()?;
            Self::new(year, number(5, 7)?, number(8, 10)?)
        };
        let date = if is_plain { parts() } else { None };
        date.ok_or_else(|| Invalid::new("date", text, EXPECTED, EXAMPLE))
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn days_are_read_and_written() {
        for text in ["2027-01-31", "2028-02-29", "0001-12-01"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "2027-02-29",
            "2027-13-01",
            "2027-1-31",
            "2027/01/31",
            "+027-01-01",
            "1900-02-29",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn days_are_counted_from_the_epoch() {
        for (days, text) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_778, "2026-11-21"),
        ] {
            assert_eq!(Date::after_epoch(days).unwrap().to_string(), text);
        }
        assert_eq!(Date::after_epoch(u64::MAX), None);
    }
}
