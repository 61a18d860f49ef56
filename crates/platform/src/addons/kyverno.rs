//! Kyverno: policies at admission, reports of what was there before them, generated and cleaned up objects. Its chart of
//! ready-made policies is not installed: the policies of this tree are rendered.

use environment::{CloudUser, Environment};
use names::{
    ApplicationName, NamespaceName, Port, ServiceAccountName, WorkloadName, label_key, name, port,
};
use serde::Serialize;

use super::chart::{Calls, Chart, ChartPods, Home, Published};
use super::values::{OneAvailable, PAIR, Texts, scraped};
use crate::provider;

const METRICS: Port = port!(8000);
const WEBHOOK: Port = port!(9443);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "they are the keys of the chart")]
struct Values {
    admission_controller: Controller,
    background_controller: Controller,
    cleanup_controller: Controller,
    reports_controller: Controller,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Controller {
    replicas: u32,
    pod_disruption_budget: OneAvailable,
    pod_annotations: Texts,
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pod_labels: Texts,
    rbac: Rbac,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rbac {
    service_account: ServiceAccount,
}

#[derive(Serialize)]
struct ServiceAccount {
    annotations: Texts,
}

/// Three controllers at admission, two of each of the others; what reads images from the provider's registry does so as
/// the workload that it is.
pub(super) fn chart(environment: &Environment) -> Option<Chart> {
    let version = environment.addons.kyverno.as_ref()?;
    let identity = provider::identity(environment, CloudUser::ImageVerifier);
    let controller = |replicas, reads_images: bool| {
        let texts = |texts: Texts| if reads_images { texts } else { Texts::new() };
        Controller {
            replicas,
            pod_disruption_budget: OneAvailable::ENABLED,
            pod_annotations: scraped(METRICS),
            pod_labels: texts(identity.pod_label_values()),
            rbac: Rbac {
                service_account: ServiceAccount {
                    annotations: texts(identity.annotation_values()),
                },
            },
        }
    };
    let values = Values {
        // Three, since a quorum does not matter but an answer does: nothing is admitted while none answers.
        admission_controller: controller(3, true),
        background_controller: controller(PAIR, false),
        cleanup_controller: controller(PAIR, false),
        reports_controller: controller(PAIR, true),
    };
    let chart = Chart::new(
        name!(ApplicationName, "kyverno"),
        Home::Restricted(name!(NamespaceName, "kyverno")),
        Published::at("https://kyverno.github.io/kyverno/", "kyverno"),
        version,
        &values,
    );
    Some(chart.runs(pods()))
}

fn pods() -> [ChartPods; 4] {
    let pods = |(name, value, account), webhooks, calls| ChartPods {
        kind: "Deployment",
        name,
        label: (label_key!("app.kubernetes.io/component"), value),
        account,
        metrics: Some(METRICS),
        webhooks,
        calls,
    };
    [
        pods(
            (
                name!(WorkloadName, "kyverno-admission-controller"),
                name!(WorkloadName, "admission-controller"),
                name!(ServiceAccountName, "kyverno-admission-controller"),
            ),
            &[WEBHOOK],
            Calls::Beyond,
        ),
        pods(
            (
                name!(WorkloadName, "kyverno-background-controller"),
                name!(WorkloadName, "background-controller"),
                name!(ServiceAccountName, "kyverno-background-controller"),
            ),
            &[],
            Calls::ApiServer,
        ),
        pods(
            (
                name!(WorkloadName, "kyverno-cleanup-controller"),
                name!(WorkloadName, "cleanup-controller"),
                name!(ServiceAccountName, "kyverno-cleanup-controller"),
            ),
            &[WEBHOOK],
            Calls::ApiServer,
        ),
        pods(
            (
                name!(WorkloadName, "kyverno-reports-controller"),
                name!(WorkloadName, "reports-controller"),
                name!(ServiceAccountName, "kyverno-reports-controller"),
            ),
            &[],
            Calls::Beyond,
        ),
    ]
}
