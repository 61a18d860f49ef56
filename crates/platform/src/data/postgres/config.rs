//! The configuration, the access rules and the scripts of PostgreSQL, and the word that names the primary.

use builders::ConfigMap;
use configs::FilePath;
use configs::postgres::{
    AccessRules, Account, Accounts, Archive, Archiving, Configuration, Layout, PoolerAccount,
    Scripts, Sizing,
};
use environment::Postgres;
use names::{Cidr, ConfigMapName, DataKey, name};

use super::{
    MONITORING_ROLE, PASSWORD, POOLER_ROLE, PORT, Plan, REPLICATION_ROLE, archive, sidecars,
};
use crate::provider;

/// From where a proxy of Istio passes on what comes in, so that it is not captured a second time.
const PROXY: Cidr = Cidr::v4([127, 0, 0, 6], 32);
/// Connections with which each pooler looks passwords up.
const LOOKUPS: u16 = 2;

/// The networks that clients come from: in the mesh the server sees its own proxy in place of the pods.
pub(super) fn networks(plan: &Plan<'_>) -> Vec<Cidr> {
    [provider::pod_addresses(plan.environment)]
        .into_iter()
        .chain(plan.meshed.then_some(PROXY))
        .collect()
}

/// The ConfigMap that every pod mounts.
pub(super) fn config(plan: &Plan<'_>) -> ConfigMap {
    let scripts = Scripts {
        members: plan.members.clone(),
        port: PORT.port,
        layout: Layout::default(),
        transport: plan.transport.clone(),
        replication_role: REPLICATION_ROLE,
        accounts: accounts(plan.settings),
        archive: archive::archiving(plan),
        standby_must_stream: false,
    };
    let access = AccessRules::for_replication(&plan.transport, &REPLICATION_ROLE, &networks(plan));
    let access = match &plan.settings.exporter {
        Some(_) => access.monitored_by(&MONITORING_ROLE),
        None => access,
    };
    scripts.files().into_iter().fold(
        ConfigMap::new(&plan.identity, &name!(ConfigMapName, "postgres-config"))
            .entry(
                &name!(DataKey, "postgresql.conf"),
                configuration(plan).to_text(&plan.members),
            )
            .entry(&name!(DataKey, "pg_hba.conf"), access.to_string()),
        |config, (key, text)| config.entry(&key, text),
    )
}

fn configuration(plan: &Plan<'_>) -> Configuration {
    let sizing = Sizing {
        memory: *plan.settings.resources.memory.upper(),
        cpu: *plan.settings.resources.cpu.upper(),
        volume: plan.settings.storage.size.value,
    };
    let layout = Layout::default();
    Configuration {
        max_connections: u16::try_from(plan.settings.connections.value).unwrap_or(u16::MAX),
        archive: match &plan.settings.archive {
            Some(_) => Archive::Command(Archiving::command(&layout)),
            None => Archive::Off,
        },
        ..Configuration::derive(
            sizing,
            &plan.members,
            PORT.port,
            layout,
            plan.transport.clone(),
        )
    }
}

/// The roles of what stands beside the database, with the passwords that upkeep sees.
fn accounts(settings: &Postgres) -> Accounts {
    let account = |role, directory: FilePath| Account {
        role,
        password_file: directory.file(&PASSWORD),
    };
    Accounts {
        monitoring: settings
            .exporter
            .as_ref()
            .map(|_| account(MONITORING_ROLE, sidecars::MONITORING_SECRET)),
        pooler: settings.pooler.as_ref().map(|pooler| PoolerAccount {
            account: account(POOLER_ROLE, sidecars::POOLER_SECRET),
            database: settings.database.to_string(),
            connections: LOOKUPS * (pooler.replicas.value + 1),
        }),
    }
}

/// The name of the primary's pod, in a ConfigMap of its own because a failover changes it, and whether all of them follow
/// a cluster elsewhere.
pub(super) fn topology(plan: &Plan<'_>) -> ConfigMap {
    let topology = ConfigMap::new(&plan.identity, &super::operated::TOPOLOGY)
        .entry(&name!(DataKey, "primary"), plan.members.first().name());
    let follows = match &plan.settings.follows {
        Some(_) => Scripts::FOLLOWS,
        None => Scripts::NOBODY,
    };
    topology.entry(&name!(DataKey, "follows"), follows)
}
