//! What an environment file says: one module a section, and the rules that hold between sections.

mod addons;
mod api_clients;
mod backup;
mod cache;
mod cluster;
mod coordinator;
mod defaults;
mod delivery;
mod images;
mod ingress;
mod logging;
mod mesh;
mod monitoring;
mod namespaces;
mod nodes;
mod operations;
mod policy;
mod postgres;
mod priorities;
mod replicas;
mod rollouts;
mod rules;
mod secret_reference;
mod services;
mod storage;
mod tenants;
mod twin;

use std::collections::BTreeMap;

use names::{ComponentName, HostName, KubernetesMinor, NamespaceName};

pub use addons::{
    AcmeIssuer, Addons, CertManager, ClusterAutoscaler, DnsPolicy, Expander, ExternalDns,
    NginxIngress, TrivyOperator, VulnerabilitySeverity,
};
pub use api_clients::ApiClients;
pub use backup::Backup;
pub use cache::Cache;
pub use cluster::{
    Aks, AksNetwork, CloudUser, Cluster, Eks, EksAddons, Gke, GkeNetwork, GkeSubnet, Guid,
    InvalidGuid, Provider, ReleaseChannel, SubnetPurpose, Vpc,
};
pub use coordinator::{
    BlobContainer, CheckpointBackup, CircuitBreaker, CoordinationPauses, Coordinator,
};
pub use defaults::ServiceDefaults;
pub use delivery::{Delivery, Role};
pub use images::{
    ArtifactRepository, ImageScan, Images, Registry, ScanCache, Signatures, Signer,
    SigningIdentity, SigningKey,
};
pub use ingress::{Ingress, IngressCache};
pub use logging::{
    Elasticsearch, ElasticsearchExporter, Fluentd, Kibana, LogRetention, Logging, Logstash,
    SearchCluster,
};
pub use mesh::{Mesh, MeshGateway};
pub use monitoring::{
    AlertEmail, AlertReceiver, AlertRoute, AlertSlack, AlertSmtp, AlertThresholds, AlertTimes,
    Alertmanager, ConfigReloader, Cost, Grafana, GrafanaRoles, InvalidTimeOfDay, KubeStateMetrics,
    MetricsAdapter, Monitoring, MonitoringAccount, NodeExporter, Prometheus, Retention, ScrapeJob,
    SignIn, TimeOfDay, Weekday,
};
pub use namespaces::{ContainerDefaults, Namespace, PodSecurity, PodSecurityLevel, Quota};
pub use nodes::{
    Capacity, Consolidation, ConsolidationPolicy, CpuManagerPolicy, DisruptionBudget,
    DisruptionReason, InvalidNodeCount, InvalidTaint, Kubelet, MachineClass, MemoryManagerPolicy,
    NodeCount, NodePool, Nodes, PoolLimits, ProvisionedPool, Reserved, Taint, TaintEffect,
};
pub use operations::{EscalationStep, IncidentSeverity, Operations};
pub use policy::{
    AdmissionPolicy, Enforcement, ImageSource, InvalidImageSource, PolicyEnforcement,
    RuntimeSecurity,
};
pub use postgres::{ClaimSize, DatabaseArchive, FollowedDatabase, PoolSizes, Pooler, Postgres};
pub use priorities::{ApiFairness, OverProvisioning, Priorities, RequestShare};
pub use replicas::{ComputeResources, PodMetric, Replicas};
pub use rollouts::{BlueGreenPace, CanaryStep, RollingPace, RolloutAnalysis, Rollouts};
pub use rules::{Machine, machines_of};
pub use secret_reference::{InvalidSecretReference, SecretReference};
pub use services::{
    Account, AccountPermission, Caller, ContainerSize, Ejection, Exposure, ExternalTraffic, Health,
    HttpMethod, HttpProbe, IngressRoute, LoadBalancer, Reach, RequestRate, Resilience, Service,
    ServiceAlerts, ServicePriority, Strategy, VerticalMode, VerticalScaling,
};
pub use storage::{ReclaimPolicy, Storage, StorageClass, VolumeType};
pub use tenants::{
    CoordinationStrategy, MonitoringScope, MonitoringTier, Tenancy, Tenant, TenantAlert,
    TenantMonitoring, TenantPlan, TenantTest, Tier, TierScaling, tenant_namespace,
};
pub use twin::Twin;

use crate::{Diagnostics, Files, Located, Node, Sources, decode, load_tree, record};

record! {
    /// Where the secrets of this environment are kept outside the cluster.
    pub struct Secrets {
        /// The path below which every secret of this environment lies.
        pub prefix: Located<String>,
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
        pub role: Located<Role>,
        /// How much a controller may ask of the API server.
        pub api_clients: ApiClients = ApiClients::USUAL,
        /// The cluster in another region that takes over from this one, or this one from it.
        pub twin: Option<Twin>,
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
        /// The service mesh; without it nothing is split, encrypted or let in by proxies.
        pub mesh: Option<Mesh>,
        /// The strategies that services choose from.
        pub rollouts: Rollouts,
        /// The host that the ingress controller serves.
        pub ingress: Option<Ingress>,
        /// What a service gets that says nothing itself.
        pub defaults: ServiceDefaults = ServiceDefaults::NONE,
        /// The services that fit the golden path.
        pub services: BTreeMap<ComponentName, Located<Service>>,
        /// The storage classes.
        pub storage: Storage,
        /// The replicated database.
        pub postgres: Option<Postgres>,
        /// The cache that services share.
        pub cache: Option<Cache>,
        /// Backups of objects and volumes.
        pub backup: Option<Backup>,
        /// What tenants choose from.
        pub tenancy: Option<Tenancy>,
        /// The tenants, each with its tier.
        pub tenants: BTreeMap<Located<ComponentName>, Tenant> = BTreeMap::new(),
        /// The coordinator between the scaling of pods and of nodes.
        pub coordinator: Option<Coordinator>,
        /// Copies of what vertical scaling has learnt.
        pub checkpoint_backup: Option<CheckpointBackup>,
        /// What admission refuses.
        pub policy: Option<AdmissionPolicy>,
        /// What is watched for while containers run.
        pub runtime_security: Option<RuntimeSecurity>,
        /// Images: who signed them, how long the registry keeps them, and when they are scanned.
        pub images: Option<Images>,
        /// Which pods go first where there is not room for all.
        pub priorities: Priorities = Priorities::USUAL,
        /// Pods that keep room free for others.
        pub over_provisioning: Option<OverProvisioning>,
        /// How the API server is shared between its clients.
        pub api_fairness: Option<ApiFairness>,
        /// How incidents are answered.
        pub operations: Option<Operations>,
        /// Metrics.
        pub monitoring: Monitoring,
        /// Logs.
        pub logging: Logging,
        /// The charts that this environment installs.
        pub addons: Addons,
    }
}

impl Environment {
    /// Whether pods of this namespace have proxies of the mesh.
    pub fn is_meshed(&self, namespace: &NamespaceName) -> bool {
        self.mesh.is_some()
            && self
                .namespaces
                .get(namespace)
                .is_some_and(|namespace| namespace.mesh.value)
    }
}

/// Reads the environment `name` with what it extends, and holds it to the rules between its values.
///
/// All mistakes are reported at once; the rules are looked at once every value by itself is right.
pub fn load(name: &str, sources: &dyn Sources) -> Result<Environment, Diagnostics> {
    let (tree, files) = load_tree(name, sources)?;
    read(&tree, files)
}

/// Decodes a merged tree, and holds it to the rules between its values.
pub fn read(tree: &Node, files: Files) -> Result<Environment, Diagnostics> {
    let environment: Environment = decode(tree, files.clone())?;
    let mut diagnostics = Diagnostics::new(files);
    rules::check(&environment, &mut diagnostics);
    if diagnostics.has_errors() {
        Err(diagnostics)
    } else {
        Ok(environment)
    }
}
