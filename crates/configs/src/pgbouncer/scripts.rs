//! The scripts of PgBouncer's pod: one composes the list of users and starts it, one ends it gently.

use std::collections::BTreeMap;

use names::{DataKey, Duration, name};
use serde::Serialize;

use crate::path::FilePath;
use crate::postgres::DatabaseRole;
use crate::serialize;
use crate::templates::{shell_script, template};

/// A user whose password PgBouncer knows by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct User {
    /// The user's name.
    #[serde(serialize_with = "serialize::display")]
    pub role: DatabaseRole,
    /// Where the password is mounted.
    #[serde(serialize_with = "serialize::display")]
    pub password_file: FilePath,
}

/// What the scripts agree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scripts {
    /// The users of the list.
    pub users: Vec<User>,
    /// The list, in a folder that can be written to.
    pub user_file: FilePath,
    /// `pgbouncer.ini`.
    pub configuration_file: FilePath,
    /// Time in which load balancers learn that a pod is going.
    pub drain: Duration,
}

impl Scripts {
    /// The key of the container's command.
    pub const START: DataKey = name!(DataKey, "start.sh");
    /// The key of the hook before the container is stopped.
    pub const STOP: DataKey = name!(DataKey, "stop.sh");

    /// Both scripts by the keys that they have in a ConfigMap.
    pub fn files(&self) -> BTreeMap<DataKey, String> {
        let start = Start {
            users: &self.users,
            user_file: &self.user_file,
            configuration_file: &self.configuration_file,
        };
        let stop = Stop {
            drain: self.drain.as_seconds(),
        };
        BTreeMap::from([
            (Self::START, shell_script(&start)),
            (Self::STOP, shell_script(&stop)),
        ])
    }
}

/// What `pooler-start.sh` is made from.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Start<'a> {
    users: &'a [User],
    #[serde(serialize_with = "serialize::display")]
    user_file: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    configuration_file: &'a FilePath,
}

template!(Start<'_>, "postgres/pooler-start.sh");

/// What `pooler-stop.sh` is made from.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Stop {
    drain: u64,
}

template!(Stop, "postgres/pooler-stop.sh");
