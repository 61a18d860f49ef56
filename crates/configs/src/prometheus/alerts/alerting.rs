//! Alerts about the way from Prometheus to people.

use names::Duration;

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

pub(super) fn rules() -> RuleGroup {
    RuleGroup::of_alerts(
        "alerting",
        [
            alerting_reload_failed(),
            alertmanagers_apart(),
            alertmanager_missing(),
            alerts_not_delivered(),
        ],
    )
}

fn alerting_reload_failed() -> AlertRule {
    AlertRule::new(
        "AlertingReloadFailed",
        Severity::Critical,
        "alertmanager_config_last_reload_successful == 0",
        "Alertmanager refuses its new configuration",
        "{{ $labels.pod }} still runs with the previous configuration, and would not start with the new one.",
    )
    .after(Duration::minutes(10))
}

/// Replicas that do not know each other tell everything twice and forget each other's silences.
fn alertmanagers_apart() -> AlertRule {
    AlertRule::new(
        "AlertmanagersApart",
        Severity::Warning,
        "min by (namespace) (alertmanager_cluster_members) < on (namespace) count by (namespace) (alertmanager_cluster_members)",
        "Replicas of Alertmanager do not know each other",
        "One of them has known only {{ $value }} members for 15 minutes; alerts may be told twice.",
    )
    .after(Duration::minutes(15))
}

fn alertmanager_missing() -> AlertRule {
    AlertRule::new(
        "AlertmanagerMissing",
        Severity::Critical,
        "prometheus_notifications_alertmanagers_discovered < 1",
        "Prometheus knows no Alertmanager",
        "{{ $labels.instance }} has found nobody to send alerts to for 10 minutes.",
    )
    .after(Duration::minutes(10))
}

fn alerts_not_delivered() -> AlertRule {
    AlertRule::new(
        "AlertsNotDelivered",
        Severity::Critical,
        "sum by (integration) (rate(alertmanager_notifications_failed_total[5m])) \
         / sum by (integration) (rate(alertmanager_notifications_total[5m])) > 0.05",
        "Alerts do not reach {{ $labels.integration }}",
        "{{ $value | humanizePercentage }} of the notifications to {{ $labels.integration }} have failed for 10 minutes.",
    )
    .after(Duration::minutes(10))
}

pub(super) fn tests() -> Vec<TestGroup> {
    vec![
        TestGroup::new("an Alertmanager with a configuration that is refused")
            .given("alertmanager_config_last_reload_successful{pod=\"alertmanager-0\"}", "1x5 0x20")
            .given("alertmanager_config_last_reload_successful{pod=\"alertmanager-1\"}", "1x25")
            .silent(&alerting_reload_failed(), Duration::minutes(10))
            .raised(
                &alerting_reload_failed(),
                Duration::minutes(20),
                &[("pod", "alertmanager-0")],
                "Alertmanager refuses its new configuration",
                "alertmanager-0 still runs with the previous configuration, and would not start with the new one.",
            ),
        TestGroup::new("a replica on its own")
            .given("alertmanager_cluster_members{namespace=\"watch\",pod=\"alertmanager-0\"}", "2x5 1x30")
            .given("alertmanager_cluster_members{namespace=\"watch\",pod=\"alertmanager-1\"}", "2x35")
            .silent(&alertmanagers_apart(), Duration::minutes(15))
            .raised(
                &alertmanagers_apart(),
                Duration::minutes(30),
                &[("namespace", "watch")],
                "Replicas of Alertmanager do not know each other",
                "One of them has known only 1 members for 15 minutes; alerts may be told twice.",
            ),
        TestGroup::new("nobody to send alerts to")
            .given("prometheus_notifications_alertmanagers_discovered{instance=\"a\"}", "3x5 0x20")
            .silent(&alertmanager_missing(), Duration::minutes(10))
            .raised(
                &alertmanager_missing(),
                Duration::minutes(20),
                &[("instance", "a")],
                "Prometheus knows no Alertmanager",
                "a has found nobody to send alerts to for 10 minutes.",
            ),
        TestGroup::new("a receiver that takes half of what it is sent")
            .given("alertmanager_notifications_failed_total{integration=\"email\"}", "0x10 1+1x30")
            .given("alertmanager_notifications_total{integration=\"email\"}", "0+2x40")
            .silent(&alerts_not_delivered(), Duration::minutes(10))
            .raised(
                &alerts_not_delivered(),
                Duration::minutes(35),
                &[("integration", "email")],
                "Alerts do not reach email",
                "50% of the notifications to email have failed for 10 minutes.",
            ),
    ]
}
