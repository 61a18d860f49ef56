//! Charts that bring the controllers which the rest of the tree needs, each on a version that the environment pins.

mod argo_cd;
mod argo_rollouts;
mod aws_load_balancer_controller;
mod calico;
mod calico_policies;
mod cert_manager;
mod chart;
mod cluster_autoscaler;
mod external_dns;
mod external_secrets;
mod falco;
mod gatekeeper;
mod issuer;
mod istio;
mod kyverno;
mod load_balancer;
mod metrics_server;
mod nginx_ingress;
mod policy_controller;
mod trivy_operator;
mod values;
mod velero;
mod vertical_pod_autoscaler;

use std::collections::BTreeMap;

use builders::{Endpoint, Peer};
use environment::Environment;
use names::NamespaceName;

use crate::component::Component;
use crate::external::ExternalObject;
use chart::Chart;

pub(crate) use calico_policies::calico_policies;
pub(crate) use chart::ChartNamespace;
pub(crate) use issuer::issuer;
pub(crate) use vertical_pod_autoscaler::RECOMMENDER;

/// Where Kubernetes keeps its own.
const KUBE_SYSTEM: NamespaceName = NamespaceName::from_static("kube-system");

/// All charts of the environment, in no order: waves say what comes first.
fn charts(environment: &Environment) -> Vec<Chart> {
    let optional = [
        argo_cd::chart(environment),
        argo_rollouts::chart(environment),
        vertical_pod_autoscaler::chart(environment),
        cluster_autoscaler::chart(environment),
        metrics_server::chart(environment),
        cert_manager::chart(environment),
        nginx_ingress::chart(environment),
        aws_load_balancer_controller::chart(environment),
        external_dns::chart(environment),
        velero::chart(environment),
        gatekeeper::chart(environment),
        kyverno::chart(environment),
        policy_controller::chart(environment),
        falco::chart(environment),
        trivy_operator::chart(environment),
    ];
    let mut charts = vec![external_secrets::chart(environment)];
    charts.extend(istio::charts(environment));
    charts.extend(calico::charts(environment));
    charts.extend(optional.into_iter().flatten());
    charts
}

/// The charts of the environment.
pub(crate) fn addons(environment: &Environment) -> Vec<Component<()>> {
    charts(environment)
        .into_iter()
        .map(|chart| chart.component(environment))
        .collect()
}

/// The namespaces that the charts live in, each once.
pub(crate) fn namespaces(environment: &Environment) -> Vec<ChartNamespace> {
    let namespaces: BTreeMap<NamespaceName, ChartNamespace> = charts(environment)
        .iter()
        .filter_map(Chart::namespace)
        .map(|namespace| (namespace.name.clone(), namespace))
        .collect();
    namespaces.into_values().collect()
}

/// The controller of rollouts, as what it asks lets it in; none where it is not installed.
pub(crate) fn rollouts_controller(environment: &Environment) -> Option<Peer> {
    argo_rollouts::chart(environment)?.peers().next()
}

/// Where Prometheus finds the metrics of the charts' pods.
pub(crate) fn metrics(environment: &Environment) -> Vec<Endpoint> {
    charts(environment)
        .iter()
        .flat_map(|chart| chart.metrics().collect::<Vec<_>>())
        .collect()
}

/// What the charts put into the cluster, as far as others may refer to it.
pub(crate) fn external_objects(environment: &Environment) -> Vec<ExternalObject> {
    charts(environment)
        .iter()
        .flat_map(|chart| chart.external_objects().collect::<Vec<_>>())
        .chain(nginx_ingress::class(environment))
        .collect()
}
