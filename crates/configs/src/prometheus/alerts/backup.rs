//! Alerts about backups.

use names::Duration;

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

pub(super) fn rules(maximum_age: Duration) -> RuleGroup {
    RuleGroup::of_alerts("backup", [backup_stale(maximum_age)])
}

fn backup_stale(maximum_age: Duration) -> AlertRule {
    AlertRule::new(
        "BackupStale",
        Severity::Critical,
        format!(
            "time() - velero_backup_last_successful_timestamp{{schedule!=\"\"}} > {}",
            maximum_age.as_seconds()
        ),
        "No new backup by {{ $labels.schedule }}",
        "The last backup that succeeded is {{ $value | humanizeDuration }} old.",
    )
    .after(Duration::hours(1))
}

pub(super) fn tests(maximum_age: Duration) -> Vec<TestGroup> {
    let rule = backup_stale(maximum_age);
    let series = "velero_backup_last_successful_timestamp{schedule=\"daily\"}";
    // Counted from the start of the test, at which the backup was made.
    let late = maximum_age.saturating_add(Duration::hours(2));
    let steps = late.as_seconds() / 60;
    let age = |hours| {
        (
            late.as_seconds() / 3600 + hours,
            late.as_seconds() / 60 % 60,
        )
    };
    let ((hours, minutes), days) = (age(0), late.as_seconds() / 86400);
    let old = if days > 0 {
        format!("{days}d {}h {minutes}m 0s", hours % 24)
    } else {
        format!("{hours}h {minutes}m 0s")
    };
    vec![
        TestGroup::new("a schedule that has stopped")
            .given(series, &format!("0x{steps}"))
            .silent(&rule, maximum_age)
            .raised(
                &rule,
                late,
                &[("schedule", "daily")],
                "No new backup by daily",
                &format!("The last backup that succeeded is {old} old."),
            ),
    ]
}
