//! The cluster: its provider, region, networks and keys.

mod aks;
mod eks;
mod gke;
mod identity;

use names::ObjectName;

pub use aks::{Aks, AksNetwork};
pub use eks::{Eks, EksAddons, Vpc};
pub use gke::{Gke, GkeNetwork, GkeSubnet, ReleaseChannel, SubnetPurpose};
pub use identity::{CloudUser, Guid, InvalidGuid};

use crate::{record, variant};

record! {
    /// The cluster itself.
    pub struct Cluster {
        /// The name of the cluster at its provider.
        pub name: ObjectName,
        /// Who runs the control plane, and what that provider needs to know.
        pub provider: Provider,
    }
}

variant! {
    /// Who runs the control plane.
    pub enum Provider {
        /// Amazon EKS.
        Eks(Eks) = "eks",
        /// Google Kubernetes Engine.
        Gke(Gke) = "gke",
        /// Azure Kubernetes Service.
        Aks(Aks) = "aks",
    }
}
