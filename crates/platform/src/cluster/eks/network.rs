//! The network of a cluster: one public and one private subnet in each zone of a VPC of its own.

use std::collections::BTreeMap;

use api::controlplane_cluster_x_k8s_io::v1beta2::{
    AWSManagedControlPlaneNetwork, AWSManagedControlPlaneNetworkSubnet,
    AWSManagedControlPlaneNetworkVpc,
};
use environment::{Eks, Environment, Located};
use names::Cidr;

/// The VPC and its subnets. The provider adds what follows from them: gateways, routes, a NAT gateway in each public
/// subnet, and the tags by which load balancers find their subnets.
pub(super) fn network(environment: &Environment, eks: &Eks) -> AWSManagedControlPlaneNetwork {
    let cluster = environment.cluster.name.as_str();
    let mut subnets = Vec::new();
    subnets.extend(tier(cluster, "public", &eks.vpc.public));
    subnets.extend(tier(cluster, "private", &eks.vpc.private));
    AWSManagedControlPlaneNetwork {
        vpc: Some(AWSManagedControlPlaneNetworkVpc {
            cidr_block: Some(eks.vpc.cidr.to_string()),
            ..Default::default()
        }),
        subnets: Some(subnets),
        ..Default::default()
    }
}

/// One subnet a zone. Its identifier becomes its name; one that starts with `subnet-` would stand for a subnet that
/// exists already, and the name of a cluster may start so: hence the tier comes first.
fn tier<'a>(
    cluster: &'a str,
    tier: &'a str,
    zones: &'a BTreeMap<String, Located<Cidr>>,
) -> impl Iterator<Item = AWSManagedControlPlaneNetworkSubnet> + 'a {
    zones
        .iter()
        .map(move |(zone, range)| AWSManagedControlPlaneNetworkSubnet {
            id: format!("{tier}-{cluster}-{zone}"),
            availability_zone: Some(zone.clone()),
            cidr_block: Some(range.to_string()),
            is_public: Some(tier == "public"),
            ..Default::default()
        })
}
