//! Parts of the week, in which routes are quiet or not.

use serde::Serialize;

/// From one time of day to a later one of the same day, as `HH:MM`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TimeRange {
    /// Its first minute.
    pub start_time: String,
    /// The minute after its last; `24:00` is the end of the day.
    pub end_time: String,
}

/// Times that come back every week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WeeklyTimes {
    /// The times of day.
    pub times: Vec<TimeRange>,
    /// The days, each a name or a range: `monday:friday`.
    pub weekdays: Vec<String>,
    /// Whose clock is meant, by its name in the time zone database.
    pub location: String,
}

/// A part of the week with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TimeInterval {
    /// The name that routes use.
    pub name: String,
    /// It is any of these.
    pub time_intervals: Vec<WeeklyTimes>,
}
