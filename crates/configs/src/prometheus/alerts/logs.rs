//! Alerts about the way of logs from the nodes to where they are stored.

use names::Duration;

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

pub(super) fn rules() -> RuleGroup {
    RuleGroup::of_alerts("logs", [buffer_filling()])
}

/// A buffer is on the node's disk and holds an outage of hours; at its limit reading pauses, and what the kubelet rotates
/// away meanwhile is lost.
fn buffer_filling() -> AlertRule {
    AlertRule::new(
        "LogBufferFilling",
        Severity::Warning,
        "fluentd_output_status_buffer_available_space_ratio < 50",
        "Logs of {{ $labels.node }} are not taken",
        "{{ $value }} % of the buffer {{ $labels.plugin_id }} is left. When it is full, logs of this node are lost.",
    )
    .after(Duration::minutes(15))
}

pub(super) fn tests() -> Vec<TestGroup> {
    let buffer = "fluentd_output_status_buffer_available_space_ratio{node=\"n1\",plugin_id=\"system_index\"}";
    vec![
        TestGroup::new("a buffer that fills up")
            .given(buffer, "100-2x40")
            .silent(&buffer_filling(), Duration::minutes(30))
            .raised(
                &buffer_filling(),
                Duration::minutes(41),
                &[("node", "n1"), ("plugin_id", "system_index")],
                "Logs of n1 are not taken",
                "20 % of the buffer system_index is left. When it is full, logs of this node are lost.",
            ),
    ]
}
