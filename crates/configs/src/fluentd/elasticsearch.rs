//! The output to Elasticsearch, and the buffer in front of it.

use names::{Bytes, Duration, EnvironmentVariable, HostName, Port};

use super::index::DailyIndex;
use super::plugin::{Plugin, Section};
use crate::path::FilePath;

/// Who the agent is to whom it ships to, from the environment of the pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
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
    /// Its port, usually 9200.
    pub port: Port,
    /// The authority that its certificate must come from; without one, any of those that the image
    /// trusts. It is always checked.
    pub authority: Option<FilePath>,
    /// Who writes; without it nobody in particular.
    pub credentials: Option<Credentials>,
}

/// Events on disk until they are delivered: they outlive the pod, and an outage of Elasticsearch up
/// to these limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileBuffer {
    /// A directory that no other buffer uses.
    pub path: FilePath,
    /// The most that may wait. At the limit reading pauses, and what the kubelet rotates away
    /// meanwhile is lost.
    pub total_limit: Bytes,
    /// The size of one delivery.
    pub chunk_limit: Bytes,
    /// How long after the first event a delivery leaves at the latest.
    pub flush_interval: Duration,
    /// For how long a delivery is tried again before it is given up.
    pub retry_timeout: Duration,
}

impl FileBuffer {
    /// Deliveries of up to 8 MiB every 5 seconds, tried again for three days.
    pub fn new(path: FilePath, total_limit: Bytes) -> Self {
        Self {
            path,
            total_limit,
            chunk_limit: Bytes::mebi(8),
            flush_interval: Duration::seconds(5),
            retry_timeout: Duration::hours(72),
        }
    }

    pub(super) fn section(&self) -> Section {
        Section::buffer_by_tag(
            Plugin::new("file")
                .with("path", &self.path)
                .with("chunk_limit_size", self.chunk_limit)
                .with("total_limit_size", self.total_limit)
                .with("overflow_action", "block")
                .with("compress", "gzip")
                .with("flush_mode", "interval")
                .with("flush_interval", self.flush_interval)
                .with("flush_thread_count", 2)
                // What is left is delivered after the next start, so stopping need not wait for
                // Elasticsearch.
                .with("flush_at_shutdown", false)
                .with("retry_type", "exponential_backoff")
                .with("retry_wait", Duration::seconds(1))
                .with("retry_max_interval", Duration::minutes(1))
                .with("retry_timeout", self.retry_timeout),
        )
    }
}

impl Elasticsearch {
    /// The output to an index a day. The records need the field `_hash`, which becomes their
    /// identity: delivered twice, they are there once.
    pub(super) fn output(
        &self,
        id: &'static str,
        index: &DailyIndex,
        buffer: &FileBuffer,
    ) -> Plugin {
        Plugin::new("elasticsearch")
            .id(id)
            .with("host", self.host.as_str())
            .with("port", u32::from(self.port.get()))
            .with("scheme", "https")
            .with("ssl_verify", true)
            .with_option("ca_file", self.authority.as_ref())
            .with_option(
                "user",
                self.credentials
                    .as_ref()
                    .map(|credentials| credentials.user.clone()),
            )
            .with_option(
                "password",
                self.credentials
                    .as_ref()
                    .map(|credentials| credentials.password.clone()),
            )
            .with("logstash_format", true)
            .with("logstash_prefix", index.prefix())
            .with("logstash_dateformat", index.date_format())
            .with("utc_index", true)
            .with("id_key", "_hash")
            .with("remove_keys", "_hash")
            // Told, not asked: asking ends the start while Elasticsearch is away.
            .with("verify_es_version_at_startup", false)
            .with("default_elasticsearch_version", 9)
            .with("suppress_type_name", true)
            .with("request_timeout", Duration::seconds(30))
            // Through a Service there is one address, and the nodes' own are not reachable.
            .with("reload_connections", false)
            .with("reload_on_failure", true)
            .with("reconnect_on_error", true)
            .with("log_es_400_reason", true)
            // A cluster that is too busy for a record is to be asked again; by default the record
            // would be given up.
            .with(
                "unrecoverable_error_types",
                vec!["out_of_memory_error".to_owned()],
            )
            .section(buffer.section())
    }
}
