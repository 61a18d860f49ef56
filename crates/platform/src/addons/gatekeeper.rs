//! Gatekeeper: policies at admission, and an audit of what was admitted before them.

use environment::Environment;
use names::{
    ApplicationName, NamespaceName, Port, ServiceAccountName, WorkloadName, label_key, name, port,
};
use serde::Serialize;

use super::chart::{Calls, Chart, ChartPods, Home, Published};
use super::values::{Switch, Texts, scraped};

const METRICS: Port = port!(8888);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Values {
    replicas: u32,
    audit_interval: u32,
    log_denies: bool,
    disable_mutation: bool,
    validating_webhook_failure_policy: FailurePolicy,
    validating_webhook_timeout_seconds: u32,
    validating_webhook_exempt_namespaces_labels: Exempt,
    #[serde(rename = "enableK8sNativeValidation")]
    enable_native_validation: bool,
    controller_manager: ControllerManager,
    pod_annotations: Texts,
    #[serde(rename = "upgradeCRDs")]
    upgrade_crds: Switch,
    post_install: PostInstall,
}

/// What happens to a request while nobody answers.
#[derive(Serialize)]
enum FailurePolicy {
    /// It is refused.
    Fail,
}

/// Namespaces whose objects are not looked at, by a label and its values.
#[derive(Serialize)]
struct Exempt {
    #[serde(rename = "kubernetes.io/metadata.name")]
    name: [&'static str; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ControllerManager {
    exempt_namespaces: [&'static str; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PostInstall {
    label_namespace: Switch,
    probe_webhook: Switch,
}

/// Three webhooks that have to answer: who may write when nobody judges is the attacker's choice. `kube-system` is left
/// out, so that the cluster can mend itself while they are gone.
pub(super) fn chart(environment: &Environment) -> Option<Chart> {
    const SYSTEM: [&str; 1] = ["kube-system"];
    let version = environment.addons.gatekeeper.as_ref()?;
    let values = Values {
        replicas: 3,
        audit_interval: 60,
        log_denies: true,
        // Nothing is mutated: what runs is what Git says.
        disable_mutation: true,
        validating_webhook_failure_policy: FailurePolicy::Fail,
        validating_webhook_timeout_seconds: 3,
        validating_webhook_exempt_namespaces_labels: Exempt { name: SYSTEM },
        enable_native_validation: true,
        controller_manager: ControllerManager {
            exempt_namespaces: SYSTEM,
        },
        pod_annotations: scraped(METRICS),
        // Argo CD applies the kinds of the chart itself, and the namespace with its labels is of this tree.
        upgrade_crds: Switch::OFF,
        post_install: PostInstall {
            label_namespace: Switch::OFF,
            probe_webhook: Switch::OFF,
        },
    };
    let pods = |name, value, webhooks| ChartPods {
        kind: "Deployment",
        name,
        label: (label_key!("control-plane"), value),
        account: name!(ServiceAccountName, "gatekeeper-admin"),
        metrics: Some(METRICS),
        webhooks,
        calls: Calls::ApiServer,
    };
    let chart = Chart::new(
        name!(ApplicationName, "gatekeeper"),
        Home::Restricted(name!(NamespaceName, "gatekeeper-system")),
        Published::at(
            "https://open-policy-agent.github.io/gatekeeper/charts",
            "gatekeeper",
        ),
        version,
        &values,
    );
    Some(chart.runs([
        pods(
            name!(WorkloadName, "gatekeeper-controller-manager"),
            name!(WorkloadName, "controller-manager"),
            &[port!(8443)],
        ),
        pods(
            name!(WorkloadName, "gatekeeper-audit"),
            name!(WorkloadName, "audit-controller"),
            &[],
        ),
    ]))
}
