//! The policy controller of Sigstore: in namespaces that ask for it, only images with the right signatures start.

use environment::{CloudUser, Environment};
use k8s_openapi::api::core::v1::SecurityContext;
use names::{
    ApplicationName, NamespaceName, Port, ServiceAccountName, WorkloadName, label_key, name, port,
};
use serde::Serialize;

use super::chart::{Calls, Chart, ChartPods, Home, Published};
use super::values::{OneAvailable, Texts, restricted_container, runtime_default, scraped};
use crate::provider;

const METRICS: Port = port!(9090);
/// The user of the image.
const USER: i64 = 65_532;

#[derive(Serialize)]
struct Values {
    webhook: Webhook,
    leasescleanup: Cleanup,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Webhook {
    replica_count: u32,
    failure_policy: FailurePolicy,
    config_data: ConfigData,
    pod_annotations: Texts,
    pod_disruption_budget: OneAvailable,
    pod_security_context: Enabled<SecurityContext>,
    service_account: ServiceAccount,
    #[serde(skip_serializing_if = "Texts::is_empty")]
    custom_labels: Texts,
}

/// What happens to a pod while nobody answers.
#[derive(Serialize)]
enum FailurePolicy {
    /// It is refused.
    Fail,
}

/// The controller's own settings.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct ConfigData {
    no_match_policy: NoMatch,
}

/// What happens to an image that no policy is about.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum NoMatch {
    /// It is refused.
    Deny,
}

#[derive(Serialize)]
struct Enabled<T> {
    enabled: bool,
    #[serde(flatten)]
    value: T,
}

#[derive(Serialize)]
struct ServiceAccount {
    annotations: Texts,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Cleanup {
    image: Image,
    pod_security_context: Enabled<SecurityContext>,
}

#[derive(Serialize)]
struct Image {
    repository: &'static str,
    version: &'static str,
}

/// Three webhooks that have to answer.
pub(super) fn chart(environment: &Environment) -> Option<Chart> {
    let version = environment.addons.policy_controller.as_ref()?;
    let identity = provider::identity(environment, CloudUser::ImageVerifier);
    let secured = |user| Enabled {
        enabled: true,
        value: SecurityContext {
            run_as_user: Some(user),
            seccomp_profile: Some(runtime_default()),
            ..restricted_container()
        },
    };
    let values = Values {
        webhook: Webhook {
            replica_count: 3,
            failure_policy: FailurePolicy::Fail,
            config_data: ConfigData {
                no_match_policy: NoMatch::Deny,
            },
            pod_annotations: scraped(METRICS),
            pod_disruption_budget: OneAvailable::ENABLED,
            pod_security_context: secured(USER),
            service_account: ServiceAccount {
                annotations: identity.annotation_values(),
            },
            custom_labels: identity.pod_label_values(),
        },
        leasescleanup: Cleanup {
            // It runs when the chart is removed, with a shell and kubectl; the chart itself takes whatever is newest.
            image: Image {
                repository: "docker.io/alpine/k8s",
                version: "1.35.0",
            },
            pod_security_context: secured(USER),
        },
    };
    let webhook = ChartPods {
        kind: "Deployment",
        name: name!(WorkloadName, "policy-controller-webhook"),
        label: (
            label_key!("control-plane"),
            name!(WorkloadName, "policy-controller-webhook"),
        ),
        account: name!(ServiceAccountName, "policy-controller-webhook"),
        metrics: Some(METRICS),
        webhooks: &[port!(8443)],
        calls: Calls::Beyond,
    };
    let chart = Chart::new(
        name!(ApplicationName, "policy-controller"),
        Home::Restricted(name!(NamespaceName, "cosign-system")),
        Published::at(
            "https://sigstore.github.io/helm-charts",
            "policy-controller",
        ),
        version,
        &values,
    );
    Some(chart.runs([webhook]))
}
