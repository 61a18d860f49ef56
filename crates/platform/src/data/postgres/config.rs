//! The configuration, the access rules and the scripts of PostgreSQL, and the word that names the primary.

use builders::ConfigMap;
use configs::postgres::{AccessRules, Configuration, DatabaseRole, Layout, Scripts, Sizing};
use environment::Provider;
use names::{Cidr, ConfigMapName, DataKey, name};

use super::{PORT, Plan};

/// From where a proxy of Istio passes on what comes in, so that it is not captured a second time.
const PROXY: Cidr = Cidr::v4([127, 0, 0, 6], 32);
const REPLICATION_ROLE: DatabaseRole = DatabaseRole::from_static("replicator");

/// The ConfigMap that every pod mounts.
pub(super) fn config(plan: &Plan<'_>) -> ConfigMap {
    let Provider::Eks(eks) = &plan.environment.cluster.provider;
    // Pods have addresses of the VPC, but in the mesh the server sees its own proxy in their place.
    let networks: Vec<Cidr> = [eks.vpc.cidr.value]
        .into_iter()
        .chain(plan.meshed.then_some(PROXY))
        .collect();
    let sizing = Sizing {
        memory: *plan.settings.resources.memory.upper(),
        cpu: *plan.settings.resources.cpu.upper(),
        volume: plan.settings.storage.size.value,
    };
    let configuration = Configuration {
        max_connections: u16::try_from(plan.settings.connections).unwrap_or(u16::MAX),
        ..Configuration::derive(
            sizing,
            &plan.members,
            PORT.port,
            Layout::default(),
            plan.transport.clone(),
        )
    };
    let access = AccessRules::for_replication(&plan.transport, &REPLICATION_ROLE, &networks);
    let scripts = Scripts {
        members: plan.members.clone(),
        port: PORT.port,
        layout: Layout::default(),
        transport: plan.transport.clone(),
        replication_role: REPLICATION_ROLE,
        monitoring: None,
        standby_must_stream: false,
    };
    scripts.files().into_iter().fold(
        ConfigMap::new(&plan.identity, &name!(ConfigMapName, "postgres-config"))
            .entry(
                &name!(DataKey, "postgresql.conf"),
                configuration.to_text(&plan.members),
            )
            .entry(&name!(DataKey, "pg_hba.conf"), access.to_string()),
        |config, (key, text)| config.entry(&key, text),
    )
}

/// The name of the primary's pod, in a ConfigMap of its own because a failover changes it.
pub(super) fn topology(plan: &Plan<'_>) -> ConfigMap {
    ConfigMap::new(&plan.identity, &name!(ConfigMapName, "postgres-topology"))
        .entry(&name!(DataKey, "primary"), plan.members.first().name())
}
