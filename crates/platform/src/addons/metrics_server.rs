//! The metrics server: what autoscalers read the use of CPU and memory from.

use environment::Environment;
use names::{ApplicationName, name};
use serde::Serialize;

use super::KUBE_SYSTEM;
use super::chart::{Chart, Home, Published};
use super::values::{OneUnavailable, PAIR};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Values {
    replicas: u32,
    pod_disruption_budget: OneUnavailable,
}

/// Two of them, since no autoscaler moves while it is gone. GKE and AKS run their own.
pub(super) fn chart(environment: &Environment) -> Option<Chart> {
    let version = environment.addons.metrics_server.as_ref()?;
    let values = Values {
        replicas: PAIR,
        pod_disruption_budget: OneUnavailable::ENABLED,
    };
    Some(Chart::new(
        name!(ApplicationName, "metrics-server"),
        Home::Existing(KUBE_SYSTEM),
        Published::at(
            "https://kubernetes-sigs.github.io/metrics-server/",
            "metrics-server",
        ),
        version,
        &values,
    ))
}
