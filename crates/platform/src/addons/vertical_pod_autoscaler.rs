//! The vertical pod autoscaler: what recommends sizes, what applies them to new pods, and what replaces old ones.

use environment::Environment;
use k8s_openapi::api::core::v1::{PodSecurityContext, ResourceRequirements, SecurityContext};
use manifest::IgnoreDifference;
use names::{
    ApplicationName, Bytes, Cpu, NamespaceName, Port, ServiceAccountName, WorkloadName, label_key,
    name, port,
};
use serde::Serialize;

use super::KUBE_SYSTEM;
use super::chart::{Calls, Chart, ChartPods, Counted, Home, Published};
use super::values::{PAIR, Texts, restricted_container, restricted_pod, scraped, sized};

/// `nobody`, as the chart runs it.
const USER: i64 = 65_534;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Values {
    pod_security_context: PodSecurityContext,
    container_security_context: SecurityContext,
    admission_controller: Part,
    recommender: Part,
    updater: Part,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    replicas: u32,
    pod_annotations: Texts,
    resources: ResourceRequirements,
}

const ADMISSION_METRICS: Port = port!(8944);
const RECOMMENDER_METRICS: Port = port!(8942);
const UPDATER_METRICS: Port = port!(8943);

/// The Deployment that reads what was learnt at its start and overwrites it later: it is stopped while a backup is restored.
pub(crate) const RECOMMENDER: (NamespaceName, WorkloadName) = (
    KUBE_SYSTEM,
    WorkloadName::from_static("vertical-pod-autoscaler-recommender"),
);

/// The number of its pods, while a backup is restored.
fn stopped_for_a_restore() -> IgnoreDifference {
    let (namespace, name) = RECOMMENDER;
    IgnoreDifference {
        namespace: Some(namespace.to_string()),
        name: Some(name.to_string()),
        ..IgnoreDifference::of_kind("apps", "Deployment")
    }
    .json_pointer("/spec/replicas")
}

/// Two of each part; disruption budgets and leader election are the chart's own.
pub(super) fn chart(environment: &Environment) -> Option<Chart> {
    let version = environment.addons.vertical_pod_autoscaler.as_ref()?;
    let part = |metrics, memory| Part {
        replicas: PAIR,
        pod_annotations: scraped(metrics),
        resources: sized(Cpu::millis(50), memory),
    };
    let values = Values {
        pod_security_context: restricted_pod(Some(USER)),
        container_security_context: restricted_container(),
        admission_controller: part(ADMISSION_METRICS, Bytes::mebi(200)),
        // Keeps the histograms of every container in memory.
        recommender: part(RECOMMENDER_METRICS, Bytes::mebi(500)),
        updater: part(UPDATER_METRICS, Bytes::mebi(200)),
    };
    let component = label_key!("app.kubernetes.io/component");
    let pods = |(name, value, account), metrics| ChartPods {
        kind: "Deployment",
        name,
        label: (component.clone(), value),
        account,
        metrics: Some(metrics),
        webhooks: &[],
        calls: Calls::ApiServer,
    };
    let chart = Chart::new(
        name!(ApplicationName, "vertical-pod-autoscaler"),
        Home::Existing(KUBE_SYSTEM),
        Published::at(
            "https://kubernetes.github.io/autoscaler",
            "vertical-pod-autoscaler",
        ),
        version,
        &values,
    );
    let admission = (
        name!(WorkloadName, "vertical-pod-autoscaler-admission-controller"),
        name!(WorkloadName, "admission-controller"),
        name!(
            ServiceAccountName,
            "vertical-pod-autoscaler-admission-controller"
        ),
    );
    let recommender = (
        RECOMMENDER.1,
        name!(WorkloadName, "recommender"),
        name!(ServiceAccountName, "vertical-pod-autoscaler-recommender"),
    );
    let updater = (
        name!(WorkloadName, "vertical-pod-autoscaler-updater"),
        name!(WorkloadName, "updater"),
        name!(ServiceAccountName, "vertical-pod-autoscaler-updater"),
    );
    Some(
        chart
            .counts([
                Counted::new(
                    "vertical-pod-autoscaler-admission-controller",
                    "/admissionController/replicas",
                    "/admissionController/resources",
                ),
                Counted::new(
                    "vertical-pod-autoscaler-recommender",
                    "/recommender/replicas",
                    "/recommender/resources",
                ),
                Counted::new(
                    "vertical-pod-autoscaler-updater",
                    "/updater/replicas",
                    "/updater/resources",
                ),
            ])
            .shares([stopped_for_a_restore()])
            .runs([
                pods(admission, ADMISSION_METRICS),
                pods(recommender, RECOMMENDER_METRICS),
                pods(updater, UPDATER_METRICS),
            ]),
    )
}
