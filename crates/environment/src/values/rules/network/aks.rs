//! A network of Azure: nodes and control plane inside of it, pods and Services outside, all of them apart.

use crate::Diagnostics;
use crate::values::Aks;

/// The narrowest range that Azure puts a control plane into.
const CONTROL_PLANE_PREFIX: u8 = 28;
/// The zones of a region that has any.
const ZONES: std::ops::RangeInclusive<u8> = 1..=3;

pub(super) fn check(aks: &Aks, diagnostics: &mut Diagnostics) {
    for zone in aks.zones.iter().filter(|zone| !ZONES.contains(&zone.value)) {
        diagnostics
            .error(
                &zone.origin,
                format!("`{}` is not a zone of {}", zone.value, aks.location.value),
            )
            .label(&aks.location.origin, "the region")
            .help("zones of a region are 1, 2 and 3");
    }
    super::listed_once(&aks.zones, diagnostics);
    subnets(aks, diagnostics);
    access(aks, diagnostics);
}

fn subnets(aks: &Aks, diagnostics: &mut Diagnostics) {
    let network = &aks.network;
    for (what, subnet) in [
        ("nodes", &network.nodes),
        ("the control plane", &network.control_plane),
    ] {
        if !network.cidr.contains(&subnet.value) {
            diagnostics
                .error(
                    &subnet.origin,
                    format!(
                        "the addresses of {what}, {}, lie outside the network",
                        subnet.value
                    ),
                )
                .label(&network.cidr.origin, "the network");
        }
    }
    super::apart(
        &[
            ("nodes", &network.nodes),
            ("the control plane", &network.control_plane),
        ],
        diagnostics,
    );
    super::apart(
        &[
            ("the network", &network.cidr),
            ("pods", &network.pods),
            ("Services", &network.services),
        ],
        diagnostics,
    );
    if network.control_plane.prefix() > CONTROL_PLANE_PREFIX {
        diagnostics
            .error(
                &network.control_plane.origin,
                format!(
                    "the control plane needs sixteen addresses, and /{} has fewer",
                    network.control_plane.prefix()
                ),
            )
            .help("take a range of /28");
    }
}

/// Azure takes a list of addresses for an API server that the internet reaches, and only for that.
fn access(aks: &Aks, diagnostics: &mut Diagnostics) {
    if let (true, Some((name, range))) = (aks.private.value, aks.authorized_networks.iter().next())
    {
        diagnostics
            .error(
                &range.origin,
                format!("`{name}` may reach an API server that is private"),
            )
            .label(
                &aks.private.origin,
                "nothing outside of the network reaches it",
            )
            .help("leave `authorizedNetworks` out, or set `private: false`");
    }
}
