//! The Trivy operator: it scans the images and the settings of what runs, and reports them as objects.

use environment::Environment;
use k8s_openapi::api::core::v1::{PodSecurityContext, SecurityContext};
use names::{
    ApplicationName, NamespaceName, Port, ServiceAccountName, WorkloadName, label_key, name, port,
};
use serde::Serialize;

use super::chart::{Calls, Chart, ChartPods, Home, Published};
use super::values::{Texts, restricted_container, restricted_pod, scraped};

const METRICS: Port = port!(8080);
/// The user of the operator's image.
const USER: i64 = 10_000;
/// `nobody`, as the chart runs the server of Trivy.
const SERVER_USER: i64 = 65_534;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Values {
    exclude_namespaces: &'static str,
    operator: Operator,
    trivy: Trivy,
    trivy_operator: Jobs,
    pod_annotations: Texts,
    pod_security_context: PodSecurityContext,
}

/// What is looked at. Scans of the nodes themselves would need their directories, and on a managed control plane the
/// provider answers for most of what they find.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the chart has one switch for each scanner"
)]
struct Operator {
    scan_jobs_concurrent_limit: u32,
    #[serde(rename = "scannerReportTTL")]
    scanner_report_ttl: Ttl,
    vulnerability_scanner_enabled: bool,
    config_audit_scanner_enabled: bool,
    rbac_assessment_scanner_enabled: bool,
    exposed_secret_scanner_enabled: bool,
    infra_assessment_scanner_enabled: bool,
    cluster_compliance_enabled: bool,
    built_in_trivy_server: bool,
}

#[derive(Serialize)]
struct Ttl(String);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Trivy {
    severity: String,
    ignore_unfixed: bool,
    storage_class_name: String,
    server: Server,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Server {
    pod_security_context: PodSecurityContext,
    security_context: SecurityContext,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Jobs {
    scan_job_pod_template_pod_security_context: PodSecurityContext,
    scan_job_pod_template_container_security_context: SecurityContext,
}

/// One server keeps the database of vulnerabilities for all scans, so that not each of them downloads it.
pub(super) fn chart(environment: &Environment) -> Option<Chart> {
    let settings = environment.addons.trivy_operator.as_ref()?;
    let severities: Vec<&str> = settings
        .severities
        .iter()
        .map(|severity| severity.as_str())
        .collect();
    let values = Values {
        exclude_namespaces: "kube-system",
        operator: Operator {
            scan_jobs_concurrent_limit: 3,
            scanner_report_ttl: Ttl(settings.scan_again_after.kubernetes()),
            vulnerability_scanner_enabled: true,
            config_audit_scanner_enabled: true,
            rbac_assessment_scanner_enabled: true,
            exposed_secret_scanner_enabled: true,
            infra_assessment_scanner_enabled: false,
            cluster_compliance_enabled: false,
            built_in_trivy_server: true,
        },
        trivy: Trivy {
            severity: severities.join(","),
            ignore_unfixed: true,
            storage_class_name: environment.storage.default.to_string(),
            server: Server {
                pod_security_context: restricted_pod(Some(SERVER_USER)),
                security_context: restricted_container(),
            },
        },
        trivy_operator: Jobs {
            scan_job_pod_template_pod_security_context: restricted_pod(Some(USER)),
            scan_job_pod_template_container_security_context: restricted_container(),
        },
        pod_annotations: scraped(METRICS),
        pod_security_context: restricted_pod(Some(USER)),
    };
    let pods = ChartPods {
        kind: "Deployment",
        name: name!(WorkloadName, "trivy-operator"),
        label: (
            label_key!("app.kubernetes.io/name"),
            name!(WorkloadName, "trivy-operator"),
        ),
        account: name!(ServiceAccountName, "trivy-operator"),
        metrics: Some(METRICS),
        webhooks: &[],
        calls: Calls::Beyond,
    };
    let chart = Chart::new(
        name!(ApplicationName, "trivy-operator"),
        Home::Open(name!(NamespaceName, "trivy-system")),
        Published::at(
            "https://aquasecurity.github.io/helm-charts/",
            "trivy-operator",
        ),
        &settings.version,
        &values,
    );
    Some(chart.runs([pods]))
}
