//! STOR004: a backup lives longer than it takes until the next.

use crate::cluster::{Cluster, text};
use crate::format::duration;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::storage::backups;

/// A backup lives longer than it takes until the next.
pub(crate) static RULE: Rule = Rule {
    code: "STOR004",
    area: Area::Storage,
    severity: Severity::Error,
    title: "a backup lives longer than it takes until the next",
    why: "Velero deletes it before there is another: for a time there is no backup at all.",
    fix: "Let ttl be a few times as long as the schedule's interval.",
    absorbs: &[],
    check: Some(check),
};

/// An hour in nanoseconds.
const HOUR: i64 = 3_600_000_000_000;

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (document, pointer, path) in backups::all(cluster) {
        let Some(written) = text(&document.value, &format!("{pointer}/ttl")) else {
            continue;
        };
        let path = format!("{path}.ttl");
        match duration::parse(written) {
            None => findings.add(
                document,
                path,
                format!("{written} is no duration, as `720h0m0s` is one"),
            ),
            Some(life) if life <= 0 => {
                findings.add(
                    document,
                    path,
                    format!("a backup of {written} is gone at once"),
                );
            }
            Some(life) => {
                let every = text(&document.value, "/spec/schedule").and_then(interval);
                if let Some(hours) = every.filter(|hours| life <= hours.saturating_mul(HOUR)) {
                    let message =
                        format!("a backup lives {written}, and the next comes after {hours}h");
                    findings.add(document, path, message);
                }
            }
        }
    }
}

/// About how many hours lie between two runs: a month, a week or a day where one of them is fixed; `None` for less.
fn interval(schedule: &str) -> Option<i64> {
    let fields: Vec<&str> = schedule.split_whitespace().collect();
    let [minute, hour, day, month, weekday] = fields.as_slice() else {
        return match schedule.trim() {
            "@yearly" | "@annually" => Some(366 * 24),
            "@monthly" => Some(31 * 24),
            "@weekly" => Some(7 * 24),
            "@daily" | "@midnight" => Some(24),
            _ => None,
        };
    };
    let is_one = |field: &str| field.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_one(minute) || !is_one(hour) {
        return None;
    }
    match (is_one(day), is_one(weekday), is_one(month)) {
        (true, _, true) => Some(366 * 24),
        (true, false, false) if *month == "*" => Some(31 * 24),
        (false, true, false) if *day == "*" => Some(7 * 24),
        (false, false, false) if *day == "*" && *weekday == "*" => Some(24),
        _ => None,
    }
}
