//! Lengths of time, in the three spellings that manifests need.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use crate::error::Invalid;

const SECOND: u64 = 1000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const WEEK: u64 = 7 * DAY;
const YEAR: u64 = 365 * DAY;

/// What can follow a number, and its milliseconds.
const UNITS: [(&str, u64); 7] = [
    ("ms", 1),
    ("s", SECOND),
    ("m", MINUTE),
    ("h", HOUR),
    ("d", DAY),
    ("w", WEEK),
    ("y", YEAR),
];

/// A length of time in whole milliseconds.
///
/// It reads what Go and Prometheus read: `5m`, `1h30m`, `1.5h`, `90s`, `720h0m0s`, `15d`, `2w`,
/// `500ms`, `0`. A day has 24 hours, a year 365 days. It displays as Go reads it, without parts
/// that are zero: `5m`, `1h30m`, `720h`.
///
/// ```text
/// Duration::days(30)     to_string()  720h     kubernetes()  720h0m0s     prometheus()  30d     as_seconds()  2592000
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(u64);

impl Duration {
    /// No time.
    pub const ZERO: Self = Self(0);

    /// Thousandths of a second.
    pub const fn milliseconds(count: u32) -> Self {
        Self(count as u64)
    }

    /// Seconds.
    pub const fn seconds(count: u32) -> Self {
        Self(count as u64 * SECOND)
    }

    /// Minutes.
    pub const fn minutes(count: u32) -> Self {
        Self(count as u64 * MINUTE)
    }

    /// Hours.
    pub const fn hours(count: u32) -> Self {
        Self(count as u64 * HOUR)
    }

    /// Days of 24 hours.
    pub const fn days(count: u32) -> Self {
        Self(count as u64 * DAY)
    }

    /// The length in milliseconds.
    pub const fn as_milliseconds(self) -> u64 {
        self.0
    }

    /// The length in seconds; a started second counts as a whole one.
    pub const fn as_seconds(self) -> u64 {
        self.0.div_ceil(SECOND)
    }

    /// The length in minutes; a started minute counts as a whole one.
    pub const fn as_minutes(self) -> u64 {
        self.0.div_ceil(MINUTE)
    }

    /// The length in hours; a started hour counts as a whole one.
    pub const fn as_hours(self) -> u64 {
        self.0.div_ceil(HOUR)
    }

    /// The length in days; a started day counts as a whole one.
    pub const fn as_days(self) -> u64 {
        self.0.div_ceil(DAY)
    }

    /// [`Duration::as_seconds`] for the fields that are `i32`, such as those of probes.
    pub fn as_seconds_i32(self) -> i32 {
        i32::try_from(self.as_seconds()).unwrap_or(i32::MAX)
    }

    /// [`Duration::as_seconds`] for the fields that are `i64`, such as the grace period of a pod.
    pub fn as_seconds_i64(self) -> i64 {
        i64::try_from(self.as_seconds()).unwrap_or(i64::MAX)
    }

    /// Whether it is no time at all.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum, or the longest length there is.
    pub const fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference, or no time where `other` is longer.
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// As `metav1.Duration` writes it: `720h0m0s`, `1m30s`, `1.5s`, `500ms`.
    pub fn kubernetes(self) -> String {
        let (hours, minutes) = (self.0 / HOUR, self.0 % HOUR / MINUTE);
        let (seconds, millis) = (self.0 % MINUTE / SECOND, self.0 % SECOND);
        if self.0 > 0 && self.0 < SECOND {
            return format!("{millis}ms");
        }
        let fraction = if millis == 0 {
            String::new()
        } else {
            format!(".{millis:03}")
        };
        let seconds = format!("{seconds}{}s", fraction.trim_end_matches('0'));
        match (hours, minutes) {
            (0, 0) => seconds,
            (0, _) => format!("{minutes}m{seconds}"),
            _ => format!("{hours}h{minutes}m{seconds}"),
        }
    }

    /// As Prometheus reads it, with days where they fit: `30d`, `1d12h`, `5m`, `15s`.
    pub fn prometheus(self) -> String {
        self.in_units(&[
            ("d", DAY),
            ("h", HOUR),
            ("m", MINUTE),
            ("s", SECOND),
            ("ms", 1),
        ])
    }

    /// The parts that are not zero, from the largest unit down.
    fn in_units(self, units: &[(&str, u64)]) -> String {
        let mut text = String::new();
        let mut rest = self.0;
        for (name, unit) in units {
            if rest >= *unit {
                // Writing to a string does not fail.
                let _ = write!(text, "{}{name}", rest / unit);
                rest %= unit;
            }
        }
        if text.is_empty() {
            "0s".to_owned()
        } else {
            text
        }
    }
}

impl fmt::Display for Duration {
    /// Without decimals, which the durations of the Gateway API do not allow: `1s500ms`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.in_units(&[("h", HOUR), ("m", MINUTE), ("s", SECOND), ("ms", 1)]))
    }
}

impl FromStr for Duration {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || {
            Invalid::new(
                "duration",
                text,
                "numbers with the units `ms`, `s`, `m`, `h`, `d`, `w` or `y`",
                "1h30m",
            )
        };
        if text == "0" {
            return Ok(Self::ZERO);
        }
        let mut total: u64 = 0;
        let mut rest = text;
        while !rest.is_empty() {
            let (part, after) = leading(rest).ok_or_else(invalid)?;
            total = total.checked_add(part).ok_or_else(invalid)?;
            rest = after;
        }
        if text.is_empty() {
            Err(invalid())
        } else {
            Ok(Self(total))
        }
    }
}

impl From<Duration> for String {
    fn from(duration: Duration) -> Self {
        duration.to_string()
    }
}

/// The milliseconds of the number and unit that `text` starts with, and what follows them.
fn leading(text: &str) -> Option<(u64, &str)> {
    let (number, rest) = text
        .split_at(text.find(|character: char| !character.is_ascii_digit() && character != '.')?);
    let (unit, rest) = rest.split_at(
        rest.find(|character: char| !character.is_ascii_alphabetic())
            .unwrap_or(rest.len()),
    );
    let (_, unit) = UNITS.iter().find(|(name, _)| *name == unit)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let fraction = fraction.trim_end_matches('0');
    if whole.is_empty() || fraction.len() > 9 || fraction.contains('.') {
        return None;
    }
    let scale = 10_u64.pow(u32::try_from(fraction.len()).ok()?);
    let parts = if fraction.is_empty() {
        0
    } else {
        fraction.parse::<u64>().ok()?.checked_mul(*unit)?
    };
    // Less than a millisecond cannot be kept.
    if !parts.is_multiple_of(scale) {
        return None;
    }
    let whole = whole.parse::<u64>().ok()?.checked_mul(*unit)?;
    Some((whole.checked_add(parts / scale)?, rest))
}
