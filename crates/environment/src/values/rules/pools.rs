//! Pools: they start within their size, in zones of the cluster, and as the provider can make them.

use crate::values::{Capacity, Environment, NodePool, Provider};
use crate::{Diagnostics, nearest};

/// The longest name of a pool that Azure takes.
const AZURE_NAME: usize = 12;

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    let zones = zones(&environment.cluster.provider);
    for (name, pool) in &environment.nodes.pools {
        initial(pool, diagnostics);
        in_zones(pool, &zones, diagnostics);
        match &environment.cluster.provider {
            Provider::Eks(_) => {}
            Provider::Gke(_) => of_google(pool, zones.len(), diagnostics),
            Provider::Aks(_) => of_azure(name.as_str(), pool, diagnostics),
        }
    }
}

/// The zones of the cluster, as its pools name them.
fn zones(provider: &Provider) -> Vec<String> {
    match provider {
        Provider::Eks(eks) => eks.zones.iter().map(|zone| zone.value.clone()).collect(),
        Provider::Gke(gke) => gke.zones.iter().map(|zone| zone.value.clone()).collect(),
        Provider::Aks(aks) => aks
            .zones
            .iter()
            .map(|zone| zone.value.to_string())
            .collect(),
    }
}

fn initial(pool: &NodePool, diagnostics: &mut Diagnostics) {
    let Some(initial) = &pool.initial else {
        return;
    };
    if !(*pool.size.lower()..=*pool.size.upper()).contains(&initial.value) {
        diagnostics
            .error(
                &initial.origin,
                format!(
                    "a pool that starts with {} nodes is outside of its size",
                    initial.value
                ),
            )
            .label(&pool.size.origin, "its size");
    }
}

fn in_zones(pool: &NodePool, zones: &[String], diagnostics: &mut Diagnostics) {
    for zone in pool.zones.iter().flat_map(|zones| zones.iter()) {
        if !zones.contains(&zone.value) {
            let near = nearest(&zone.value, zones.iter().map(String::as_str));
            diagnostics
                .error(
                    &zone.origin,
                    format!("`{}` is not a zone of this cluster", zone.value),
                )
                .maybe_help(near.map(|near| format!("did you mean `{near}`?")));
        }
    }
}

/// Cluster API divides the first number of nodes by that of the zones, and knows no machines at short notice.
fn of_google(pool: &NodePool, all_zones: usize, diagnostics: &mut Diagnostics) {
    let zones = pool.zones.as_ref().map_or(all_zones, |zones| zones.len());
    let nodes = usize::try_from(pool.first_size()).unwrap_or(usize::MAX);
    if zones > 0 && !nodes.is_multiple_of(zones) {
        let at = pool
            .initial
            .as_ref()
            .map_or(&pool.size.origin, |initial| &initial.origin);
        diagnostics
            .error(
                at,
                format!("{nodes} nodes at first cannot be spread evenly over {zones} zones"),
            )
            .help("set `initial` to a multiple, or name fewer `zones`");
    }
    if pool.capacity.value == Capacity::Spot {
        diagnostics
            .error(
                &pool.capacity.origin,
                "a pool of GKE that Cluster API makes has no spot machines",
            )
            .help("set `capacity: on-demand`");
    }
}

/// Azure makes nodes as pods need them only where no other autoscaler changes the size of a pool.
fn of_azure(name: &str, pool: &NodePool, diagnostics: &mut Diagnostics) {
    if pool.size.lower() != pool.size.upper() {
        diagnostics
            .error(
                &pool.size.origin,
                "a pool of AKS beside those whose nodes are made as pods need them has a fixed size",
            )
            .help(format!(
                "write {0}..{0}; what has to grow belongs to `nodes.provisioned`",
                pool.size.upper()
            ));
    }
    if pool.capacity.value == Capacity::Spot {
        diagnostics
            .error(
                &pool.capacity.origin,
                "the system of AKS runs on no spot machines",
            )
            .help("set `capacity: on-demand`");
    }
    let plain = name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if name.len() > AZURE_NAME || !plain {
        diagnostics
            .error(
                &pool.machine.origin,
                format!("Azure does not take `{name}` as the name of a pool"),
            )
            .help("up to twelve lower-case letters and digits");
    }
}
