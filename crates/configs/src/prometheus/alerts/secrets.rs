//! Alerts about secrets that come from outside.

use names::Duration;

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

pub(super) fn rules() -> RuleGroup {
    RuleGroup::of_alerts("secrets", [external_secret_failing()])
}

fn external_secret_failing() -> AlertRule {
    AlertRule::new(
        "ExternalSecretFailing",
        Severity::Warning,
        "externalsecret_status_condition{condition=\"Ready\",status=\"False\"} == 1",
        "Secret {{ $labels.namespace }}/{{ $labels.name }} does not follow its source",
        "It could not be read from its store for 15 minutes; a rotated credential does not arrive.",
    )
    .after(Duration::minutes(15))
}

pub(super) fn tests() -> Vec<TestGroup> {
    let labels = [
        ("namespace", "shop"),
        ("name", "db"),
        ("condition", "Ready"),
        ("status", "False"),
    ];
    vec![
        TestGroup::new("a secret that cannot be read")
            .given("externalsecret_status_condition{namespace=\"shop\",name=\"db\",condition=\"Ready\",status=\"False\"}", "0x5 1x30")
            .silent(&external_secret_failing(), Duration::minutes(15))
            .raised(
                &external_secret_failing(),
                Duration::minutes(30),
                &labels,
                "Secret shop/db does not follow its source",
                "It could not be read from its store for 15 minutes; a rotated credential does not arrive.",
            ),
    ]
}
