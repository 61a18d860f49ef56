//! Alerts about the cluster that stores the logs.

use names::Duration;

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

pub(super) fn rules() -> RuleGroup {
    RuleGroup::of_alerts("log-storage", [red(), yellow(), disk_low(), disk_full()])
}

fn red() -> AlertRule {
    AlertRule::new(
        "LogStorageRed",
        Severity::Critical,
        "elasticsearch_cluster_health_status{color=\"red\"} == 1",
        "{{ $labels.cluster }} has lost logs",
        "An index has lost all copies of a shard: its logs cannot be found, and new ones for it wait on the nodes.",
    )
    .after(Duration::minutes(5))
}

/// A restart takes minutes, and copying a node's shards a few hours at most.
fn yellow() -> AlertRule {
    AlertRule::new(
        "LogStorageYellow",
        Severity::Warning,
        "elasticsearch_cluster_health_status{color=\"yellow\"} == 1",
        "{{ $labels.cluster }} lacks copies of logs",
        "A shard has been without its copy for two hours: the loss of another node would lose logs.",
    )
    .after(Duration::hours(2))
}

/// At 85 % no new shard comes to a node.
fn disk_low() -> AlertRule {
    AlertRule::new(
        "LogStorageDiskLow",
        Severity::Warning,
        "elasticsearch_filesystem_data_available_bytes / elasticsearch_filesystem_data_size_bytes < 0.2",
        "The disk of {{ $labels.name }} is filling up",
        "{{ $value | humanizePercentage }} of the volume is left; below 15% the node gets no new indices.",
    )
    .after(Duration::minutes(30))
}

/// At 95 % indices can no longer be written.
fn disk_full() -> AlertRule {
    AlertRule::new(
        "LogStorageDiskFull",
        Severity::Critical,
        "elasticsearch_filesystem_data_available_bytes / elasticsearch_filesystem_data_size_bytes < 0.1",
        "The disk of {{ $labels.name }} is nearly full",
        "{{ $value | humanizePercentage }} of the volume is left; below 5% no index on it takes any more logs.",
    )
    .after(Duration::minutes(5))
}

pub(super) fn tests() -> Vec<TestGroup> {
    let status = |color: &str| {
        format!(
            "elasticsearch_cluster_health_status{{cluster=\"production-logs\",color=\"{color}\"}}"
        )
    };
    let labels = |color| [("cluster", "production-logs"), ("color", color)];
    let disk = |what: &str| format!("elasticsearch_filesystem_data_{what}_bytes{{name=\"es-0\"}}");
    vec![
        TestGroup::new("a shard without any copy")
            .given(&status("red"), "0x5 1x10")
            .silent(&red(), Duration::minutes(8))
            .raised(
                &red(),
                Duration::minutes(14),
                &labels("red"),
                "production-logs has lost logs",
                "An index has lost all copies of a shard: its logs cannot be found, and new ones for it wait on the nodes.",
            ),
        TestGroup::new("a shard without its second copy")
            .given(&status("yellow"), "0x5 1x150")
            .silent(&yellow(), Duration::minutes(100))
            .raised(
                &yellow(),
                Duration::minutes(140),
                &labels("yellow"),
                "production-logs lacks copies of logs",
                "A shard has been without its copy for two hours: the loss of another node would lose logs.",
            ),
        TestGroup::new("a disk that fills up")
            .given(&disk("size"), "1000x200")
            .given(&disk("available"), "300-2x115 70x80")
            .silent(&disk_low(), Duration::minutes(70))
            .raised(
                &disk_low(),
                Duration::minutes(90),
                &[("name", "es-0")],
                "The disk of es-0 is filling up",
                "12% of the volume is left; below 15% the node gets no new indices.",
            )
            .silent(&disk_full(), Duration::minutes(100))
            .raised(
                &disk_full(),
                Duration::minutes(130),
                &[("name", "es-0")],
                "The disk of es-0 is nearly full",
                "7% of the volume is left; below 5% no index on it takes any more logs.",
            ),
    ]
}
