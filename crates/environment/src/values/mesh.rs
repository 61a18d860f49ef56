//! The service mesh: identity, sizes and the gateway that lets traffic in.

use names::{HostName, ObjectName, SecretName};

use super::ComputeResources;
use crate::{Located, record};

record! {
    /// The gateway that lets traffic into the mesh.
    pub struct MeshGateway {
        /// The host that clients ask for.
        pub host: Located<HostName>,
        /// The secret with the certificate of the host.
        pub certificate: SecretName,
    }
}

record! {
    /// The service mesh.
    pub struct Mesh {
        /// The mesh that this cluster is a part of.
        pub mesh_id: ObjectName,
        /// The network of this cluster inside the mesh.
        pub network: ObjectName,
        /// The name of this cluster inside the mesh.
        pub cluster_name: ObjectName,
        /// The registry that the images come from.
        pub hub: String,
        /// CPU and memory of the control plane.
        pub pilot: ComputeResources,
        /// CPU and memory of each proxy.
        pub proxy: ComputeResources,
        /// The gateway that lets traffic in.
        pub gateway: MeshGateway,
    }
}
