//! Alerts about requests between workloads, as the mesh sees them.

use names::Duration;

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

pub(super) fn rules() -> RuleGroup {
    RuleGroup::of_alerts("mesh", [mesh_errors(), mesh_slow()])
}

/// Both ends report each request; one of them is enough.
fn mesh_errors() -> AlertRule {
    AlertRule::new(
        "MeshErrors",
        Severity::Critical,
        "sum by (destination_workload_namespace, destination_workload) (rate(istio_requests_total{reporter=\"destination\",response_code=~\"5..\"}[5m])) \
         / sum by (destination_workload_namespace, destination_workload) (rate(istio_requests_total{reporter=\"destination\"}[5m])) > 0.05",
        "{{ $labels.destination_workload_namespace }}/{{ $labels.destination_workload }} answers with errors",
        "{{ $value | humanizePercentage }} of its answers have been server errors for 5 minutes.",
    )
    .after(Duration::minutes(5))
}

fn mesh_slow() -> AlertRule {
    AlertRule::new(
        "MeshSlow",
        Severity::Warning,
        "histogram_quantile(0.99, sum by (le, destination_workload_namespace, destination_workload) \
         (rate(istio_request_duration_milliseconds_bucket{reporter=\"destination\"}[5m]))) > 1000",
        "{{ $labels.destination_workload_namespace }}/{{ $labels.destination_workload }} is slow",
        "One request in a hundred has taken longer than {{ $value | humanize }} ms for 10 minutes.",
    )
    .after(Duration::minutes(10))
}

pub(super) fn tests() -> Vec<TestGroup> {
    let web = "destination_workload_namespace=\"shop\",destination_workload=\"web\"";
    let labels = [
        ("destination_workload_namespace", "shop"),
        ("destination_workload", "web"),
    ];
    let requests = |reporter, code| {
        format!("istio_requests_total{{reporter=\"{reporter}\",response_code=\"{code}\",{web}}}")
    };
    let bucket = |le| {
        format!(
            "istio_request_duration_milliseconds_bucket{{reporter=\"destination\",le=\"{le}\",{web}}}"
        )
    };
    vec![
        TestGroup::new("a tenth of the answers are errors")
            .given(&requests("destination", "200"), "0+90x20")
            .given(&requests("destination", "503"), "0x5 10+10x15")
            .silent(&mesh_errors(), Duration::minutes(5))
            .raised(
                &mesh_errors(),
                Duration::minutes(20),
                &labels,
                "shop/web answers with errors",
                "10% of its answers have been server errors for 5 minutes.",
            ),
        TestGroup::new("errors that the callers see but the workload never made")
            .given(&requests("destination", "200"), "0+90x20")
            .given(&requests("source", "503"), "0+90x20")
            .silent(&mesh_errors(), Duration::minutes(20)),
        TestGroup::new("requests between one and two seconds")
            .given(&bucket("1000"), "0x30")
            .given(&bucket("2000"), "0+100x30")
            .given(&bucket("+Inf"), "0+100x30")
            .silent(&mesh_slow(), Duration::minutes(8))
            .raised(
                &mesh_slow(),
                Duration::minutes(20),
                &labels,
                "shop/web is slow",
                "One request in a hundred has taken longer than 1.99k ms for 10 minutes.",
            ),
        TestGroup::new("requests below a second")
            .given(&bucket("1000"), "0+100x30")
            .given(&bucket("2000"), "0+100x30")
            .given(&bucket("+Inf"), "0+100x30")
            .silent(&mesh_slow(), Duration::minutes(20)),
    ]
}
