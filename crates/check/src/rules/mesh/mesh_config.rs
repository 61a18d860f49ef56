//! The configuration of the mesh, wherever among the objects it stands.

use serde_json::Value as Json;

use crate::cluster::Cluster;
use crate::pointer::Lookup;
use crate::read::values;
use crate::rules::mesh::hosts::ROOT_NAMESPACE;

/// What the `ConfigMap` of the control plane, an `IstioOperator` or the values of its chart say.
pub(super) fn all(cluster: &Cluster<'_>) -> Vec<Json> {
    let written = cluster
        .document("", "ConfigMap", ROOT_NAMESPACE, "istio")
        .and_then(|map| map.value.lookup("/data/mesh")?.as_str())
        .and_then(values);
    let in_map = written.into_iter().flatten();
    let operators = cluster.of_kind("install.istio.io", "IstioOperator").iter();
    let in_operator = operators.filter_map(|operator| operator.value.lookup("/spec/meshConfig"));
    let applications = cluster.of_kind("argoproj.io", "Application").iter();
    let in_chart = applications.filter_map(|application| {
        application
            .value
            .lookup("/spec/source/helm/valuesObject/meshConfig")
    });
    in_map.chain(in_operator.chain(in_chart).cloned()).collect()
}
