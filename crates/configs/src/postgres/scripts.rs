//! The shell scripts of a PostgreSQL pod, from the templates in `templates/postgres`.

use std::collections::BTreeMap;

use names::{DataKey, Port, name};
use serde::Serialize;

use super::layout::Layout;
use super::member::{Member, Members};
use super::role::DatabaseRole;
use super::transport::Transport;
use crate::path::FilePath;
use crate::serialize;
use crate::templates::{Template, shell_script};

/// A role that may read statistics and nothing else, for the exporter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Monitoring {
    /// The role's name.
    #[serde(serialize_with = "serialize::display")]
    pub role: DatabaseRole,
    /// Where its password is mounted.
    #[serde(serialize_with = "serialize::display")]
    pub password_file: FilePath,
}

/// Everything that the scripts of one cluster agree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scripts {
    /// The servers.
    pub members: Members,
    /// The port that each of them listens on inside its pod.
    pub port: Port,
    /// Where the files are.
    pub layout: Layout,
    /// How members reach each other.
    pub transport: Transport,
    /// The role that standbys replicate with.
    pub replication_role: DatabaseRole,
    /// The exporter's role, where there is one.
    pub monitoring: Option<Monitoring>,
    /// Whether a standby that receives no log from the primary stops serving reads. If so, reads
    /// end with an outage of the primary; if not, they may be as old as the outage.
    pub standby_must_stream: bool,
}

impl Scripts {
    /// The key of the start script: the container's command.
    pub const START: DataKey = name!(DataKey, "start.sh");
    /// The key of the script for `/docker-entrypoint-initdb.d`.
    pub const INITIALIZE: DataKey = name!(DataKey, "initialize.sh");
    /// The key of the init container's script.
    pub const PASSFILE: DataKey = name!(DataKey, "passfile.sh");
    /// The key of the readiness probe's script, which serves as the startup probe too.
    pub const READINESS: DataKey = name!(DataKey, "readiness.sh");
    /// The key of the liveness probe's script.
    pub const LIVENESS: DataKey = name!(DataKey, "liveness.sh");

    /// All scripts by the keys that they have in a ConfigMap.
    pub fn files(&self) -> BTreeMap<DataKey, String> {
        BTreeMap::from([
            (Self::START, shell_script(&self.start())),
            (Self::INITIALIZE, shell_script(&self.initialize())),
            (Self::PASSFILE, shell_script(&self.passfile())),
            (Self::READINESS, shell_script(&self.readiness())),
            (Self::LIVENESS, shell_script(&self.liveness())),
        ])
    }

    fn start(&self) -> Start<'_> {
        Start {
            members: self.members.iter().collect(),
            primary_file: &self.layout.primary_file,
            volume: &self.layout.volume,
            data_directory: &self.layout.data_directory,
            configuration_file: self.layout.configuration_file(),
            passfile: &self.layout.passfile,
            transport: self.transport.connection_options(),
            replication_role: &self.replication_role,
        }
    }

    fn initialize(&self) -> Initialize<'_> {
        Initialize {
            replication_role: &self.replication_role,
            replication_password_file: &self.layout.replication_password_file,
            monitoring: self.monitoring.as_ref(),
            volume: &self.layout.volume,
        }
    }

    fn passfile(&self) -> Credentials<'_> {
        Credentials {
            replication_role: &self.replication_role,
            replication_password_file: &self.layout.replication_password_file,
            passfile: &self.layout.passfile,
        }
    }

    fn readiness(&self) -> Readiness<'_> {
        Readiness {
            volume: &self.layout.volume,
            socket_directory: &self.layout.socket_directory,
            port: self.port,
            standby_must_stream: self.standby_must_stream,
        }
    }

    fn liveness(&self) -> Liveness<'_> {
        Liveness {
            socket_directory: &self.layout.socket_directory,
            port: self.port,
        }
    }
}

/// What `start.sh` is made from: it starts a pod's server in the role that the topology gives it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Start<'a> {
    members: Vec<&'a Member>,
    #[serde(serialize_with = "serialize::display")]
    primary_file: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    volume: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    data_directory: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    configuration_file: FilePath,
    #[serde(serialize_with = "serialize::display")]
    passfile: &'a FilePath,
    transport: String,
    #[serde(serialize_with = "serialize::display")]
    replication_role: &'a DatabaseRole,
}

impl Template for Start<'_> {
    const PATH: &'static str = "postgres/start.sh";
    const SOURCE: &'static str = include_str!("../../../../templates/postgres/start.sh");
}

/// What `initialize.sh` is made from: it makes the roles of a new database.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Initialize<'a> {
    #[serde(serialize_with = "serialize::display")]
    replication_role: &'a DatabaseRole,
    #[serde(serialize_with = "serialize::display")]
    replication_password_file: &'a FilePath,
    monitoring: Option<&'a Monitoring>,
    #[serde(serialize_with = "serialize::display")]
    volume: &'a FilePath,
}

impl Template for Initialize<'_> {
    const PATH: &'static str = "postgres/initialize.sh";
    const SOURCE: &'static str = include_str!("../../../../templates/postgres/initialize.sh");
}

/// What `passfile.sh` is made from: it writes the password file of the replication role.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Credentials<'a> {
    #[serde(serialize_with = "serialize::display")]
    replication_role: &'a DatabaseRole,
    #[serde(serialize_with = "serialize::display")]
    replication_password_file: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    passfile: &'a FilePath,
}

impl Template for Credentials<'_> {
    const PATH: &'static str = "postgres/passfile.sh";
    const SOURCE: &'static str = include_str!("../../../../templates/postgres/passfile.sh");
}

/// What `readiness.sh` is made from: it succeeds where the server can be used.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Readiness<'a> {
    #[serde(serialize_with = "serialize::display")]
    volume: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    socket_directory: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    port: Port,
    standby_must_stream: bool,
}

impl Template for Readiness<'_> {
    const PATH: &'static str = "postgres/readiness.sh";
    const SOURCE: &'static str = include_str!("../../../../templates/postgres/readiness.sh");
}

/// What `liveness.sh` is made from: it succeeds unless the server is gone.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Liveness<'a> {
    #[serde(serialize_with = "serialize::display")]
    socket_directory: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    port: Port,
}

impl Template for Liveness<'_> {
    const PATH: &'static str = "postgres/liveness.sh";
    const SOURCE: &'static str = include_str!("../../../../templates/postgres/liveness.sh");
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;

    use names::{NamespaceName, ServiceName, WorkloadName, name, port};

    use super::{DatabaseRole, FilePath, Layout, Members, Monitoring, Scripts, Transport};
    use crate::templates::render;

    /// Without this, a template that does not fit would be found by whoever runs its script.
    #[test]
    fn every_template_fits_its_context_with_everything_on_and_off() {
        let role = DatabaseRole::from_static("monitor");
        let password_file = FilePath::from_static("/etc/monitor/password");
        for (monitoring, standby_must_stream) in [
            (None, false),
            (
                Some(Monitoring {
                    role,
                    password_file,
                }),
                true,
            ),
        ] {
            let service = name!(ServiceName, "db-headless");
            let namespace = name!(NamespaceName, "app");
            let scripts = Scripts {
                members: Members::of_stateful_set(
                    &name!(WorkloadName, "db"),
                    &service,
                    &namespace,
                    port!(5432),
                    NonZeroU16::MIN,
                ),
                port: port!(5432),
                layout: Layout::default(),
                transport: Transport::Clear,
                replication_role: DatabaseRole::from_static("replicator"),
                monitoring,
                standby_must_stream,
            };
            render(&scripts.start()).unwrap();
            render(&scripts.initialize()).unwrap();
            render(&scripts.passfile()).unwrap();
            render(&scripts.readiness()).unwrap();
            render(&scripts.liveness()).unwrap();
            assert!(
                scripts
                    .files()
                    .values()
                    .all(|text| text.starts_with("#!/usr/bin/env bash\n") && text.ends_with('\n'))
            );
        }
    }
}
