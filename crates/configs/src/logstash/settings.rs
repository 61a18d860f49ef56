//! `logstash.yml` and `pipelines.yml`.

use names::{Bytes, Duration, Port};
use serde::{Serialize, Serializer};

use crate::path::FilePath;
use crate::serialize;

/// What waits on the disk of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// The most that may wait for Elasticsearch; beyond it the input answers that it is busy.
    pub limit: Bytes,
    /// The most that Elasticsearch refused for good and that is kept for somebody to look at.
    pub refused_limit: Bytes,
    /// How long that is kept.
    pub refused_age: Duration,
}

/// The settings of an instance with one pipeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The pipeline's name.
    pub pipeline: &'static str,
    /// Its file.
    pub pipeline_file: FilePath,
    /// Where the API listens, which probes ask.
    pub api: Port,
    /// What waits on the disk.
    pub queue: Queue,
}

impl Settings {
    /// The text of `logstash.yml`.
    pub fn to_text(&self) -> String {
        yaml::text(&File {
            node: "${POD_NAME}",
            api_host: "0.0.0.0",
            api_port: self.api,
            log_format: "plain",
            ecs: "v8",
            reload: true,
            queue: "persisted",
            queue_limit: self.queue.limit,
            // What waits is taken up at the next start, so stopping need not wait for Elasticsearch.
            drain: false,
            refused: true,
            refused_limit: self.queue.refused_limit,
            refused_policy: "drop_older",
            refused_age: format!("{}h", self.queue.refused_age.as_hours()),
        })
    }

    /// The text of `pipelines.yml`.
    pub fn pipelines(&self) -> String {
        yaml::text(&[PipelineEntry {
            id: self.pipeline,
            file: &self.pipeline_file,
        }])
    }
}

#[derive(Serialize)]
struct File {
    #[serde(rename = "node.name")]
    node: &'static str,
    #[serde(rename = "api.http.host")]
    api_host: &'static str,
    #[serde(rename = "api.http.port", serialize_with = "port")]
    api_port: Port,
    #[serde(rename = "log.format")]
    log_format: &'static str,
    #[serde(rename = "pipeline.ecs_compatibility")]
    ecs: &'static str,
    /// A changed pipeline is taken up without a restart.
    #[serde(rename = "config.reload.automatic")]
    reload: bool,
    #[serde(rename = "queue.type")]
    queue: &'static str,
    #[serde(rename = "queue.max_bytes", serialize_with = "size")]
    queue_limit: Bytes,
    #[serde(rename = "queue.drain")]
    drain: bool,
    #[serde(rename = "dead_letter_queue.enable")]
    refused: bool,
    #[serde(rename = "dead_letter_queue.max_bytes", serialize_with = "size")]
    refused_limit: Bytes,
    #[serde(rename = "dead_letter_queue.storage_policy")]
    refused_policy: &'static str,
    #[serde(rename = "dead_letter_queue.retain.age")]
    refused_age: String,
}

#[derive(Serialize)]
struct PipelineEntry<'a> {
    #[serde(rename = "pipeline.id")]
    id: &'a str,
    #[serde(rename = "path.config", serialize_with = "serialize::display")]
    file: &'a FilePath,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out a reference"
)]
fn port<S: Serializer>(port: &Port, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(port.get())
}

/// Logstash's units are powers of 1024.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out a reference"
)]
fn size<S: Serializer>(size: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{}mb", size.as_mebi()))
}
