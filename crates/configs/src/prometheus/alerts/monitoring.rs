//! Alerts about Prometheus itself.

use names::Duration;

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

pub(super) fn rules() -> RuleGroup {
    RuleGroup::of_alerts(
        "monitoring",
        [
            watchdog(),
            target_down(),
            config_reload_failed(),
            rule_failing(),
        ],
    )
}

/// Always raised: whoever receives it knows that the whole way works, and a receiver outside can
/// miss it.
fn watchdog() -> AlertRule {
    AlertRule::new(
        "Watchdog",
        Severity::None,
        "vector(1)",
        "Alerts are delivered",
        "This alert is always raised. When it no longer arrives, no other alert does either.",
    )
}

fn target_down() -> AlertRule {
    AlertRule::new(
        "TargetDown",
        Severity::Warning,
        "sum by (job) (up == bool 0) / count by (job) (up) > 0.1",
        "Targets of {{ $labels.job }} do not answer",
        "{{ $value | humanizePercentage }} of the targets of {{ $labels.job }} have not answered for 10 minutes; alerts about them are blind.",
    )
    .after(Duration::minutes(10))
}

fn config_reload_failed() -> AlertRule {
    AlertRule::new(
        "ConfigReloadFailed",
        Severity::Critical,
        "prometheus_config_last_reload_successful == 0",
        "{{ $labels.job }} refuses its new configuration",
        "{{ $labels.instance }} still runs with the previous configuration, and would not start with the new one.",
    )
    .after(Duration::minutes(10))
}

fn rule_failing() -> AlertRule {
    AlertRule::new(
        "RuleFailing",
        Severity::Critical,
        "increase(prometheus_rule_evaluation_failures_total[5m]) > 0",
        "A rule of {{ $labels.rule_group }} cannot be evaluated",
        "Evaluations have failed for 15 minutes; the alerts of the group cannot be raised.",
    )
    .after(Duration::minutes(15))
}

pub(super) fn tests() -> Vec<TestGroup> {
    vec![
        TestGroup::new("nothing at all").raised(
            &watchdog(),
            Duration::minutes(1),
            &[],
            "Alerts are delivered",
            "This alert is always raised. When it no longer arrives, no other alert does either.",
        ),
        TestGroup::new("one of two targets does not answer")
            .given("up{job=\"api\",instance=\"a\"}", "1x30")
            .given("up{job=\"api\",instance=\"b\"}", "1x5 0x25")
            .silent(&target_down(), Duration::minutes(10))
            .raised(
                &target_down(),
                Duration::minutes(20),
                &[("job", "api")],
                "Targets of api do not answer",
                "50% of the targets of api have not answered for 10 minutes; alerts about them are blind.",
            ),
        TestGroup::new("a configuration that is refused")
            .given("prometheus_config_last_reload_successful{job=\"prometheus\",instance=\"a\"}", "1x5 0x20")
            .silent(&config_reload_failed(), Duration::minutes(10))
            .raised(
                &config_reload_failed(),
                Duration::minutes(20),
                &[("job", "prometheus"), ("instance", "a")],
                "prometheus refuses its new configuration",
                "a still runs with the previous configuration, and would not start with the new one.",
            ),
        TestGroup::new("a rule that fails")
            .given("prometheus_rule_evaluation_failures_total{rule_group=\"mesh\"}", "7x10 8+1x30")
            .silent(&rule_failing(), Duration::minutes(10))
            .raised(
                &rule_failing(),
                Duration::minutes(35),
                &[("rule_group", "mesh")],
                "A rule of mesh cannot be evaluated",
                "Evaluations have failed for 15 minutes; the alerts of the group cannot be raised.",
            ),
    ]
}
