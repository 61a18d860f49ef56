//! The Argo CD project: what our Applications may read and where they may write.

use std::collections::BTreeSet;

use api::argoproj_io::v1alpha1::{
    AppProject, AppProjectClusterResourceWhitelist as ClusterKind, AppProjectDestination,
    AppProjectSpec,
};
use environment::Delivery;
use manifest::{Application, Manifest};

use super::application::chart_repository;
use super::{NAMESPACE, PROJECT, destination};

/// Charts put parts of themselves here: leader election, add-ons of the API server.
const SYSTEM_NAMESPACE: &str = "kube-system";

/// The project of some applications: their repositories, their namespaces, their kinds of the whole cluster.
pub(super) fn project(delivery: &Delivery, applications: &[&Application]) -> Manifest {
    let kinds = cluster_kinds(applications);
    let spec = AppProjectSpec {
        description: Some("The platform, rendered from its repository".to_owned()),
        source_repos: Some(repositories(delivery, applications)),
        destinations: Some(destinations(applications)),
        cluster_resource_whitelist: (!kinds.is_empty()).then_some(kinds),
        ..Default::default()
    };
    Manifest::namespaced(
        &NAMESPACE,
        PROJECT,
        AppProject {
            spec,
            ..Default::default()
        },
    )
}

fn repositories(delivery: &Delivery, applications: &[&Application]) -> Vec<String> {
    let charts = applications
        .iter()
        .filter_map(|application| application.chart.as_ref())
        .map(chart_repository);
    let repositories: BTreeSet<String> = charts.chain([delivery.repository.to_string()]).collect();
    repositories.into_iter().collect()
}

fn destinations(applications: &[&Application]) -> Vec<AppProjectDestination> {
    let mut namespaces = BTreeSet::new();
    for application in applications {
        let cluster = application.cluster.as_ref();
        let named = application
            .manifests
            .iter()
            .filter_map(|manifest| manifest.id().namespace.as_deref());
        let system = application.chart.is_some().then_some(SYSTEM_NAMESPACE);
        let all = named.chain([application.namespace.as_str()]).chain(system);
        namespaces.extend(all.map(|namespace| (cluster, namespace)));
    }
    namespaces
        .into_iter()
        .map(|(cluster, namespace)| destination(cluster, namespace))
        .collect()
}

/// The kinds without a namespace that are applied. What a chart has is not known here, so that one chart allows all.
fn cluster_kinds(applications: &[&Application]) -> Vec<ClusterKind> {
    let kind = |(group, kind): (&str, &str)| ClusterKind {
        group: group.to_owned(),
        kind: kind.to_owned(),
        ..Default::default()
    };
    if applications
        .iter()
        .any(|application| application.chart.is_some())
    {
        return vec![kind(("*", "*"))];
    }
    let ids = applications
        .iter()
        .flat_map(|application| &application.manifests)
        .map(Manifest::id);
    let kinds: BTreeSet<(&str, &str)> = ids
        .filter(|id| id.namespace.is_none())
        .map(|id| (id.group(), id.kind.as_ref()))
        .collect();
    kinds.into_iter().map(kind).collect()
}
