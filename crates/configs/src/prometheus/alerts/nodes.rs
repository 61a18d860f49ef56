//! Alerts about nodes.

use names::Duration;

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

pub(super) fn rules() -> RuleGroup {
    RuleGroup::of_alerts(
        "nodes",
        [node_not_ready(), node_disk_low(), node_memory_low()],
    )
}

fn node_not_ready() -> AlertRule {
    AlertRule::new(
        "NodeNotReady",
        Severity::Critical,
        "kube_node_status_condition{condition=\"Ready\",status=\"true\"} == 0",
        "Node {{ $labels.node }} is not ready",
        "The node's kubelet has not reported itself ready for 10 minutes; its pods are moved elsewhere.",
    )
    .after(Duration::minutes(10))
}

fn node_disk_low() -> AlertRule {
    AlertRule::new(
        "NodeDiskLow",
        Severity::Warning,
        "node_filesystem_avail_bytes{fstype!~\"tmpfs|overlay\"} / node_filesystem_size_bytes < 0.1",
        "Node {{ $labels.node }} is short of disk",
        "{{ $value | humanizePercentage }} of {{ $labels.mountpoint }} is free; below the kubelet's limit it evicts pods.",
    )
    .after(Duration::minutes(15))
}

fn node_memory_low() -> AlertRule {
    AlertRule::new(
        "NodeMemoryLow",
        Severity::Warning,
        "node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes < 0.1",
        "Node {{ $labels.node }} is short of memory",
        "{{ $value | humanizePercentage }} of its memory has been available for 15 minutes; below the kubelet's limit it evicts pods.",
    )
    .after(Duration::minutes(15))
}

pub(super) fn tests() -> Vec<TestGroup> {
    let disk = "{node=\"n1\",mountpoint=\"/\",fstype=\"xfs\"}";
    vec![
        TestGroup::new("a node that stops reporting")
            .given("kube_node_status_condition{node=\"n1\",condition=\"Ready\",status=\"true\"}", "1x5 0x20")
            .silent(&node_not_ready(), Duration::minutes(10))
            .raised(
                &node_not_ready(),
                Duration::minutes(20),
                &[("node", "n1"), ("condition", "Ready"), ("status", "true")],
                "Node n1 is not ready",
                "The node's kubelet has not reported itself ready for 10 minutes; its pods are moved elsewhere.",
            ),
        TestGroup::new("a disk that runs full, and a full tmpfs")
            .given(&format!("node_filesystem_avail_bytes{disk}"), "50x5 5x30")
            .given(&format!("node_filesystem_size_bytes{disk}"), "100x35")
            .given("node_filesystem_avail_bytes{node=\"n1\",mountpoint=\"/run\",fstype=\"tmpfs\"}", "0x35")
            .given("node_filesystem_size_bytes{node=\"n1\",mountpoint=\"/run\",fstype=\"tmpfs\"}", "100x35")
            .silent(&node_disk_low(), Duration::minutes(15))
            .raised(
                &node_disk_low(),
                Duration::minutes(30),
                &[("node", "n1"), ("mountpoint", "/"), ("fstype", "xfs")],
                "Node n1 is short of disk",
                "5% of / is free; below the kubelet's limit it evicts pods.",
            ),
        TestGroup::new("a node that runs out of memory")
            .given("node_memory_MemAvailable_bytes{node=\"n1\"}", "50x5 5x30")
            .given("node_memory_MemTotal_bytes{node=\"n1\"}", "100x35")
            .silent(&node_memory_low(), Duration::minutes(15))
            .raised(
                &node_memory_low(),
                Duration::minutes(30),
                &[("node", "n1")],
                "Node n1 is short of memory",
                "5% of its memory has been available for 15 minutes; below the kubelet's limit it evicts pods.",
            ),
    ]
}
