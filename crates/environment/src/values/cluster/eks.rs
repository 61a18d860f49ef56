//! A cluster on Amazon EKS: its account, network, key and the add-ons that EKS installs.

use std::collections::BTreeMap;

use names::{Arn, Cidr};

use crate::{Located, record};

record! {
    /// A cluster on Amazon EKS.
    pub struct Eks {
        /// The region.
        pub region: Located<String>,
        /// The availability zones, each in the region.
        pub zones: Located<Vec<Located<String>>>,
        /// The account that owns the cluster: twelve digits.
        pub account: Located<String>,
        /// The network of the cluster.
        pub vpc: Vpc,
        /// The key that secrets are encrypted with at rest; it cannot be changed later.
        pub encryption_key: Located<Arn>,
        /// The addresses that may reach the API server from the internet; none closes it.
        pub public_access: Vec<Cidr> = Vec::new(),
        /// The add-ons that EKS installs.
        pub addons: EksAddons,
        /// Security groups of the provider for the pods of a component.
        pub pod_security_groups: BTreeMap<names::ComponentName, Vec<String>> = BTreeMap::new(),
    }
}

record! {
    /// The network of a cluster on AWS.
    pub struct Vpc {
        /// All addresses of the network.
        pub cidr: Located<Cidr>,
        /// The addresses of Services, apart from those of the network.
        pub services: Located<Cidr>,
        /// One subnet a zone for load balancers.
        pub public: BTreeMap<String, Located<Cidr>>,
        /// One subnet a zone for nodes and pods.
        pub private: BTreeMap<String, Located<Cidr>>,
    }
}

record! {
    /// The add-ons that EKS itself installs, each with its version.
    pub struct EksAddons {
        /// Addresses for pods.
        pub vpc_cni: String,
        /// Cluster DNS.
        pub coredns: String,
        /// Services on the nodes.
        pub kube_proxy: String,
        /// Volumes.
        pub aws_ebs_csi_driver: String,
        /// Snapshots of volumes: the controller with its kinds. None installs neither.
        pub snapshot_controller: Option<String>,
    }
}
