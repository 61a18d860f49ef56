//! Tenants: the tiers that they choose from, and one line for each of them.

use std::collections::BTreeMap;

use names::{
    Bytes, ComponentName, Cpu, Duration, ImageReference, NamespaceName, ObjectName, Port, linked,
};

use super::{ComputeResources, ContainerDefaults, Quota, VerticalMode};
use crate::{Content, Context, Definitions, Located, Node, Value, choice, record};

choice! {
    /// How the size of pods and the number of nodes are kept from chasing each other.
    pub enum CoordinationStrategy {
        /// Both move on shared nodes, one after the other with pauses between them.
        Coordinated = "coordinated",
        /// Pods whose size is moved have nodes of their own.
        Isolated = "isolated",
    }
}

choice! {
    /// How closely a tenant is watched.
    pub enum MonitoringTier {
        /// Whether it is there.
        Basic = "basic",
        /// What it does.
        Full = "full",
        /// Everything, more often.
        Enhanced = "enhanced",
    }
}

choice! {
    /// An alert that can be about a tenant's pods and namespace.
    pub enum TenantAlert {
        /// A container crashes again and again.
        PodCrashLooping = "PodCrashLooping",
        /// A container was killed at its memory limit.
        ContainerOomKilled = "ContainerOOMKilled",
        /// A pod does not run.
        PodNotReady = "PodNotReady",
        /// A Deployment has too few pods.
        DeploymentShort = "DeploymentShort",
        /// A `StatefulSet` has too few pods.
        StatefulSetShort = "StatefulSetShort",
        /// A Job failed.
        JobFailed = "JobFailed",
        /// A container uses most of its CPU limit.
        HighCpuUsage = "HighCPUUsage",
        /// A container is close to its memory limit.
        MemoryNearLimit = "MemoryNearLimit",
        /// Little of the quota is left.
        QuotaNearlyUsed = "QuotaNearlyUsed",
        /// An autoscaler is at its maximum.
        HpaMaxedOut = "HpaMaxedOut",
    }
}

record! {
    /// Vertical scaling of a tier's Deployments.
    pub struct TierScaling {
        /// What is done with recommendations.
        pub mode: Located<VerticalMode>,
        /// The most CPU that one container may have.
        pub max_cpu: Located<Cpu>,
        /// The most memory that one container may have.
        pub max_memory: Located<Bytes>,
        /// How this is kept apart from the scaling of nodes.
        pub coordination: Located<CoordinationStrategy>,
    }
}

record! {
    /// What tenants of one tier get.
    pub struct Tier {
        /// Vertical scaling of their Deployments.
        pub vpa: TierScaling,
        /// The pool that their pods run on.
        pub node_pool: Located<ObjectName>,
        /// How closely they are watched.
        pub monitoring: Located<MonitoringTier>,
        /// The coordinator's circuit breaker that protects them.
        pub circuit_breaker: Located<ComponentName>,
        /// What all pods of one tenant together may have.
        pub quota: Quota,
        /// What a container gets that says nothing itself.
        pub defaults: ContainerDefaults,
    }
}

record! {
    /// What one monitoring tier means.
    pub struct MonitoringScope {
        /// How often the tenant's pods are asked.
        pub interval: Duration,
        /// The most samples of one pod; a pod that has more is not recorded.
        pub samples: u32,
        /// The names of the metrics that are kept, as regular expressions; none keeps all.
        pub metrics: Vec<String> = Vec::new(),
        /// The alerts that somebody is told of; none named are all.
        pub alerts: Vec<TenantAlert> = Vec::new(),
    }
}

record! {
    /// How tenants are watched.
    pub struct TenantMonitoring {
        /// The port on which tenants' pods serve their metrics.
        pub port: Port,
        /// What each monitoring tier means.
        pub tiers: BTreeMap<MonitoringTier, MonitoringScope>,
    }
}

record! {
    /// A small workload in a tenant of each tier that shows whether the tier's policies work.
    pub struct TenantTest {
        /// The name of these tenants.
        pub tenant: Located<ComponentName>,
        /// Its image: `agnhost`, the test server of Kubernetes.
        pub image: ImageReference,
        /// The number of its pods; the updater leaves single pods alone.
        pub replicas: u16,
        /// CPU and memory of its container.
        pub resources: ComputeResources,
    }
}

record! {
    /// What tenants choose from, and what is the same for all of them.
    pub struct Tenancy {
        /// The tiers.
        pub tiers: BTreeMap<ComponentName, Tier>,
        /// How tenants are watched.
        pub monitoring: TenantMonitoring,
        /// A small workload that shows whether the tiers' policies work.
        pub test: Option<TenantTest>,
    }
}

record! {
    /// A tenant with more than its tier.
    struct TenantDetails {
        /// What it gets.
        tier: Located<ComponentName>,
        /// The identity provider's group whose members may edit its namespace.
        group: Option<String>,
    }
}

/// A tenant: the name of its tier, or a mapping where there is more to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Tenant {
    /// What it gets.
    pub tier: Located<ComponentName>,
    /// The identity provider's group whose members may edit its namespace; the namespace's name where nothing is said.
    pub group: Option<String>,
}

impl Value for Tenant {
    fn expected() -> String {
        "a tier, or a mapping with `tier` and `group`".to_owned()
    }

    fn decode(node: &Node, context: &mut Context) -> Option<Self> {
        if matches!(node.content, Content::Scalar(_)) {
            return Located::decode(node, context).map(|tier| Self { tier, group: None });
        }
        let TenantDetails { tier, group } = TenantDetails::decode(node, context)?;
        Some(Self { tier, group })
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        serde_json::json!({
            "anyOf": [ComponentName::schema(definitions), TenantDetails::schema(definitions)],
            "description": Self::expected(),
        })
    }
}

/// The name of a tenant's namespace; a rule holds it to the length that a namespace may have.
pub fn tenant_namespace(tier: &ComponentName, tenant: &ComponentName) -> NamespaceName {
    linked(&format!("tenant-{tier}-"), "", tenant.as_str())
}

/// A tenant with everything that follows from its tier.
#[derive(Clone, Debug, PartialEq)]
pub struct TenantPlan<'a> {
    /// Its name.
    pub name: &'a ComponentName,
    /// Its namespace.
    pub namespace: NamespaceName,
    /// The name of its tier.
    pub tier_name: &'a ComponentName,
    /// What it gets.
    pub tier: &'a Tier,
    /// Who may edit its namespace.
    pub group: String,
}

impl super::Environment {
    /// All tenants, those of the test workload among them, ordered by tier and name.
    pub fn tenant_plans(&self) -> Vec<TenantPlan<'_>> {
        let Some(tenancy) = &self.tenancy else {
            return Vec::new();
        };
        let test = tenancy.test.as_ref().map(|test| &test.tenant.value);
        tenancy
            .tiers
            .iter()
            .flat_map(|(tier_name, tier)| {
                let named = self
                    .tenants
                    .iter()
                    .filter(move |(_, tenant)| tenant.tier.value == *tier_name)
                    .map(|(name, tenant)| (&name.value, tenant.group.clone()));
                test.map(|name| (name, None))
                    .into_iter()
                    .chain(named)
                    .map(move |(name, group)| plan(name, group, tier_name, tier))
            })
            .collect()
    }
}

fn plan<'a>(
    name: &'a ComponentName,
    group: Option<String>,
    tier_name: &'a ComponentName,
    tier: &'a Tier,
) -> TenantPlan<'a> {
    let namespace = tenant_namespace(tier_name, name);
    TenantPlan {
        name,
        group: group.unwrap_or_else(|| namespace.to_string()),
        namespace,
        tier_name,
        tier,
    }
}
