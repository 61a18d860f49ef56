//! Alerts about horizontal autoscalers.

use names::Duration;

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

pub(super) fn rules() -> RuleGroup {
    RuleGroup::of_alerts("autoscaling", [hpa_maxed_out(), hpa_blind()])
}

fn hpa_maxed_out() -> AlertRule {
    AlertRule::new(
        "HpaMaxedOut",
        Severity::Warning,
        "kube_horizontalpodautoscaler_status_current_replicas >= kube_horizontalpodautoscaler_spec_max_replicas",
        "{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} cannot scale any further",
        "The autoscaler has been at its maximum of {{ $value }} replicas for 30 minutes.",
    )
    .after(Duration::minutes(30))
}

/// One that does not scale because its target has no replicas says so with the same condition, and nobody scales to none
/// here.
fn hpa_blind() -> AlertRule {
    AlertRule::new(
        "HpaBlind",
        Severity::Warning,
        "kube_horizontalpodautoscaler_status_condition{condition=\"ScalingActive\",status=\"false\"} == 1",
        "{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} cannot read its metrics",
        "The autoscaler has not known for 15 minutes how busy its pods are, and leaves their number as it is.",
    )
    .after(Duration::minutes(15))
}

pub(super) fn tests() -> Vec<TestGroup> {
    vec![
        TestGroup::new("an autoscaler at its maximum")
            .given("kube_horizontalpodautoscaler_status_current_replicas{namespace=\"shop\",horizontalpodautoscaler=\"web\"}", "4x5 10x40")
            .given("kube_horizontalpodautoscaler_spec_max_replicas{namespace=\"shop\",horizontalpodautoscaler=\"web\"}", "10x45")
            .silent(&hpa_maxed_out(), Duration::minutes(30))
            .raised(
                &hpa_maxed_out(),
                Duration::minutes(40),
                &[("namespace", "shop"), ("horizontalpodautoscaler", "web")],
                "shop/web cannot scale any further",
                "The autoscaler has been at its maximum of 10 replicas for 30 minutes.",
            ),
        TestGroup::new("an autoscaler without metrics")
            .given("kube_horizontalpodautoscaler_status_condition{namespace=\"shop\",horizontalpodautoscaler=\"web\",condition=\"ScalingActive\",status=\"false\"}", "0x5 1x30")
            .silent(&hpa_blind(), Duration::minutes(15))
            .raised(
                &hpa_blind(),
                Duration::minutes(30),
                &[
                    ("namespace", "shop"),
                    ("horizontalpodautoscaler", "web"),
                    ("condition", "ScalingActive"),
                    ("status", "false"),
                ],
                "shop/web cannot read its metrics",
                "The autoscaler has not known for 15 minutes how busy its pods are, and leaves their number as it is.",
            ),
    ]
}
