//! Alerts about what the cluster costs.

use names::Duration;

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

pub(super) fn rules() -> RuleGroup {
    RuleGroup::of_alerts("cost", [cost_rising()])
}

/// Compared with the same hour a week ago, because days and nights and working days differ.
fn cost_rising() -> AlertRule {
    AlertRule::new(
        "CostRising",
        Severity::Warning,
        "sum(avg_over_time(node_total_hourly_cost[6h])) > 1.5 * sum(avg_over_time(node_total_hourly_cost[6h] offset 1w))",
        "Nodes cost half as much again as a week ago",
        "The nodes have cost {{ $value | humanize }} dollars an hour for two hours.",
    )
    .after(Duration::hours(2))
}

pub(super) fn tests() -> Vec<TestGroup> {
    vec![
        TestGroup::new("twice the nodes of a week ago")
            .every(Duration::hours(1))
            .given("node_total_hourly_cost{node=\"n1\"}", "0.5x200")
            .given("node_total_hourly_cost{node=\"n2\"}", "_x180 0.5x20")
            .silent(&cost_rising(), Duration::hours(180))
            .raised(
                &cost_rising(),
                Duration::hours(195),
                &[],
                "Nodes cost half as much again as a week ago",
                "The nodes have cost 1 dollars an hour for two hours.",
            ),
    ]
}
