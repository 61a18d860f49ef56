//! The scripts of the cache's pod: one starts it with its password, one asks whether it answers.

use std::collections::BTreeMap;

use names::{DataKey, Port, name};
use serde::Serialize;

use crate::path::FilePath;
use crate::serialize;
use crate::templates::{shell_script, template};

/// What the scripts agree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scripts {
    /// Where the password is mounted.
    pub password_file: FilePath,
    /// The configuration without the password.
    pub configuration_file: FilePath,
    /// The configuration with it, in a folder that can be written to.
    pub run_file: FilePath,
    /// The port.
    pub port: Port,
}

impl Scripts {
    /// The key of the container's command.
    pub const START: DataKey = name!(DataKey, "start.sh");
    /// The key of the probes' script.
    pub const PING: DataKey = name!(DataKey, "ping.sh");

    /// Both scripts by the keys that they have in a ConfigMap.
    pub fn files(&self) -> BTreeMap<DataKey, String> {
        let start = Start {
            password_file: &self.password_file,
            configuration_file: &self.configuration_file,
            run_file: &self.run_file,
        };
        let ping = Ping {
            password_file: &self.password_file,
            port: self.port,
        };
        BTreeMap::from([
            (Self::START, shell_script(&start)),
            (Self::PING, shell_script(&ping)),
        ])
    }
}

/// What `start.sh` is made from.
#[derive(Clone, Debug, Serialize)]
#[expect(
    clippy::struct_field_names,
    reason = "the names are the template's, which knows of no struct"
)]
pub(crate) struct Start<'a> {
    #[serde(serialize_with = "serialize::display")]
    password_file: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    configuration_file: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    run_file: &'a FilePath,
}

template!(Start<'_>, "valkey/start.sh");

/// What `ping.sh` is made from.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Ping<'a> {
    #[serde(serialize_with = "serialize::display")]
    password_file: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    port: Port,
}

template!(Ping<'_>, "valkey/ping.sh");
