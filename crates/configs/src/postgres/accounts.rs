//! The roles of what stands beside the database, and the script that keeps them as the secrets say.

use names::Port;
use serde::Serialize;

use super::layout::Layout;
use super::role::DatabaseRole;
use crate::path::FilePath;
use crate::serialize;
use crate::templates::template;

/// Seconds between two heartbeats, and the longest that a new password takes once its file has changed.
const INTERVAL: u32 = 15;

/// A role with the file that its password comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The role's name.
    pub role: DatabaseRole,
    /// Where its password is mounted.
    pub password_file: FilePath,
}

/// The role with which PgBouncer looks up the passwords of all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolerAccount {
    /// The role.
    pub account: Account,
    /// The database that it looks them up in, which is the one that is pooled.
    pub database: String,
    /// How many connections it may open: each PgBouncer uses a few.
    pub connections: u16,
}

/// The roles of what stands beside the database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accounts {
    /// The exporter's, which may read statistics and nothing else.
    pub monitoring: Option<Account>,
    /// PgBouncer's.
    pub pooler: Option<PoolerAccount>,
}

impl Accounts {
    /// Connections that the exporter may open.
    pub const MONITORING_CONNECTIONS: u16 = 5;

    pub(super) fn upkeep<'a>(&'a self, layout: &'a Layout, port: Port) -> Upkeep<'a> {
        let monitoring = self.monitoring.as_ref().map(|account| ManagedRole {
            role: &account.role,
            password_file: &account.password_file,
            connections: Self::MONITORING_CONNECTIONS,
            monitors: true,
        });
        let pooler = self.pooler.as_ref().map(|pooler| ManagedRole {
            role: &pooler.account.role,
            password_file: &pooler.account.password_file,
            connections: pooler.connections,
            monitors: false,
        });
        Upkeep {
            volume: &layout.volume,
            socket_directory: &layout.socket_directory,
            port,
            interval: INTERVAL,
            roles: monitoring.into_iter().chain(pooler).collect(),
            lookup: self.pooler.as_ref().map(|pooler| Lookup {
                role: &pooler.account.role,
                database: &pooler.database,
            }),
        }
    }
}

/// What `upkeep.sh` is made from: it keeps roles and passwords, and writes the heartbeat.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Upkeep<'a> {
    #[serde(serialize_with = "serialize::display")]
    volume: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    socket_directory: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    port: Port,
    interval: u32,
    roles: Vec<ManagedRole<'a>>,
    lookup: Option<Lookup<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct ManagedRole<'a> {
    #[serde(serialize_with = "serialize::display")]
    role: &'a DatabaseRole,
    #[serde(serialize_with = "serialize::display")]
    password_file: &'a FilePath,
    connections: u16,
    monitors: bool,
}

#[derive(Clone, Debug, Serialize)]
struct Lookup<'a> {
    #[serde(serialize_with = "serialize::display")]
    role: &'a DatabaseRole,
    database: &'a str,
}

template!(Upkeep<'_>, "postgres/upkeep.sh");
