//! A cluster on Azure Kubernetes Service: its subscription, network, key vault and identities.

use std::collections::BTreeMap;

use names::{Cidr, ObjectName, Url};

use super::{CloudUser, Guid};
use crate::{Located, record};

record! {
    /// A cluster on Azure Kubernetes Service, whose nodes beside those of the system are made as pods need them.
    pub struct Aks {
        /// The subscription that pays for the cluster.
        pub subscription: Guid,
        /// The directory that its identities live in.
        pub tenant: Guid,
        /// The resource group that holds the cluster.
        pub resource_group: ObjectName,
        /// The region.
        pub location: Located<String>,
        /// The zones of the region, as their numbers.
        pub zones: Located<Vec<Located<u8>>>,
        /// The network of the cluster.
        pub network: AksNetwork,
        /// Whether the API server is reached inside the network only.
        pub private: Located<bool> = Located::implied(true),
        /// The addresses that may reach the API server, by what they belong to, where it is not private.
        pub authorized_networks: BTreeMap<ObjectName, Located<Cidr>> = BTreeMap::new(),
        /// The vault that secrets come from: `https://….vault.azure.net`.
        pub key_vault: Url,
        /// The key that secrets are encrypted with at rest, with its version: `https://….vault.azure.net/keys/…/…`.
        pub encryption_key: Url,
        /// The managed identity that the control plane acts as.
        pub control_plane_identity: ObjectName,
        /// The client IDs of the managed identities that workloads act as.
        pub identities: Located<BTreeMap<CloudUser, Guid>>,
    }
}

record! {
    /// The network of a cluster on AKS; none of its ranges overlaps another.
    pub struct AksNetwork {
        /// All addresses of the virtual network.
        pub cidr: Located<Cidr>,
        /// The addresses of nodes, inside of the network.
        pub nodes: Located<Cidr>,
        /// The addresses that the control plane has inside of the network.
        pub control_plane: Located<Cidr>,
        /// The addresses of pods, in a network of their own over that of the nodes.
        pub pods: Located<Cidr>,
        /// The addresses of Services.
        pub services: Located<Cidr>,
    }
}
