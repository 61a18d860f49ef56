//! Alerts about what namespaces may have.

use names::Duration;

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

pub(super) fn rules() -> RuleGroup {
    RuleGroup::of_alerts("quotas", [quota_nearly_used()])
}

/// A full quota stops autoscalers and rollouts without any pod that could be seen to wait.
fn quota_nearly_used() -> AlertRule {
    AlertRule::new(
        "QuotaNearlyUsed",
        Severity::Warning,
        "kube_resourcequota{type=\"used\"} / ignoring (type) (kube_resourcequota{type=\"hard\"} > 0) > 0.9",
        "{{ $labels.namespace }} has nearly used up its {{ $labels.resource }}",
        "{{ $value | humanizePercentage }} of what the quota allows has been in use for 15 minutes; beyond it no pod is created.",
    )
    .after(Duration::minutes(15))
}

pub(super) fn tests() -> Vec<TestGroup> {
    let quota = |kind, resource| {
        format!(
            "kube_resourcequota{{namespace=\"shop\",resourcequota=\"quota\",resource=\"{resource}\",type=\"{kind}\"}}"
        )
    };
    vec![
        TestGroup::new("a quota that fills, and one of nothing")
            .given(&quota("used", "pods"), "10x5 19x30")
            .given(&quota("hard", "pods"), "20x35")
            .given(&quota("used", "requests.storage"), "0x35")
            .given(&quota("hard", "requests.storage"), "0x35")
            .silent(&quota_nearly_used(), Duration::minutes(15))
            .raised(
                &quota_nearly_used(),
                Duration::minutes(30),
                &[
                    ("namespace", "shop"),
                    ("resourcequota", "quota"),
                    ("resource", "pods"),
                ],
                "shop has nearly used up its pods",
                "95% of what the quota allows has been in use for 15 minutes; beyond it no pod is created.",
            ),
    ]
}
