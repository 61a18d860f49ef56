//! The schedule of a cron job: five fields or a name, without a time zone in it.

use super::fields::{has, said, wrong};
use super::{Fields, Verdict};
use crate::format::duration;

/// The lowest and the highest value of minutes, hours, days, months and weekdays.
const BOUNDS: [(u32, u32); 5] = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 6)];

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// Every zone of the tz database.
const ZONES: &str = include_str!("zones.txt");

/// A schedule is one that the controller understands.
pub(in crate::api) fn schedule_is_understood(fields: &Fields) -> Verdict {
    let schedule = said(fields, "schedule");
    if schedule.is_empty() {
        return Ok(());
    }
    if schedule.contains("TZ") {
        return wrong("schedule", "the zone belongs into timeZone");
    }
    if is_schedule(schedule) {
        Ok(())
    } else {
        wrong(
            "schedule",
            format!("{schedule:?} is no schedule such as `0 2 * * *` or `@daily`"),
        )
    }
}

/// A zone of the tz database.
pub(in crate::api) fn zone_is_known(fields: &Fields) -> Verdict {
    let zone = said(fields, "timeZone");
    if !has(fields, "timeZone") || ZONES.lines().any(|known| known == zone) {
        return Ok(());
    }
    wrong(
        "timeZone",
        format!("{zone:?} is no time zone such as `Etc/UTC` or `Europe/Vienna`"),
    )
}

fn is_schedule(text: &str) -> bool {
    if let Some(name) = text.strip_prefix('@') {
        return match name.strip_prefix("every ") {
            Some(interval) => duration::parse(interval).is_some(),
            None => matches!(
                name,
                "yearly" | "annually" | "monthly" | "weekly" | "daily" | "midnight" | "hourly"
            ),
        };
    }
    let fields: Vec<&str> = text.split_whitespace().collect();
    fields.len() == BOUNDS.len()
        && fields
            .iter()
            .enumerate()
            .all(|(position, field)| is_field(field, position))
}

/// Parts between commas; of nothing but commas the server makes no complaint.
fn is_field(text: &str, position: usize) -> bool {
    text.split(',')
        .filter(|part| !part.is_empty())
        .all(|part| is_part(part, position))
}

/// `*`, `5`, `1-5`, each with `/2` behind it.
fn is_part(text: &str, position: usize) -> bool {
    let (lowest, highest) = BOUNDS[position];
    let mut parts = text.split('/');
    let (range, step) = (parts.next().unwrap_or_default(), parts.next());
    if parts.next().is_some() {
        return false;
    }
    if step.is_some_and(|step| step.parse::<u32>().is_ok_and(|step| step == 0) || !is_number(step))
    {
        return false;
    }
    let mut ends = range.split('-');
    let (from, to) = (ends.next().unwrap_or_default(), ends.next());
    if ends.next().is_some() {
        return false;
    }
    if matches!(from, "*" | "?") {
        // Whatever stands behind the `-` is not read.
        return true;
    }
    let Some(from) = value(from, position) else {
        return false;
    };
    let to = match to {
        None if step.is_some() => highest,
        None => from,
        Some(to) => match value(to, position) {
            Some(to) => to,
            None => return false,
        },
    };
    from >= lowest && to <= highest && from <= to
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.parse::<i64>().is_ok_and(|number| number >= 0)
}

/// A number, or the name of a month or day.
fn value(text: &str, position: usize) -> Option<u32> {
    let lower = text.to_ascii_lowercase();
    let named = |names: &[&str], first: usize| {
        let place = names.iter().position(|name| *name == lower)?;
        u32::try_from(place + first).ok()
    };
    let name = match position {
        3 => named(&MONTHS, 1),
        4 => named(&DAYS, 0),
        _ => None,
    };
    name.or_else(|| {
        let digits = text.strip_prefix('+').unwrap_or(text);
        digits.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::is_schedule;

    #[test]
    fn schedules_are_read_as_the_controller_reads_them() {
        for text in [
            "*/5 * * * *",
            "0 2 * * mon-FRI",
            "@daily",
            "@every 1h30m",
            "0,30 1-5/2 ? jan *",
            "5/10 * * * 0",
        ] {
            assert!(is_schedule(text), "{text}");
        }
        for text in [
            "",
            "* * * *",
            "* * * * * *",
            "60 * * * *",
            "* 24 * * *",
            "* * 0 * *",
            "* * * * 7",
            "*/0 * * * *",
            "5-1 * * * *",
            "@often",
            "@every soon",
            "a * * * *",
            "1/2/3 * * * *",
            "-1 * * * *",
        ] {
            assert!(!is_schedule(text), "{text}");
        }
    }
}
