//! What components ask of the provider, so that none of them has to know which one it is.

mod identity;

use environment::{Environment, Provider};
use names::Cidr;

pub(crate) use identity::{google_account, identity};

/// The region that the cluster runs in.
pub(crate) fn region(environment: &Environment) -> &str {
    match &environment.cluster.provider {
        Provider::Eks(eks) => &eks.region,
        Provider::Gke(gke) => &gke.region,
        Provider::Aks(aks) => &aks.location,
    }
}

/// The zones that nodes run in, as the label `topology.kubernetes.io/zone` names them.
pub(crate) fn zones(environment: &Environment) -> Vec<String> {
    match &environment.cluster.provider {
        Provider::Eks(eks) => eks.zones.iter().map(|zone| zone.value.clone()).collect(),
        Provider::Gke(gke) => gke.zones.iter().map(|zone| zone.value.clone()).collect(),
        Provider::Aks(aks) => aks
            .zones
            .iter()
            .map(|zone| format!("{}-{}", aks.location.value, zone.value))
            .collect(),
    }
}

/// The addresses of nodes.
pub(crate) fn node_addresses(environment: &Environment) -> Vec<Cidr> {
    match &environment.cluster.provider {
        Provider::Eks(eks) => eks
            .vpc
            .private
            .values()
            .map(|subnet| subnet.value)
            .collect(),
        Provider::Gke(gke) => gke
            .network
            .nodes()
            .map(|(_, subnet)| subnet.cidr.value)
            .collect(),
        Provider::Aks(aks) => vec![aks.network.nodes.value],
    }
}

/// The addresses of the API server, as pods see it. On EKS it has them in the subnets of the nodes.
pub(crate) fn control_plane_addresses(environment: &Environment) -> Vec<Cidr> {
    match &environment.cluster.provider {
        Provider::Eks(_) => node_addresses(environment),
        Provider::Gke(gke) => vec![gke.network.control_plane.value],
        Provider::Aks(aks) => vec![aks.network.control_plane.value],
    }
}

/// The addresses of pods. On EKS pods have addresses of the network.
pub(crate) fn pod_addresses(environment: &Environment) -> Cidr {
    match &environment.cluster.provider {
        Provider::Eks(eks) => eks.vpc.cidr.value,
        Provider::Gke(gke) => gke.network.pods.value,
        Provider::Aks(aks) => aks.network.pods.value,
    }
}

/// Every address of the cluster and of the network that it lies in.
pub(crate) fn own_addresses(environment: &Environment) -> Vec<Cidr> {
    match &environment.cluster.provider {
        Provider::Eks(eks) => vec![eks.vpc.cidr.value, eks.vpc.services.value],
        Provider::Gke(gke) => gke
            .network
            .subnets
            .values()
            .map(|subnet| subnet.cidr.value)
            .chain([
                gke.network.pods.value,
                gke.network.services.value,
                gke.network.control_plane.value,
            ])
            .collect(),
        Provider::Aks(aks) => vec![
            aks.network.cidr.value,
            aks.network.pods.value,
            aks.network.services.value,
        ],
    }
}

/// Whether volumes can be snapshot: GKE and AKS bring the kinds and the controller, EKS only with its add-on.
pub(crate) fn has_snapshots(environment: &Environment) -> bool {
    match &environment.cluster.provider {
        Provider::Eks(eks) => eks.addons.snapshot_controller.is_some(),
        Provider::Gke(_) | Provider::Aks(_) => true,
    }
}
