//! STOR003: a schedule is one that the controller can read.

use names::CronSchedule;

use crate::cluster::{Cluster, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A schedule is one that the controller can read.
pub(crate) static RULE: Rule = Rule {
    code: "STOR003",
    area: Area::Storage,
    severity: Severity::Error,
    title: "a schedule is one that the controller can read",
    why: "A schedule that cannot be read never runs; nobody notices before the backup is needed.",
    fix: "Write five fields (minute, hour, day of month, month, day of week), or `@daily` and its kin.",
    absorbs: &[
        "datree CRONJOB_INVALID_SCHEDULE",
        "datree CRONJOB_INVALID_SCHEDULE_VALUE",
    ],
    check: Some(check),
};

/// Group, kind, and where the schedule stands as pointer and path.
const SCHEDULES: [(&str, &str, &str, &str); 2] = [
    ("velero.io", "Schedule", "/spec/schedule", "spec.schedule"),
    ("batch", "CronJob", "/spec/schedule", "spec.schedule"),
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (group, kind, pointer, path) in SCHEDULES {
        for document in cluster.of_kind(group, kind) {
            let Some(written) = text(&document.value, pointer) else {
                continue;
            };
            // A zone may stand before the fields in Velero, and an interval in their place.
            let fields = match written
                .strip_prefix("CRON_TZ=")
                .or_else(|| written.strip_prefix("TZ="))
            {
                Some(zoned) if kind == "Schedule" => {
                    zoned.split_once(' ').map_or("", |(_, fields)| fields)
                }
                _ => written,
            };
            let is_interval = fields
                .strip_prefix("@every ")
                .is_some_and(|interval| crate::format::duration::parse(interval).is_some());
            if is_interval {
                continue;
            }
            if let Err(error) = fields.trim().parse::<CronSchedule>() {
                findings.add(
                    document,
                    path,
                    format!("{written:?} is no schedule: {error}"),
                );
            }
        }
    }
}
