//! The shell scripts of a PostgreSQL pod, from the templates in `templates/postgres`.

use std::collections::BTreeMap;

use names::{DataKey, Port, name};
use serde::Serialize;

use super::accounts::{Accounts, Upkeep};
use super::archive::{ArchivePath, Archiving};
use super::layout::Layout;
use super::member::{Member, Members};
use super::role::DatabaseRole;
use super::transport::Transport;
use crate::path::FilePath;
use crate::serialize;
use crate::templates::{shell_script, template};

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
    /// The roles of what stands beside the database.
    pub accounts: Accounts,
    /// Where the log and the base backups are kept, where they are.
    pub archive: Option<Archiving>,
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
    /// The key of the script that runs beside every server.
    pub const UPKEEP: DataKey = name!(DataKey, "upkeep.sh");

    /// The word in place of a primary's name that holds every server, and in place of `archive` that ends following.
    pub const NOBODY: &'static str = "nobody";
    /// The word that makes the first member follow the archive of a cluster elsewhere.
    pub const FOLLOWS: &'static str = "archive";

    /// All scripts by the keys that they have in a ConfigMap.
    pub fn files(&self) -> BTreeMap<DataKey, String> {
        let mut files = BTreeMap::from([
            (Self::START, shell_script(&self.start())),
            (Self::INITIALIZE, shell_script(&self.initialize())),
            (Self::PASSFILE, shell_script(&self.passfile())),
            (Self::READINESS, shell_script(&self.readiness())),
            (Self::LIVENESS, shell_script(&self.liveness())),
            (Self::UPKEEP, shell_script(&self.upkeep())),
        ]);
        if let Some(archive) = &self.archive {
            files.extend(archive.files(self));
        }
        files
    }

    fn upkeep(&self) -> Upkeep<'_> {
        self.accounts.upkeep(&self.layout, self.port)
    }

    fn start(&self) -> Start<'_> {
        Start {
            members: self.members.iter().collect(),
            primary_file: &self.layout.primary_file,
            volume: &self.layout.volume,
            data_directory: &self.layout.data_directory,
            configuration_file: self.layout.configuration_file(),
            configuration_directory: &self.layout.configuration_directory,
            nobody: Self::NOBODY,
            follows: self
                .archive
                .as_ref()
                .and_then(|archive| archive.follows.as_ref())
                .map(|archive| Follows {
                    file: &self.layout.follows_file,
                    word: Self::FOLLOWS,
                    archive,
                }),
            passfile: &self.layout.passfile,
            transport: self.transport.connection_options(),
            replication_role: &self.replication_role,
        }
    }

    fn initialize(&self) -> Initialize<'_> {
        Initialize {
            replication_role: &self.replication_role,
            replication_password_file: &self.layout.replication_password_file,
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
    configuration_directory: &'a FilePath,
    nobody: &'static str,
    follows: Option<Follows<'a>>,
    #[serde(serialize_with = "serialize::display")]
    passfile: &'a FilePath,
    transport: String,
    #[serde(serialize_with = "serialize::display")]
    replication_role: &'a DatabaseRole,
}

/// How the first member follows a cluster elsewhere.
#[derive(Clone, Debug, Serialize)]
struct Follows<'a> {
    #[serde(serialize_with = "serialize::display")]
    file: &'a FilePath,
    word: &'static str,
    #[serde(serialize_with = "serialize::display")]
    archive: &'a ArchivePath,
}

template!(Start<'_>, "postgres/start.sh");

/// What `initialize.sh` is made from: it makes the roles of a new database.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Initialize<'a> {
    #[serde(serialize_with = "serialize::display")]
    replication_role: &'a DatabaseRole,
    #[serde(serialize_with = "serialize::display")]
    replication_password_file: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    volume: &'a FilePath,
}

template!(Initialize<'_>, "postgres/initialize.sh");

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

template!(Credentials<'_>, "postgres/passfile.sh");

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

template!(Readiness<'_>, "postgres/readiness.sh");

/// What `liveness.sh` is made from: it succeeds unless the server is gone.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Liveness<'a> {
    #[serde(serialize_with = "serialize::display")]
    socket_directory: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    port: Port,
}

template!(Liveness<'_>, "postgres/liveness.sh");
