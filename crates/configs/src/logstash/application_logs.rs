//! The pipeline for the logs of applications: Fluentd hands them over as JSON, secrets are blotted out, structure is read
//! out of them, and Elasticsearch gets them in an index a day.

use names::{EnvironmentVariable, HostName, Port};

use super::pipeline::{Condition, Pipeline, Plugin, Step};
use super::value::FieldReference;
use crate::fluentd::DailyIndex;
use crate::path::FilePath;

const MESSAGE: FieldReference = FieldReference::from_static("[message]");
/// What an application said as JSON.
const APPLICATION: FieldReference = FieldReference::from_static("[application]");
/// How grave it is, in lowercase.
const LEVEL: FieldReference = FieldReference::from_static("[level]");
/// Fluentd's identity of the record.
const HASH: FieldReference = FieldReference::from_static("[_hash]");
/// The same on its way through: fields of the metadata are not stored.
const IDENTITY: FieldReference = FieldReference::from_static("[@metadata][id]");
/// What the input tells of the connection, which is Fluentd's and not the application's.
const OF_THE_CONNECTION: [&str; 6] = [
    "[http]",
    "[url]",
    "[user_agent]",
    "[host]",
    "[event]",
    "[@version]",
];
/// Where applications say how grave it is, most usual first.
const LEVELS: [FieldReference; 4] = [
    FieldReference::from_static("[application][level]"),
    FieldReference::from_static("[application][severity]"),
    FieldReference::from_static("[application][log_level]"),
    FieldReference::from_static("[application][lvl]"),
];
/// A bearer token or basic credentials behind their scheme, and values of keys that are secrets by their name.
const SECRETS: [(&str, &str); 2] = [
    (
        r"(?i)\b(bearer|basic)\s+[a-z0-9._~+/=-]{8,}",
        r"\1 [redacted]",
    ),
    (
        r"(?i)\b(password|passwd|secret|api_?key|access_?token|refresh_?token)([\x22']?\s*[:=]\s*[\x22']?)[^\s\x22',;&}]+",
        r"\1\2[redacted]",
    ),
];

/// Variables that hold a user and its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The variable with the user's name.
    pub user: EnvironmentVariable,
    /// The variable with the password.
    pub password: EnvironmentVariable,
}

/// The cluster that gets the logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elasticsearch {
    /// Its host.
    pub host: HostName,
    /// Its port.
    pub port: Port,
    /// The authority that its certificate must come from.
    pub authority: FilePath,
    /// Who writes.
    pub login: Login,
}

/// What the pipeline has to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationLogs {
    /// Where it listens.
    pub port: Port,
    /// The certificate that it shows.
    pub certificate: FilePath,
    /// Its private key, in PKCS #8.
    pub key: FilePath,
    /// Who may hand logs over.
    pub callers: Login,
    /// Where the logs go.
    pub elasticsearch: Elasticsearch,
    /// The index.
    pub index: DailyIndex,
}

impl ApplicationLogs {
    /// The whole pipeline.
    pub fn pipeline(&self) -> Pipeline {
        Pipeline {
            inputs: vec![self.input()],
            filters: filters(),
            outputs: vec![self.output().into()],
        }
    }

    /// What comes as `application/json` is read as such, and an array is one event for each of its items.
    fn input(&self) -> Plugin {
        Plugin::new("http", "from_fluentd")
            .with("host", "0.0.0.0")
            .with("port", u32::from(self.port.get()))
            .with("ssl_enabled", true)
            .with("ssl_certificate", &self.certificate)
            .with("ssl_key", &self.key)
            .with("user", &self.callers.user)
            .with("password", &self.callers.password)
    }

    fn output(&self) -> Plugin {
        let to = &self.elasticsearch;
        Plugin::new("elasticsearch", "to_elasticsearch")
            .with("hosts", vec![format!("https://{}:{}", to.host, to.port)])
            .with("ssl_enabled", true)
            .with(
                "ssl_certificate_authorities",
                vec![to.authority.to_string()],
            )
            .with("ssl_verification_mode", "full")
            .with("user", &to.login.user)
            .with("password", &to.login.password)
            .with("index", self.index.of_event())
            // Delivered twice, a record is there once.
            .with("document_id", format!("%{{{IDENTITY}}}"))
            .with("action", "index")
            .with("data_stream", false)
            // The templates and policies are brought in line by a job of their own.
            .with("manage_template", false)
            .with("ilm_enabled", false)
            .with("compression_level", 1)
    }
}

fn filters() -> Vec<Step> {
    vec![
        Plugin::new("mutate", "identity")
            .with_table("rename", [(HASH, IDENTITY.as_str())])
            .into(),
        Step::when(
            Condition::Lacks(IDENTITY),
            [Plugin::new("uuid", "new_identity")
                .with("target", &IDENTITY)
                .into()],
        ),
        Plugin::new("mutate", "no_connection")
            .with("remove_field", OF_THE_CONNECTION.to_vec())
            .into(),
        redact(),
        Step::when(Condition::Matches(MESSAGE, r"^\s*\{"), structured()).otherwise([plain()]),
        Step::when(
            Condition::Has(LEVEL),
            [Plugin::new("mutate", "level_in_lowercase")
                .with("lowercase", vec![LEVEL.as_str()])
                .into()],
        ),
    ]
}

/// Before anything is read out of the message, so that no copy has what the message lacks.
fn redact() -> Step {
    let substitutions: Vec<String> = SECRETS
        .into_iter()
        .flat_map(|(pattern, replacement)| {
            [
                MESSAGE.to_string(),
                pattern.to_owned(),
                replacement.to_owned(),
            ]
        })
        .collect();
    Plugin::new("mutate", "secrets")
        .with("gsub", substitutions)
        .into()
}

/// A message that is a JSON object becomes one field; one that only looks like it stays a text.
fn structured() -> Vec<Step> {
    let read = Plugin::new("json", "structure")
        .with("source", &MESSAGE)
        .with("target", &APPLICATION)
        .with("skip_on_invalid_json", true);
    let level = LEVELS
        .into_iter()
        .zip(["level", "severity", "log_level", "lvl"])
        .rev()
        .fold(Vec::new(), |rest, (field, id)| {
            let copy =
                Plugin::new("mutate", id).with_table("copy", [(field.clone(), LEVEL.as_str())]);
            vec![Step::when(Condition::Has(field), [copy.into()]).otherwise(rest)]
        });
    std::iter::once(read.into()).chain(level).collect()
}

/// The first word that names a level, if there is one near the start.
fn plain() -> Step {
    Plugin::new("grok", "level_of_text")
        .with_table("match", [(MESSAGE, r"\A.{0,64}?\b%{LOGLEVEL:level}\b")])
        .with("tag_on_failure", Vec::<&str>::new())
        .with("timeout_millis", 1000)
        .into()
}
