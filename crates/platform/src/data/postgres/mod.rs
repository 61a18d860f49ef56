//! A replicated PostgreSQL: one primary that the others stream from, behind one service to write and one to read.

mod config;
mod pod;
mod services;

use std::num::NonZeroU16;

use builders::{
    ClaimTemplate, DisruptionBudget, Endpoint, Flow, Identity, NamedPort, Peer, SecretRef,
    ServiceAccount, Workload,
};
use configs::postgres::{Members, Transport};
use environment::{Environment, Postgres};
use manifest::IgnoreDifference;
use names::{
    ApplicationName, ConfigMapName, DataKey, PortName, SecretName, ServiceAccountName, ServiceName,
    VolumeName, WorkloadName, name, port,
};

use super::StorageClasses;
use crate::component::Component;
use crate::convert::identity;
use crate::secrets::SecretStore;
use crate::wave;

const PORT: NamedPort = NamedPort::tcp(PortName::from_static("postgres"), port!(5432));
const HEADLESS: ServiceName = ServiceName::from_static("postgres-headless");
const NAME: WorkloadName = WorkloadName::from_static("postgres");

/// What others may refer to.
#[derive(Clone, Debug)]
pub(crate) struct PostgresHandles {
    /// The database's port, for those who call it.
    pub(crate) read_write: Endpoint,
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

/// The two secrets: who owns the database, and what standbys replicate with.
struct Secrets {
    owner: SecretRef,
    replication: SecretRef,
}

const USERNAME: DataKey = DataKey::from_static("username");
const PASSWORD: DataKey = DataKey::from_static("password");

/// The StatefulSet with everything it needs.
pub(crate) fn postgres(
    environment: &Environment,
    settings: &Postgres,
    classes: &StorageClasses,
    store: &SecretStore,
) -> Component<PostgresHandles> {
    let identity = identity(
        &name!(ApplicationName, "postgres"),
        &settings.namespace.value,
        &NAME,
    );
    let count = NonZeroU16::new(settings.instances).unwrap_or(NonZeroU16::MIN);
    let members =
        Members::of_stateful_set(&NAME, &HEADLESS, identity.namespace(), PORT.port, count);
    let meshed = environment
        .namespaces
        .get(identity.namespace())
        .is_some_and(|namespace| namespace.mesh);
    let plan = Plan {
        environment,
        settings,
        members,
        transport: Transport::Clear,
        meshed,
        identity,
    };
    let account = ServiceAccount::new(&plan.identity, &name!(ServiceAccountName, "postgres"));
    let (owner_manifest, owner) = store.secret(
        &plan.identity,
        &name!(SecretName, "postgres-secret"),
        &[USERNAME, PASSWORD],
    );
    let (replication_manifest, replication) = store.secret(
        &plan.identity,
        &name!(SecretName, "postgres-replication"),
        &[PASSWORD],
    );
    let secrets = Secrets { owner, replication };
    let config = config::config(&plan);
    let topology = config::topology(&plan);
    let class = classes.get(&settings.storage.class.value);
    let claim = ClaimTemplate::new(
        &plan.identity,
        &name!(VolumeName, "postgres-storage"),
        &class,
        settings.storage.size.value,
    );
    let services = services::services(&plan.identity);
    let pod = pod::pod(
        &plan,
        &account.handle(),
        &secrets,
        &config,
        &topology.handle(),
        &claim,
    );
    let workload = Workload::stateful_set(pod, &services.headless(), [claim])
        .replicas(settings.instances.into())
        .updated_by_hand();
    let peer = Peer::Workload {
        identity: plan.identity.clone(),
        account: account.handle(),
        meshed,
    };
    let endpoint = Endpoint {
        peer: peer.clone(),
        port: PORT,
    };
    let application = plan.identity.application().clone();
    let namespace = plan.identity.namespace().clone();
    Component::new(
        &application,
        &namespace,
        wave::INFRASTRUCTURE,
        PostgresHandles {
            read_write: endpoint.clone(),
        },
    )
    .talks([Flow::new(&peer, &endpoint)])
    .with([owner_manifest, replication_manifest, account.manifest()])
    .with([config.manifest(), topology.manifest()])
    .with([DisruptionBudget::max_unavailable(&plan.identity, 1).manifest()])
    .with([workload.manifest()])
    .with(services.into_manifests())
    .application(|application| application.ignore_differences(promoted()))
}

/// What an operator changes when he promotes a standby, and Git must not change back.
fn promoted() -> [IgnoreDifference; 2] {
    let topology: ConfigMapName = name!(ConfigMapName, "postgres-topology");
    [
        IgnoreDifference {
            name: Some(topology.to_string()),
            ..IgnoreDifference::of_kind("", "ConfigMap")
        }
        .json_pointer("/data/primary"),
        IgnoreDifference {
            name: Some(services::READ_WRITE.to_string()),
            ..IgnoreDifference::of_kind("", "Service")
        }
        .json_pointer("/spec/selector/statefulset.kubernetes.io~1pod-name"),
    ]
}
