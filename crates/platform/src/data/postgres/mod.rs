//! A replicated PostgreSQL: one primary that the others stream from, with a pooler before it and an archive behind it.

mod archive;
mod config;
pub(crate) mod operated;
mod pod;
mod pooler;
mod rclone;
mod services;
mod sidecars;

use std::num::NonZeroU16;

use builders::{
    ClaimTemplate, DisruptionBudget, Endpoint, Flow, Identity, NamedPort, Peer, SecretRef,
    ServiceAccount, ServiceAccountRef, Workload,
};
use configs::postgres::{DatabaseRole, Members, Transport};
use environment::{CloudUser, Environment, Postgres};
use manifest::{Exception, IgnoreDifference, Manifest};
use names::{
    ApplicationName, DataKey, PortName, SecretName, ServiceAccountName, ServiceName, WorkloadName,
    name, port,
};

use self::pooler::PoolerObjects;
use super::StorageClasses;
use crate::component::Component;
use crate::convert::identity;
use crate::observability::{PrometheusHandles, scraping};
use crate::scheduling::PriorityClasses;
use crate::secrets::SecretStore;
use crate::{provider, wave};

const PORT: NamedPort = NamedPort::tcp(PortName::from_static("postgres"), port!(5432));
const HEADLESS: ServiceName = ServiceName::from_static("postgres-headless");
const NAME: WorkloadName = WorkloadName::from_static("postgres");
const REPLICATION_ROLE: DatabaseRole = DatabaseRole::from_static("replicator");
const MONITORING_ROLE: DatabaseRole = DatabaseRole::from_static("monitor");
const POOLER_ROLE: DatabaseRole = DatabaseRole::from_static("pgbouncer_lookup");

/// What others may refer to.
#[derive(Clone, Debug)]
pub(crate) struct PostgresHandles {
    /// What those who call the database connect to: the pooler where there is one, else the primary.
    pub(crate) read_write: Endpoint,
}

/// What the component stands on.
#[derive(Clone, Copy)]
pub(crate) struct Foundations<'a> {
    /// The kinds of disk.
    pub(crate) classes: &'a StorageClasses,
    /// Where secrets come from.
    pub(crate) store: &'a SecretStore,
    /// Which pods go first.
    pub(crate) priorities: &'a PriorityClasses,
    /// Who scrapes.
    pub(crate) prometheus: &'a PrometheusHandles,
}

/// What the parts of the component share.
struct Plan<'a> {
    environment: &'a Environment,
    settings: &'a Postgres,
    identity: Identity,
    members: Members,
    transport: Transport,
    meshed: bool,
}

impl<'a> Plan<'a> {
    fn new(environment: &'a Environment, settings: &'a Postgres) -> Self {
        let identity = identity(
            &name!(ApplicationName, "postgres"),
            &settings.namespace.value,
            &NAME,
        );
        let count = NonZeroU16::new(settings.instances).unwrap_or(NonZeroU16::MIN);
        let mut plan = Self {
            environment,
            settings,
            members: Members::of_stateful_set(
                &NAME,
                &HEADLESS,
                identity.namespace(),
                PORT.port,
                count,
            ),
            transport: Transport::Clear,
            meshed: environment.is_meshed(identity.namespace()),
            identity: identity.clone(),
        };
        plan.identity = plan.labelled(identity);
        plan
    }

    /// The identity with the labels by which the provider knows pods that act there.
    fn labelled(&self, identity: Identity) -> Identity {
        if self.settings.archive.is_none() {
            return identity;
        }
        provider::identity(self.environment, CloudUser::Postgres)
            .pod_labels
            .into_iter()
            .filter_map(|(key, value)| Some((key, value.parse().ok()?)))
            .fold(identity, |identity, (key, value)| {
                identity.label(&key, &value)
            })
    }

    fn peer(&self, identity: &Identity, account: &ServiceAccountRef) -> Peer {
        Peer::Workload {
            identity: identity.clone(),
            account: account.clone(),
            meshed: self.meshed,
        }
    }

    /// The account that servers and Jobs run under; it may use the archive.
    fn account(&self) -> ServiceAccount {
        let account = ServiceAccount::new(&self.identity, &name!(ServiceAccountName, "postgres"));
        if self.settings.archive.is_none() {
            return account;
        }
        provider::identity(self.environment, CloudUser::Postgres)
            .annotations
            .into_iter()
            .fold(account, |account, (key, value)| {
                account.annotation(&key, value)
            })
    }
}

/// The secrets: who owns the database, what standbys replicate with, and what stands beside the database.
struct Secrets {
    owner: SecretRef,
    replication: SecretRef,
    monitoring: Option<SecretRef>,
    pooler: Option<SecretRef>,
}

const USERNAME: DataKey = DataKey::from_static("username");
const PASSWORD: DataKey = DataKey::from_static("password");

/// The secrets with their manifests.
fn secrets(plan: &Plan<'_>, store: &SecretStore) -> (Vec<Manifest>, Secrets) {
    let mut manifests = Vec::new();
    let mut secret = |name: SecretName, keys: &[DataKey]| {
        let (manifest, handle) = store.secret(&plan.identity, &name, keys);
        manifests.push(manifest);
        handle
    };
    let secrets = Secrets {
        owner: secret(name!(SecretName, "postgres-secret"), &[USERNAME, PASSWORD]),
        replication: secret(name!(SecretName, "postgres-replication"), &[PASSWORD]),
        monitoring: plan
            .settings
            .exporter
            .as_ref()
            .map(|_| secret(name!(SecretName, "postgres-monitoring"), &[PASSWORD])),
        pooler: plan.settings.pooler.as_ref().map(|_| {
            secret(
                name!(SecretName, "postgres-pooler"),
                &[PASSWORD, pooler::STATISTICS_PASSWORD],
            )
        }),
    };
    (manifests, secrets)
}

/// The StatefulSet with everything it needs.
pub(crate) fn postgres(
    environment: &Environment,
    settings: &Postgres,
    foundations: Foundations<'_>,
) -> Component<PostgresHandles> {
    let plan = Plan::new(environment, settings);
    let account = plan.account();
    let handle = account.handle();
    let (secret_manifests, secrets) = secrets(&plan, foundations.store);
    let config = config::config(&plan);
    let topology = config::topology(&plan);
    let claim = ClaimTemplate::new(
        &plan.identity,
        &pod::CLAIM,
        &foundations.classes.get(&settings.storage.class.value),
        settings.storage.size.value,
    );
    let services = services::services(&plan.identity);
    let parts = pod::Parts {
        account: &handle,
        secrets: &secrets,
        config: &config,
        topology: &topology,
        claim: &claim,
        priority: &foundations.priorities.platform_critical,
    };
    let workload = Workload::stateful_set(
        pod::pod(&plan, &parts),
        &services.headless(),
        [claim.clone()],
    )
    .replicas(settings.instances.into())
    .updated_by_hand();
    let database = Endpoint {
        peer: plan.peer(&plan.identity, &handle),
        port: PORT,
    };
    let pooler = before(&plan, &secrets, &foundations, &database);
    let jobs = settings.archive.as_ref().map(|archive| {
        let parts = archive::Parts {
            server: &parts,
            scratch: &foundations.classes.get(&environment.storage.default.value),
            priority: &foundations.priorities.batch,
        };
        archive::jobs(&plan, archive, &parts, &database)
    });
    let flows = flows(&plan, &database, foundations.prometheus);
    let read_write = pooler
        .as_ref()
        .map_or_else(|| database.clone(), |pooler| pooler.endpoint.clone());
    Component::new(
        plan.identity.application(),
        plan.identity.namespace(),
        wave::INFRASTRUCTURE,
        PostgresHandles { read_write },
    )
    .talks(flows)
    .with(secret_manifests)
    .with([account.manifest(), config.manifest(), topology.manifest()])
    .with([DisruptionBudget::max_unavailable(&plan.identity, 1).manifest()])
    .with([excused(workload.manifest(), settings.instances > 1)])
    .with(services.into_manifests())
    .joined(pooler.map(|pooler| (pooler.flows, pooler.manifests)))
    .joined(jobs.map(|jobs| (jobs.flows, jobs.manifests)))
    .application(|application| application.ignore_differences(changed_by_hand(settings)))
}

/// The pooler, where there is one.
fn before(
    plan: &Plan<'_>,
    secrets: &Secrets,
    foundations: &Foundations<'_>,
    database: &Endpoint,
) -> Option<PoolerObjects> {
    let settings = plan.settings.pooler.as_ref()?;
    let sizes = plan.settings.pool_sizes()?;
    let secret = secrets.pooler.as_ref()?;
    let priority = &foundations.priorities.platform_critical;
    Some(pooler::pooler(
        plan,
        (settings, sizes),
        secret,
        priority,
        database,
        foundations.prometheus,
    ))
}

/// Members talk to each other and to their archive, and Prometheus to the exporters.
fn flows(plan: &Plan<'_>, database: &Endpoint, prometheus: &PrometheusHandles) -> Vec<Flow> {
    let archive = plan
        .settings
        .archive
        .as_ref()
        .map(|_| Flow::new(&database.peer, &archive::storage(plan)));
    let metrics = plan
        .settings
        .exporter
        .as_ref()
        .map(|_| scraping(prometheus, &database.peer, plan.meshed, &sidecars::METRICS));
    [Flow::new(&database.peer, database)]
        .into_iter()
        .chain(archive)
        .chain(metrics)
        .collect()
}

/// What an operator changes when he promotes a standby or restores, and Git must not change back.
fn changed_by_hand(settings: &Postgres) -> Vec<IgnoreDifference> {
    let named = |group, kind, name: String| IgnoreDifference {
        name: Some(name),
        ..IgnoreDifference::of_kind(group, kind)
    };
    let restore = settings.archive.as_ref().map(|_| {
        named("", "ConfigMap", operated::RESTORE_TIME.to_string()).json_pointer("/data/time")
    });
    [
        named("", "ConfigMap", operated::TOPOLOGY.to_string())
            .json_pointer("/data/primary")
            .json_pointer("/data/follows"),
        named("", "Service", operated::READ_WRITE.to_string())
            .json_pointer("/spec/selector/statefulset.kubernetes.io~1pod-name"),
    ]
    .into_iter()
    .chain(restore)
    .collect()
}

/// The set, with what is meant in it.
fn excused(set: Manifest, has_standby: bool) -> Manifest {
    let set = set.excuse(Exception {
        code: "WORK012",
        reason: "the upkeep writes a heartbeat; one that hangs shows in its age, and a restart heals no database",
    });
    if has_standby {
        set.excuse(Exception {
            code: "WORK025",
            reason: "who changes the pods moves the leader first; the runbook says how",
        })
    } else {
        set
    }
}
