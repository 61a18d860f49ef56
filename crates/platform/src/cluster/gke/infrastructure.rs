//! The network of a cluster on Google: subnets of one region, and what the control plane may reach on the nodes.

use api::infrastructure_cluster_x_k8s_io::v1beta1::{
    GCPClusterNetwork, GCPClusterNetworkFirewall, GCPClusterNetworkFirewallFirewallRule,
    GCPClusterNetworkFirewallFirewallRuleAllowed,
    GCPClusterNetworkFirewallFirewallRuleAllowedIpProtocol, GCPClusterNetworkSubnet,
    GCPClusterNetworkSubnetPurpose, GCPManagedCluster, GCPManagedClusterSpec,
};
use environment::{Environment, Gke, GkeSubnet, SubnetPurpose};
use manifest::Manifest;
use names::ObjectName;

use crate::cluster::home;

/// Ports on which admission webhooks of the platform's controllers listen in their pods: 8443 and 9443 by custom,
/// 10250 those of cert-manager and External Secrets, 15017 that of Istio. GKE opens 443 and 10250 by itself.
const WEBHOOK_PORTS: [&str; 3] = ["8443", "9443", "15017"];

/// The project, its network and the subnets.
pub(super) fn infrastructure(environment: &Environment, gke: &Gke) -> Manifest {
    let cluster = GCPManagedCluster {
        spec: Some(GCPManagedClusterSpec {
            project: gke.project.value.clone(),
            region: gke.region.value.clone(),
            network: Some(GCPClusterNetwork {
                name: Some(gke.network.name.to_string()),
                // Only the subnets that are named: Google would add one for each of its regions.
                auto_create_subnetworks: Some(false),
                subnets: Some(subnets(gke)),
                firewall: Some(GCPClusterNetworkFirewall {
                    firewall_rules: Some(vec![webhooks(environment, gke)]),
                    ..Default::default()
                }),
                ..Default::default()
            }),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(&home(environment), &environment.cluster.name, cluster)
}

/// The subnets, that of the nodes first: the cluster is put into the first one of its region.
fn subnets(gke: &Gke) -> Vec<GCPClusterNetworkSubnet> {
    let others = gke
        .network
        .subnets
        .iter()
        .filter(|(_, subnet)| subnet.purpose.value != SubnetPurpose::Nodes)
        .map(|(name, subnet)| (name, &subnet.value));
    gke.network
        .nodes()
        .chain(others)
        .map(|(name, settings)| subnet(gke, name, settings))
        .collect()
}

fn subnet(gke: &Gke, name: &ObjectName, settings: &GkeSubnet) -> GCPClusterNetworkSubnet {
    let nodes = settings.purpose.value == SubnetPurpose::Nodes;
    GCPClusterNetworkSubnet {
        name: Some(name.to_string()),
        cidr_block: Some(settings.cidr.to_string()),
        region: Some(gke.region.value.clone()),
        purpose: Some(match settings.purpose.value {
            SubnetPurpose::Nodes => GCPClusterNetworkSubnetPurpose::PrivateRfc1918,
            SubnetPurpose::Proxies => GCPClusterNetworkSubnetPurpose::RegionalManagedProxy,
            SubnetPurpose::ServiceConnect => GCPClusterNetworkSubnetPurpose::PrivateServiceConnect,
        }),
        // Nodes without public addresses reach the registry and the other services of Google so.
        private_google_access: nodes.then_some(true),
        enable_flow_logs: nodes.then_some(true),
        ..Default::default()
    }
}

fn webhooks(environment: &Environment, gke: &Gke) -> GCPClusterNetworkFirewallFirewallRule {
    GCPClusterNetworkFirewallFirewallRule {
        name: Some(format!("{}-webhooks", environment.cluster.name)),
        description: Some("Admission webhooks, from the control plane to the nodes".to_owned()),
        direction: Some("Ingress".to_owned()),
        source_ranges: Some(vec![gke.network.control_plane.to_string()]),
        allowed: Some(vec![GCPClusterNetworkFirewallFirewallRuleAllowed {
            ip_protocol: GCPClusterNetworkFirewallFirewallRuleAllowedIpProtocol::Tcp,
            ports: Some(WEBHOOK_PORTS.map(str::to_owned).to_vec()),
        }]),
        ..Default::default()
    }
}
