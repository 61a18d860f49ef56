//! The chapters that every environment has: access, maintenance, services, failover, restore, troubleshooting.

use serde::Serialize;

use crate::templates::template;

/// The cluster that the runbook is for.
#[derive(Clone, Debug, Serialize)]
pub struct Cluster {
    /// Its name at the provider.
    pub name: String,
    /// The name of its environment file.
    pub environment: String,
    /// The provider's name of its service.
    pub provider: &'static str,
    /// Where it runs.
    pub region: String,
    /// The Kubernetes minor.
    pub kubernetes: String,
    /// Whether it takes traffic.
    pub role: &'static str,
    /// The command that makes a kubectl context for it.
    pub credentials: String,
}

/// One wave of applications.
#[derive(Clone, Debug, Serialize)]
pub struct Wave {
    /// Its number.
    pub number: i32,
    /// The applications, separated by commas.
    pub applications: String,
}

/// How changes reach the cluster.
#[derive(Clone, Debug, Serialize)]
pub struct Delivery {
    /// The repository.
    pub repository: String,
    /// The branch.
    pub revision: String,
    /// The namespace of Argo CD.
    pub namespace: String,
    /// The Application that applies all others.
    pub root: String,
    /// The waves, in order.
    pub waves: Vec<Wave>,
}

/// How fast an incident has to be answered.
#[derive(Clone, Debug, Serialize)]
pub struct Severity {
    /// Its name.
    pub name: String,
    /// What users see.
    pub means: String,
    /// The time to the first answer.
    pub within: String,
}

/// Whom to ask next.
#[derive(Clone, Debug, Serialize)]
pub struct Escalation {
    /// Who.
    pub role: String,
    /// How long after the step before.
    pub after: String,
    /// How to reach them.
    pub contact: String,
}

/// How incidents are answered.
#[derive(Clone, Debug, Serialize)]
pub struct Response {
    /// Where an incident is talked about.
    pub channel: String,
    /// The severities.
    pub severities: Vec<Severity>,
    /// The steps.
    pub escalation: Vec<Escalation>,
}

/// The first page.
#[derive(Clone, Debug, Serialize)]
pub struct Overview {
    /// The cluster.
    pub cluster: Cluster,
    /// How changes reach it.
    pub delivery: Delivery,
    /// How incidents are answered.
    pub response: Response,
}

/// A pool of nodes.
#[derive(Clone, Debug, Serialize)]
pub struct Pool {
    /// Its name.
    pub name: String,
    /// The machine type, or what the pool may choose from.
    pub machine: String,
    /// How many nodes it has.
    pub nodes: String,
    /// The label that selects its nodes.
    pub selector: String,
}

/// A disruption budget.
#[derive(Clone, Debug, Serialize)]
pub struct Budget {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub holds: String,
}

/// Something that the provider does not let anybody set.
pub type Limit = String;

/// Nodes, upgrades and patches.
#[derive(Clone, Debug, Serialize)]
pub struct Maintenance {
    /// The name of the environment file.
    pub environment: String,
    /// The next minor.
    pub next_kubernetes: String,
    /// The label whose value is a node's pool.
    pub pool_label: String,
    /// The pools.
    pub pools: Vec<Pool>,
    /// The budgets that can hold up a drain.
    pub budgets: Vec<Budget>,
    /// What cannot be set.
    pub limits: Vec<Limit>,
}

/// How a new version of a service replaces the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// Pod by pod.
    Rolling,
    /// A share of the traffic at a time.
    Canary,
    /// All at once.
    BlueGreen,
}

/// A service.
#[derive(Clone, Debug, Serialize)]
pub struct Service {
    /// The name of its workload.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// The kind of its workload.
    pub kind: String,
    /// Its strategy.
    pub strategy: Strategy,
    /// The least number of replicas.
    pub minimum: u32,
    /// The greatest number of replicas.
    pub maximum: u32,
    /// The port of its Service.
    pub port: u16,
    /// Its autoscaler.
    pub autoscaler: Option<String>,
    /// The virtual service whose weights a canary moves.
    pub virtual_service: Option<String>,
    /// The service of the version that takes traffic, of a blue-green release.
    pub active: Option<String>,
    /// The service of the version that waits, of a blue-green release.
    pub preview: Option<String>,
}

/// Rolling back, aborting, switching, scaling.
#[derive(Clone, Debug, Serialize)]
pub struct Services {
    /// The name of the environment file.
    pub environment: String,
    /// Whether one of the services has canaries.
    pub canaries: bool,
    /// Whether one of the services is switched.
    pub blue_greens: bool,
    /// The services.
    pub services: Vec<Service>,
}

/// The cluster in the other region.
#[derive(Clone, Debug, Serialize)]
pub struct Twin {
    /// Its name.
    pub name: String,
    /// Where it runs.
    pub region: String,
}

/// Failing over between two regions.
#[derive(Clone, Debug, Serialize)]
pub struct Failover {
    /// Whether this is the side that stands by.
    pub standby: bool,
    /// The other side.
    pub twin: Twin,
    /// How far the database of the standby may be behind, where there is one.
    pub lag: Option<String>,
}

/// Backups of objects and volumes.
#[derive(Clone, Debug, Serialize)]
pub struct Backup {
    /// The namespace of Velero.
    pub namespace: String,
    /// The schedule.
    pub schedule: String,
    /// When it runs.
    pub cron: String,
    /// What is backed up.
    pub namespaces: String,
    /// How long it is kept.
    pub keep: String,
    /// Where it is kept.
    pub location: String,
}

/// Restoring namespaces and the cluster's state.
#[derive(Clone, Debug, Serialize)]
pub struct Restore {
    /// The name of the environment file.
    pub environment: String,
    /// The application that makes the cluster.
    pub cluster_application: String,
    /// Backups, where the environment makes them.
    pub backup: Option<Backup>,
}

/// What to look at when something does not work.
#[derive(Clone, Debug, Serialize)]
pub struct Troubleshooting {}

template!(Overview, "runbook/overview.md");
template!(Maintenance, "runbook/maintenance.md");
template!(Services, "runbook/services.md");
template!(Failover, "runbook/failover.md");
template!(Restore, "runbook/restore.md");
template!(Troubleshooting, "runbook/troubleshooting.md");
