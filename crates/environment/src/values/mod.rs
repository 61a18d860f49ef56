//! What an environment file says: one module a section, and the rules that hold between sections.

mod addons;
mod backup;
mod cluster;
mod delivery;
mod logging;
mod mesh;
mod monitoring;
mod namespaces;
mod nodes;
mod postgres;
mod replicas;
mod rollouts;
mod rules;
mod secret_reference;
mod services;
mod storage;

use std::collections::BTreeMap;

use names::{ComponentName, HostName, KubernetesMinor, NamespaceName};

pub use addons::Addons;
pub use backup::Backup;
pub use cluster::{Cluster, Eks, EksAddons, Provider, Vpc};
pub use delivery::{Delivery, Role};
pub use logging::{Fluentd, LogRetention, Logging, SearchCluster};
pub use mesh::{Mesh, MeshGateway};
pub use monitoring::{Monitoring, Prometheus, Retention};
pub use namespaces::{ContainerDefaults, Namespace, PodSecurity, PodSecurityLevel, Quota};
pub use nodes::{
    Capacity, CpuManagerPolicy, Kubelet, MachineClass, MemoryManagerPolicy, NodePool, Nodes,
    Reserved,
};
pub use postgres::{ClaimSize, Postgres};
pub use replicas::{ComputeResources, Replicas};
pub use rollouts::{CanaryStep, RollingPace, Rollouts};
pub use secret_reference::{InvalidSecretReference, SecretReference};
pub use services::{
    Account, AccountPermission, Exposure, Health, HttpMethod, HttpProbe, Service, Strategy,
    VerticalMode, VerticalScaling,
};
pub use storage::{ReclaimPolicy, Storage, StorageClass, VolumeType};

use crate::{Diagnostics, Located, Sources, decode, load_tree, record};

record! {
    /// Where the secrets of this environment are kept outside the cluster.
    pub struct Secrets {
        /// The path below which every secret of this environment lies.
        pub prefix: String,
        /// How often each secret is read again.
        pub refresh: names::Duration,
    }
}

record! {
    /// Everything that one environment says.
    pub struct Environment {
        /// The Kubernetes minor that the cluster runs.
        pub kubernetes: KubernetesMinor,
        /// The domain under which the environment is reached.
        pub domain: HostName,
        /// Whether this environment takes traffic or stands by.
        pub role: Role,
        /// Where Argo CD reads the rendered tree.
        pub delivery: Delivery,
        /// The cluster itself.
        pub cluster: Cluster,
        /// The nodes of the cluster.
        pub nodes: Nodes,
        /// The namespaces with what may run in them.
        pub namespaces: BTreeMap<NamespaceName, Namespace>,
        /// Where secrets come from.
        pub secrets: Secrets,
        /// The service mesh.
        pub mesh: Mesh,
        /// The strategies that services choose from.
        pub rollouts: Rollouts,
        /// The services that fit the golden path.
        pub services: BTreeMap<ComponentName, Located<Service>>,
        /// The storage classes.
        pub storage: Storage,
        /// The replicated database.
        pub postgres: Option<Postgres>,
        /// Backups of objects and volumes.
        pub backup: Option<Backup>,
        /// Metrics.
        pub monitoring: Monitoring,
        /// Logs.
        pub logging: Logging,
        /// The charts that this environment installs.
        pub addons: Addons,
    }
}

/// Reads the environment `name` with what it extends, and holds it to the rules between its values.
///
/// All mistakes are reported at once; the rules are looked at once every value by itself is right.
pub fn load(name: &str, sources: &dyn Sources) -> Result<Environment, Diagnostics> {
    let (tree, files) = load_tree(name, sources)?;
    let environment: Environment = decode(&tree, files.clone())?;
    let mut diagnostics = Diagnostics::new(files);
    rules::check(&environment, &mut diagnostics);
    if diagnostics.has_errors() {
        Err(diagnostics)
    } else {
        Ok(environment)
    }
}
