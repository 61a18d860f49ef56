//! A network of Google: one subnet for nodes, ranges of their own for pods, Services and the control plane, and as many
//! addresses as the pools may grow to.

use names::Cidr;

use crate::values::{Environment, Gke, SubnetPurpose};
use crate::{Diagnostics, Located};

/// Addresses of a subnet that Google keeps for itself (Virtual Private Cloud documentation, subnets).
const KEPT_ADDRESSES: u128 = 4;
/// The bits of the control plane's range: GKE takes nothing else.
const CONTROL_PLANE_PREFIX: u8 = 28;

pub(super) fn check(environment: &Environment, gke: &Gke, diagnostics: &mut Diagnostics) {
    super::zones_of_the_region(&gke.zones, &gke.region, "-", diagnostics);
    key(gke, diagnostics);
    ranges(gke, diagnostics);
    node_subnets(environment, gke, diagnostics);
    pods(environment, gke, diagnostics);
}

fn key(gke: &Gke, diagnostics: &mut Diagnostics) {
    let parts: Vec<&str> = gke.encryption_key.split('/').collect();
    let right = matches!(
        parts.as_slice(),
        ["projects", _, "locations", region, "keyRings", _, "cryptoKeys", _]
            if *region == gke.region.as_str()
    );
    if !right {
        diagnostics
            .error(
                &gke.encryption_key.origin,
                "the encryption key is not a key of Cloud KMS in the cluster's region",
            )
            .label(&gke.region.origin, "the region")
            .help(format!(
                "projects/…/locations/{}/keyRings/…/cryptoKeys/…",
                gke.region.value
            ));
    }
}

fn ranges(gke: &Gke, diagnostics: &mut Diagnostics) {
    let network = &gke.network;
    let subnets = network
        .subnets
        .iter()
        .map(|(name, subnet)| (name.as_str(), &subnet.value.cidr));
    let ranges: Vec<(&str, &Located<Cidr>)> = subnets
        .chain([
            ("pods", &network.pods),
            ("Services", &network.services),
            ("the control plane", &network.control_plane),
        ])
        .collect();
    super::apart(&ranges, diagnostics);
    if network.control_plane.prefix() != CONTROL_PLANE_PREFIX {
        diagnostics
            .error(
                &network.control_plane.origin,
                format!(
                    "GKE gives its control plane a range of /{CONTROL_PLANE_PREFIX}, not /{}",
                    network.control_plane.prefix()
                ),
            )
            .help("for example 172.16.0.0/28");
    }
}

/// All nodes stand in one subnet: the control plane's object names none, and the first of the region is taken.
fn node_subnets(environment: &Environment, gke: &Gke, diagnostics: &mut Diagnostics) {
    let nodes: Vec<_> = gke
        .network
        .subnets
        .values()
        .filter(|subnet| subnet.purpose.value == SubnetPurpose::Nodes)
        .collect();
    let subnet = match nodes.as_slice() {
        [one] => one,
        [] => {
            diagnostics
                .error(&gke.region.origin, "no subnet of the network is for nodes")
                .help("give one under `network.subnets` the purpose `nodes`");
            return;
        }
        [first, others @ ..] => {
            for other in others {
                diagnostics
                    .error(
                        &other.purpose.origin,
                        "a second subnet for nodes, which no node would get into",
                    )
                    .label(&first.purpose.origin, "all nodes are here");
            }
            return;
        }
    };
    let addresses = subnet.cidr.address_count().saturating_sub(KEPT_ADDRESSES);
    let most = most_nodes(environment);
    if most > addresses {
        diagnostics
            .error(
                &subnet.cidr.origin,
                format!("{addresses} addresses for nodes, and the pools may grow to {most}"),
            )
            .help("widen the subnet, or lower the greatest size of a pool");
    }
}

/// Each node gets a range for twice the pods that it may have, rounded up to a power of two, out of that of all pods.
fn pods(environment: &Environment, gke: &Gke, diagnostics: &mut Diagnostics) {
    let max_pods = &environment.nodes.kubelet.max_pods;
    let for_one = (u128::from(max_pods.value) * 2).next_power_of_two();
    let nodes = gke.network.pods.address_count() / for_one;
    let most = most_nodes(environment);
    if most > nodes {
        diagnostics
            .error(
                &gke.network.pods.origin,
                format!(
                    "the addresses of pods are enough for {nodes} nodes, and the pools may grow to {most}"
                ),
            )
            .label(
                &max_pods.origin,
                format!("{for_one} addresses for each node"),
            )
            .help("widen the range, or lower `maxPods` or the greatest size of a pool");
    }
}

fn most_nodes(environment: &Environment) -> u128 {
    environment
        .nodes
        .pools
        .values()
        .map(|pool| u128::from(*pool.size.upper()))
        .sum()
}
