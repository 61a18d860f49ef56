//! A time of day, written `08:30`.

use std::fmt;
use std::str::FromStr;

use crate::from_text;

/// A time of day to the minute; `24:00` is the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay {
    minutes: u16,
}

/// Why a text is no time of day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected hours and minutes from `00:00` to `24:00`, for example `08:30`")]
pub struct InvalidTimeOfDay;

impl FromStr for TimeOfDay {
    type Err = InvalidTimeOfDay;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |digits: &str| -> Option<u16> {
            (digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit()))
                .then(|| digits.parse().ok())
                .flatten()
        };
        let (hours, minutes) = text.split_once(':').ok_or(InvalidTimeOfDay)?;
        match (number(hours), number(minutes)) {
            (Some(hours @ 0..24), Some(minutes @ 0..60)) => Ok(Self {
                minutes: hours * 60 + minutes,
            }),
            (Some(24), Some(0)) => Ok(Self { minutes: 24 * 60 }),
            _ => Err(InvalidTimeOfDay),
        }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{:02}:{:02}",
            self.minutes / 60,
            self.minutes % 60
        )
    }
}

from_text! {
    TimeOfDay: "a time of day as hours and minutes, `08:30`";
}

#[cfg(test)]
mod tests {
    use super::TimeOfDay;

    #[test]
    fn times_are_written_as_they_are_read() {
        for text in ["00:00", "08:30", "23:59", "24:00"] {
            assert_eq!(
                text.parse().map(|time: TimeOfDay| time.to_string()),
                Ok(text.to_owned())
            );
        }
    }

    #[test]
    fn what_no_clock_shows_is_refused() {
        for text in [
            "", "8:30", "24:01", "12:60", "12", "ab:cd", "+8:30", "08:30:00",
        ] {
            assert!(text.parse::<TimeOfDay>().is_err(), "{text}");
        }
    }
}
