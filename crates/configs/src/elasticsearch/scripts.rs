//! The shell scripts of Elasticsearch's pods and of what sets it up, from the templates in `templates/elasticsearch`.

use std::collections::BTreeMap;

use names::{DataKey, Duration, HostName, ObjectName, Port, linked, name};
use serde::Serialize;

use super::{IndexTemplate, LifecyclePolicy, Role};
use crate::path::FilePath;
use crate::serialize;
use crate::templates::{shell_script, template};

/// The first three nodes elect the first master; those that come later join.
const ELECTORS: u16 = 3;

/// What the scripts inside a node's pod have to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nodes {
    /// The name of the StatefulSet, which the nodes' names begin with.
    pub name: String,
    /// How many nodes there are.
    pub count: u16,
    /// The node's volume.
    pub data: FilePath,
    /// The port of the HTTP API.
    pub http: Port,
    /// The port that opens once the node is part of a cluster.
    pub readiness: Port,
    /// The authority of the HTTP API's certificate.
    pub authority: FilePath,
    /// How long a node that stops waits for the others to be complete.
    pub patience: Duration,
}

impl Nodes {
    /// The key of the container's command.
    pub const START: DataKey = name!(DataKey, "start.sh");
    /// The key of what runs before the container is stopped.
    pub const STOP: DataKey = name!(DataKey, "stop.sh");

    /// The nodes that elect the first master.
    fn electors(&self) -> Vec<String> {
        (0..self.count.min(ELECTORS))
            .map(|number| format!("{}-{number}", self.name))
            .collect()
    }

    /// The scripts by the keys that they have in a ConfigMap.
    pub fn scripts(&self) -> BTreeMap<DataKey, String> {
        let start = Start {
            electors: self.electors(),
            data: &self.data,
            readiness_port: self.readiness,
        };
        let stop = Stop {
            port: self.http,
            authority: &self.authority,
            patience: self.patience.as_seconds(),
        };
        BTreeMap::from([
            (Self::START, shell_script(&start)),
            (Self::STOP, shell_script(&stop)),
        ])
    }
}

/// What `start.sh` is made from.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Start<'a> {
    electors: Vec<String>,
    #[serde(serialize_with = "serialize::display")]
    data: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    readiness_port: Port,
}

template!(Start<'_>, "elasticsearch/start.sh");

/// What `stop.sh` is made from.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Stop<'a> {
    #[serde(serialize_with = "serialize::display")]
    port: Port,
    #[serde(serialize_with = "serialize::display")]
    authority: &'a FilePath,
    patience: u64,
}

template!(Stop<'_>, "elasticsearch/stop.sh");

/// A user of our own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct User {
    /// The file with the user's name.
    #[serde(serialize_with = "serialize::display")]
    pub username: FilePath,
    /// The file with the password.
    #[serde(serialize_with = "serialize::display")]
    pub password: FilePath,
    /// The role.
    #[serde(serialize_with = "serialize::display")]
    pub role: ObjectName,
}

/// The documents that the cluster must have, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documents {
    /// Lifecycle policies.
    pub policies: BTreeMap<ObjectName, LifecyclePolicy>,
    /// Index templates.
    pub templates: BTreeMap<ObjectName, IndexTemplate>,
    /// Roles.
    pub roles: BTreeMap<ObjectName, Role>,
}

/// One document: where it goes, the file that holds it, and its text.
#[derive(Clone, Debug, Serialize)]
struct Document {
    path: String,
    #[serde(serialize_with = "serialize::display")]
    file: DataKey,
    #[serde(skip)]
    text: String,
}

impl Document {
    fn new(kind: &str, api: &str, name: &ObjectName, text: String) -> Self {
        Self {
            path: format!("/{api}/{name}"),
            file: linked(kind, "-", &format!("{name}.json")),
            text,
        }
    }
}

impl Documents {
    /// All of them, policies before the templates that name them.
    fn list(&self) -> Vec<Document> {
        let policies = self
            .policies
            .iter()
            .map(|(name, policy)| Document::new("policy", "_ilm/policy", name, policy.to_json()));
        let templates = self.templates.iter().map(|(name, template)| {
            Document::new("template", "_index_template", name, template.to_json())
        });
        let roles = self
            .roles
            .iter()
            .map(|(name, role)| Document::new("role", "_security/role", name, role.to_json()));
        policies.chain(templates).chain(roles).collect()
    }
}

/// What brings a cluster in line: it may run at any time, as often as wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The host of the HTTP API.
    pub host: HostName,
    /// Its port.
    pub port: Port,
    /// The authority of its certificate.
    pub authority: FilePath,
    /// The file with the password of the user `elastic`.
    pub superuser_password: FilePath,
    /// The file with the password that the user `kibana_system` gets, where there is a Kibana.
    pub kibana_password: Option<FilePath>,
    /// Users of our own.
    pub users: Vec<User>,
    /// Where the documents are mounted.
    pub directory: FilePath,
    /// The documents.
    pub documents: Documents,
}

impl Setup {
    /// The key of the script.
    pub const SCRIPT: DataKey = name!(DataKey, "setup.sh");

    /// The script and the documents by the keys that they have in a ConfigMap.
    pub fn files(&self) -> BTreeMap<DataKey, String> {
        let documents = self.documents.list();
        let script = shell_script(&Script {
            url: format!("https://{}:{}", self.host, self.port),
            authority: &self.authority,
            superuser_password: &self.superuser_password,
            kibana_password: self.kibana_password.as_ref().map(ToString::to_string),
            users: &self.users,
            directory: &self.directory,
            documents: &documents,
        });
        let mut files: BTreeMap<DataKey, String> = documents
            .into_iter()
            .map(|document| (document.file, document.text))
            .collect();
        files.insert(Self::SCRIPT, script);
        files
    }
}

/// What `setup.sh` is made from.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Script<'a> {
    url: String,
    #[serde(serialize_with = "serialize::display")]
    authority: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    superuser_password: &'a FilePath,
    kibana_password: Option<String>,
    users: &'a [User],
    #[serde(serialize_with = "serialize::display")]
    directory: &'a FilePath,
    documents: &'a [Document],
}

template!(Script<'_>, "elasticsearch/setup.sh");
