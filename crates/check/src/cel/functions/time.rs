//! Durations and points in time.

use super::{Function, Library, Value, argument, conversion, text, unexpected};
use crate::cel::Failure;
use crate::cel::evaluate::Outcome;
use crate::format::time::{Civil, civil};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::global("duration", 1, |_, arguments| {
        conversion::to_duration(argument(arguments, 0)?)
    }),
    Function::global("timestamp", 1, |_, arguments| {
        conversion::to_timestamp(argument(arguments, 0)?)
    }),
    Function::member("getFullYear", 2, |_, arguments| {
        part(arguments, |civil| civil.year)
    })
    .at_least(1),
    Function::member("getMonth", 2, |_, arguments| {
        part(arguments, |civil| civil.month - 1)
    })
    .at_least(1),
    Function::member("getDate", 2, |_, arguments| {
        part(arguments, |civil| civil.day)
    })
    .at_least(1),
    Function::member("getDayOfMonth", 2, |_, arguments| {
        part(arguments, |civil| civil.day - 1)
    })
    .at_least(1),
    Function::member("getDayOfWeek", 2, |_, arguments| {
        part(arguments, |civil| civil.weekday)
    })
    .at_least(1),
    Function::member("getDayOfYear", 2, |_, arguments| {
        part(arguments, |civil| civil.day_of_year)
    })
    .at_least(1),
    Function::member("getHours", 2, hours).at_least(1),
    Function::member("getMinutes", 2, minutes).at_least(1),
    Function::member("getSeconds", 2, seconds).at_least(1),
    Function::member("getMilliseconds", 2, milliseconds).at_least(1),
];

fn part<'v>(arguments: &[Value<'v>], take: fn(Civil) -> i64) -> Outcome<'v> {
    let Value::Timestamp(nanos) = argument(arguments, 0)? else {
        return Err(unexpected("timestamp", arguments.first()));
    };
    let offset = if arguments.len() > 1 {
        zone(text(arguments, 1)?)?
    } else {
        0
    };
    civil(*nanos, offset)
        .map(|civil| Value::Integer(take(civil)))
        .ok_or_else(|| Failure::new("the time is out of range"))
}

/// Seconds east of UTC. Named zones need the zone database of the server, which only UTC does not.
fn zone(name: &str) -> Result<i64, Failure> {
    if matches!(name, "UTC" | "Z" | "") {
        return Ok(0);
    }
    let (sign, digits) = name
        .strip_prefix('-')
        .map_or((1, name.strip_prefix('+').unwrap_or(name)), |digits| {
            (-1, digits)
        });
    let parsed = digits.split_once(':').and_then(|(hours, minutes)| {
        Some((hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?))
    });
    let (hours, minutes) = parsed
        .ok_or_else(|| Failure::undecided(format!("the time zone `{name}` is not known here")))?;
    Ok(sign * (hours * 3600 + minutes * 60))
}

fn hours<'v>(_: &Library<'_>, arguments: &[Value<'v>]) -> Outcome<'v> {
    of_duration(arguments, 3_600_000_000_000).unwrap_or_else(|| part(arguments, |civil| civil.hour))
}

fn minutes<'v>(_: &Library<'_>, arguments: &[Value<'v>]) -> Outcome<'v> {
    of_duration(arguments, 60_000_000_000).unwrap_or_else(|| part(arguments, |civil| civil.minute))
}

fn seconds<'v>(_: &Library<'_>, arguments: &[Value<'v>]) -> Outcome<'v> {
    of_duration(arguments, 1_000_000_000).unwrap_or_else(|| part(arguments, |civil| civil.second))
}

/// A duration counts only its milliseconds below the second, as a time does.
fn milliseconds<'v>(_: &Library<'_>, arguments: &[Value<'v>]) -> Outcome<'v> {
    match argument(arguments, 0)? {
        Value::Duration(nanos) => Ok(Value::Integer(nanos / 1_000_000 % 1_000)),
        _ => part(arguments, |civil| civil.nano / 1_000_000),
    }
}

fn of_duration<'v>(arguments: &[Value<'v>], unit: i64) -> Option<Outcome<'v>> {
    match arguments.first() {
        Some(Value::Duration(nanos)) => Some(Ok(Value::Integer(nanos / unit))),
        _ => None,
    }
}
