//! A cluster on Google Kubernetes Engine: its project, network and key.

use std::collections::BTreeMap;

use names::{Cidr, ObjectName};

use crate::{Located, choice, record};

choice! {
    /// How soon GKE brings a version to the cluster.
    pub enum ReleaseChannel {
        /// Weeks after its release.
        Rapid = "rapid",
        /// Some months after it, once it has proved itself.
        Regular = "regular",
        /// Later still.
        Stable = "stable",
        /// As regular, and a minor is kept for two years.
        Extended = "extended",
    }
}

record! {
    /// A cluster on Google Kubernetes Engine, its control plane in every zone of its region.
    pub struct Gke {
        /// The project that owns the cluster and the accounts of its workloads.
        pub project: Located<String>,
        /// The region.
        pub region: Located<String>,
        /// The zones that nodes run in, each in the region.
        pub zones: Located<Vec<Located<String>>>,
        /// The network of the cluster.
        pub network: GkeNetwork,
        /// Whether the API server has no address but the private one.
        pub private_endpoint: bool = true,
        /// The addresses that may reach the API server, by what they belong to.
        pub authorized_networks: BTreeMap<ObjectName, Located<Cidr>>,
        /// How soon GKE brings a version to the cluster.
        pub release_channel: ReleaseChannel,
        /// The Cloud KMS key that volumes and secrets are encrypted with at rest, in the region of the cluster:
        /// `projects/…/locations/…/keyRings/…/cryptoKeys/…`.
        pub encryption_key: Located<String>,
    }
}

choice! {
    /// What a subnet of Google's network is for.
    pub enum SubnetPurpose {
        /// Nodes; their pods and Services have ranges of their own beside it.
        Nodes = "nodes",
        /// The proxies of regional load balancers, which Google runs.
        Proxies = "proxies",
        /// Addresses of services that others publish into this network.
        ServiceConnect = "service-connect",
    }
}

record! {
    /// A subnet of the cluster's network.
    pub struct GkeSubnet {
        /// Its addresses.
        pub cidr: Located<Cidr>,
        /// What it is for.
        pub purpose: Located<SubnetPurpose>,
    }
}

record! {
    /// The network of a cluster on GKE; none of its ranges overlaps another.
    pub struct GkeNetwork {
        /// The name of the network.
        pub name: ObjectName,
        /// The subnets, all in the region of the cluster; one of them is for nodes.
        pub subnets: BTreeMap<ObjectName, Located<GkeSubnet>>,
        /// The addresses of pods.
        pub pods: Located<Cidr>,
        /// The addresses of Services.
        pub services: Located<Cidr>,
        /// The addresses of the control plane: sixteen of them.
        pub control_plane: Located<Cidr>,
    }
}

impl GkeNetwork {
    /// The subnets of nodes.
    pub fn nodes(&self) -> impl Iterator<Item = (&ObjectName, &GkeSubnet)> {
        self.subnets
            .iter()
            .filter(|(_, subnet)| subnet.purpose.value == SubnetPurpose::Nodes)
            .map(|(name, subnet)| (name, &subnet.value))
    }
}
