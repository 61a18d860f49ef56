//! Alerts about what Argo CD applies.

use names::Duration;

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

pub(super) fn rules() -> RuleGroup {
    RuleGroup::of_alerts("delivery", [app_out_of_sync()])
}

fn app_out_of_sync() -> AlertRule {
    AlertRule::new(
        "AppOutOfSync",
        Severity::Warning,
        "argocd_app_info{sync_status=\"OutOfSync\"} == 1 or argocd_app_info{health_status=~\"Degraded|Missing\"} == 1",
        "Application {{ $labels.name }} is not as it should be",
        "For 30 minutes its state in the cluster has been {{ $labels.sync_status }} and {{ $labels.health_status }}.",
    )
    .after(Duration::minutes(30))
}

pub(super) fn tests() -> Vec<TestGroup> {
    let application = |sync, health| {
        format!("argocd_app_info{{name=\"web\",sync_status=\"{sync}\",health_status=\"{health}\"}}")
    };
    vec![
        TestGroup::new("an application that does not sync")
            .given(&application("OutOfSync", "Healthy"), "1x40")
            .silent(&app_out_of_sync(), Duration::minutes(20))
            .raised(
                &app_out_of_sync(),
                Duration::minutes(35),
                &[
                    ("name", "web"),
                    ("sync_status", "OutOfSync"),
                    ("health_status", "Healthy"),
                ],
                "Application web is not as it should be",
                "For 30 minutes its state in the cluster has been OutOfSync and Healthy.",
            ),
        TestGroup::new("an application that syncs and breaks")
            .given(&application("Synced", "Degraded"), "1x40")
            .raised(
                &app_out_of_sync(),
                Duration::minutes(35),
                &[
                    ("name", "web"),
                    ("sync_status", "Synced"),
                    ("health_status", "Degraded"),
                ],
                "Application web is not as it should be",
                "For 30 minutes its state in the cluster has been Synced and Degraded.",
            ),
        TestGroup::new("an application as it should be")
            .given(&application("Synced", "Healthy"), "1x40")
            .silent(&app_out_of_sync(), Duration::minutes(35)),
    ]
}
