//! Alerts about new versions that are on their way.

use names::Duration;

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

pub(super) fn rules() -> RuleGroup {
    RuleGroup::of_alerts("rollouts", [rollout_degraded()])
}

fn rollout_degraded() -> AlertRule {
    AlertRule::new(
        "RolloutDegraded",
        Severity::Critical,
        "rollout_info{phase=~\"Degraded|Error|InvalidSpec\"} == 1",
        "Rollout {{ $labels.namespace }}/{{ $labels.name }} has failed",
        "It has been {{ $labels.phase }} for 5 minutes: the new version was aborted or does not become healthy, and the old one serves.",
    )
    .after(Duration::minutes(5))
}

pub(super) fn tests() -> Vec<TestGroup> {
    let rollout = |phase| {
        format!(
            "rollout_info{{namespace=\"shop\",name=\"web\",strategy=\"canary\",phase=\"{phase}\"}}"
        )
    };
    vec![
        TestGroup::new("a new version that is aborted")
            .given(&rollout("Progressing"), "1x5 _x20")
            .given(&rollout("Degraded"), "_x6 1x20")
            .silent(&rollout_degraded(), Duration::minutes(5))
            .raised(
                &rollout_degraded(),
                Duration::minutes(20),
                &[
                    ("namespace", "shop"),
                    ("name", "web"),
                    ("strategy", "canary"),
                    ("phase", "Degraded"),
                ],
                "Rollout shop/web has failed",
                "It has been Degraded for 5 minutes: the new version was aborted or does not become healthy, and the old one serves.",
            ),
    ]
}
