//! The chapters of a cluster that tenants share: coordination, checkpoints, tenants.

use serde::Serialize;

use crate::templates::template;

/// When a tier's changes are held back.
#[derive(Clone, Debug, Serialize)]
pub struct Breaker {
    /// The tier.
    pub tier: String,
    /// Nodes that come and go in an hour.
    pub nodes: u32,
    /// Pods evicted in a minute.
    pub evictions: u32,
    /// How long changes are held back, in minutes.
    pub minutes: u32,
}

/// The coordinator of vertical scaling and nodes.
#[derive(Clone, Debug, Serialize)]
pub struct Coordination {
    /// Its namespace.
    pub namespace: String,
    /// Its Deployment.
    pub deployment: String,
    /// The label `app` of its pods.
    pub app: String,
    /// The lease that its leader holds.
    pub lease: String,
    /// When changes are held back.
    pub breakers: Vec<Breaker>,
}

/// Backups of the checkpoints of vertical scaling.
#[derive(Clone, Debug, Serialize)]
pub struct Checkpoints {
    /// Its namespace.
    pub namespace: String,
    /// The job that backs up and restores.
    pub cron_job: String,
    /// The label `app` of its pods.
    pub app: String,
    /// When it backs up.
    pub schedule: String,
    /// The `ConfigMap` that says which point in time to restore.
    pub settings: String,
}

/// What tenants choose from.
#[derive(Clone, Debug, Serialize)]
pub struct Tier {
    /// Its name.
    pub name: String,
    /// The pool that its pods run on.
    pub pool: String,
    /// What its vertical autoscalers do.
    pub mode: String,
    /// The most CPU that they ask for.
    pub cpu: String,
    /// The most memory that they ask for.
    pub memory: String,
    /// How it is watched.
    pub monitoring: String,
    /// Its tenants, separated by commas.
    pub tenants: String,
}

/// The autoscaler that shows whether a tier works.
#[derive(Clone, Debug, Serialize)]
pub struct TierTest {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub autoscaler: String,
}

/// The tenants of a shared cluster.
#[derive(Clone, Debug, Serialize)]
pub struct Tenants {
    /// The name of the environment file.
    pub environment: String,
    /// The label whose value is a node's pool.
    pub pool_label: String,
    /// The tiers.
    pub tiers: Vec<Tier>,
    /// The tests of the tiers.
    pub tests: Vec<TierTest>,
}

template!(Coordination, "runbook/coordination.md");
template!(Checkpoints, "runbook/checkpoints.md");
template!(Tenants, "runbook/tenants.md");
