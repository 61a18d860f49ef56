//! A small environment with one of everything that the macros make.

use std::collections::{BTreeMap, BTreeSet};

use environment::{Bounded, Located, Range, choice, record, variant};
use names::{Bytes, Cpu, ImageReference, KubernetesMinor, Percentage, Port, ServiceName};

choice! {
    /// How a new version takes over.
    pub enum Strategy {
        /// Pod after pod.
        Rolling = "rolling",
        /// A second set of pods, then one switch.
        BlueGreen = "blue-green",
        /// In steps, each measured.
        Canary = "canary",
    }
}

record! {
    /// What a pod asks for and may use.
    pub struct Resources {
        /// Request and limit of CPU.
        pub cpu: Range<Cpu>,
        /// Request and limit of memory.
        pub memory: Range<Bytes>,
    }
}

record! {
    /// How a service is scaled.
    pub struct Replicas {
        /// Fewest pods.
        pub min: Located<Bounded<1, 500>>,
        /// Most pods.
        pub max: Located<Bounded<1, 500>>,
        /// Utilisation to hold.
        pub cpu: Option<Percentage>,
    }
}

record! {
    /// A service that this platform runs.
    ///
    /// One entry makes everything that it needs.
    pub struct Service {
        /// The image, with a tag or a digest.
        pub image: ImageReference,
        /// The port that the service
        /// listens on.
        pub port: Port,
        /// What a pod asks for and may use.
        pub resources: Option<Resources>,
        /// How the service is scaled.
        pub replicas: Option<Located<Replicas>>,
        /// Services that this one calls.
        pub calls: BTreeSet<Located<ServiceName>> = BTreeSet::new(),
        /// Command line.
        pub arguments: Vec<String> = Vec::new(),
        /// How a new version takes over.
        pub roll_out: Strategy = Strategy::Rolling,
        /// Whether the service takes part in the mesh.
        pub r#mesh: bool = true,
    }
}

record! {
    /// A managed cluster on AWS.
    pub struct Eks {
        /// The region.
        pub region: String,
    }
}

record! {
    /// A managed cluster on Azure.
    pub struct Aks {
        /// The location.
        pub location: String,
    }
}

variant! {
    /// Who runs the control plane.
    pub enum Provider {
        /// Amazon.
        Eks(Eks) = "eks",
        /// Microsoft.
        Aks(Aks) = "aks",
    }
}

record! {
    /// An environment.
    pub struct Environment {
        /// The minor version of the cluster.
        pub kubernetes: KubernetesMinor,
        /// Who runs the control plane.
        pub provider: Provider,
        /// Services by name.
        pub services: BTreeMap<Located<ServiceName>, Service>,
        /// Replicas by strategy.
        pub limits: BTreeMap<Strategy, u32> = BTreeMap::new(),
    }
}

/// A file that is right.
pub(crate) const RIGHT: &str = "\
kubernetes: 1.35
provider: { eks: { region: eu-central-1 } }
services:
  invoices:
    image: registry.example.com/invoices:v1.4.2
    port: 8080
    resources: { cpu: 200m..500m, memory: 256Mi..512Mi }
    replicas: { min: 3, max: 12, cpu: 70% }
    calls: [identity-service]
    rollOut: canary
    arguments: [--verbose, '010', 1.10]
  identity-service:
    image: registry.example.com/identity:v2
    port: 8081
    mesh: false
limits: { canary: 50 }
";
