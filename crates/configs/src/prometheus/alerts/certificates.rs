//! Alerts about certificates.

use names::Duration;

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

pub(super) fn rules() -> RuleGroup {
    RuleGroup::of_alerts("certificates", [certificate_expiring()])
}

/// cert-manager renews after two thirds of the life, so a week before the end it has failed for a
/// long time.
fn certificate_expiring() -> AlertRule {
    AlertRule::new(
        "CertificateExpiring",
        Severity::Critical,
        "certmanager_certificate_expiration_timestamp_seconds - time() < 7 * 86400",
        "Certificate {{ $labels.namespace }}/{{ $labels.name }} is about to end",
        "It ends in {{ $value | humanizeDuration }} and has not been renewed.",
    )
    .after(Duration::hours(1))
}

pub(super) fn tests() -> Vec<TestGroup> {
    let certificate =
        "certmanager_certificate_expiration_timestamp_seconds{namespace=\"shop\",name=\"web\"}";
    vec![
        TestGroup::new("a certificate with a day left")
            .every(Duration::minutes(5))
            .given(certificate, "93600x24")
            .silent(&certificate_expiring(), Duration::minutes(30))
            .raised(
                &certificate_expiring(),
                Duration::hours(2),
                &[("namespace", "shop"), ("name", "web")],
                "Certificate shop/web is about to end",
                "It ends in 1d 0h 0m 0s and has not been renewed.",
            ),
        TestGroup::new("a certificate with thirty days left")
            .every(Duration::minutes(5))
            .given(certificate, "2592000x24")
            .silent(&certificate_expiring(), Duration::hours(2)),
    ]
}
