//! The agent on every node: it reads what containers and the node's own services write, and ships
//! it to two indices a day.

use std::collections::BTreeMap;

use names::{Bytes, Duration, EnvironmentVariable, NamespaceName, Port, WorkloadName, name, port};

use super::directive::{Configuration, Directive, Label, LogLevel, Match, Source, System};
use super::elasticsearch::{Elasticsearch, FileBuffer};
use super::index::DailyIndex;
use super::logstash::Logstash;
use super::plugin::{Plugin, Section, SectionKind};
use super::route::{LabelName, TagPattern};
use crate::path::FilePath;

const CONTAINERS: LabelName = LabelName::from_static("@CONTAINERS");
const SHIP: LabelName = LabelName::from_static("@SHIP");
const ALL: TagPattern = TagPattern::from_static("**");
const SYSTEM: TagPattern = TagPattern::from_static("system.**");
const APPLICATION: TagPattern = TagPattern::from_static("application.**");
const FLUENT: TagPattern = TagPattern::from_static("fluent.**");

/// What the agent has to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeLogs {
    /// Where the logs go.
    pub elasticsearch: Elasticsearch,
    /// The index of the system: the containers of these namespaces, and the node's services.
    pub system_index: DailyIndex,
    /// The namespaces whose containers belong to the system.
    pub system_namespaces: Vec<NamespaceName>,
    /// The index of everything else.
    pub application_index: DailyIndex,
    /// What reads the logs of everything else before they are stored; it then names the index in place of the agent.
    pub logstash: Option<Logstash>,
    /// The agent itself, whose own output must not be read.
    pub own_workload: WorkloadName,
    /// Its namespace.
    pub own_namespace: NamespaceName,
    /// The value of the field `cluster` in every record.
    pub cluster: String,
    /// The units of the node's journal that are read, such as `kubelet.service`; the journal must
    /// be on the node's disk.
    pub journal_units: Vec<String>,
    /// A directory on the node for positions and buffers, so that a new pod goes on where the old
    /// one was.
    pub state_directory: FilePath,
    /// The most that may wait on the node's disk for each of the two indices.
    pub buffer_limit: Bytes,
}

impl NodeLogs {
    /// The port of `/metrics` and of the probes.
    pub const MONITORING_PORT: Port = port!(24231);
    /// The variable that must hold the node's name: without it the agent of each node watches the
    /// pods of all nodes.
    pub const NODE_NAME: EnvironmentVariable = name!(EnvironmentVariable, "K8S_NODE_NAME");

    /// The whole of `fluent.conf`.
    pub fn configuration(&self) -> Configuration {
        let mut directives = vec![Directive::System(System {
            log_level: LogLevel::Info,
        })];
        directives.extend(monitoring().map(Directive::Source));
        // Without a path the source would end the start; the journal alone may be the system then.
        directives.extend(
            (!self.system_namespaces.is_empty())
                .then(|| Directive::Source(self.system_containers())),
        );
        directives.push(Directive::Source(self.application_containers()));
        directives
            .extend((!self.journal_units.is_empty()).then(|| Directive::Source(self.journal())));
        directives
            .extend([containers(), self.ship(), own_messages(), refused()].map(Directive::Label));
        Configuration { directives }
    }

    /// Log files are called `<pod>_<namespace>_<container>-<id>.log`, and none of the parts has an
    /// underscore.
    fn system_paths(&self) -> Vec<String> {
        self.system_namespaces
            .iter()
            .map(|namespace| format!("/var/log/containers/*_{namespace}_*.log"))
            .collect()
    }

    fn own_path(&self) -> String {
        format!(
            "/var/log/containers/{}-*_{}_*.log",
            self.own_workload, self.own_namespace
        )
    }

    fn system_containers(&self) -> Source {
        self.tail(
            "system_containers",
            &self.system_paths().join(","),
            vec![self.own_path()],
            "system.*",
        )
    }

    fn application_containers(&self) -> Source {
        let mut exclude = self.system_paths();
        exclude.push(self.own_path());
        self.tail(
            "application_containers",
            "/var/log/containers/*.log",
            exclude,
            "application.*",
        )
    }

    fn tail(&self, id: &'static str, path: &str, exclude: Vec<String>, tag: &str) -> Source {
        let plugin = Plugin::new("tail")
            .id(id)
            .with("path", path)
            .with("exclude_path", exclude)
            .with("pos_file", format!("{}/{id}.pos", self.state_directory))
            // Positions of files that are gone are forgotten.
            .with("pos_file_compaction_interval", Duration::hours(24))
            .with("tag", tag)
            .with("read_from_head", true)
            .with("refresh_interval", Duration::seconds(10))
            .with("rotate_wait", Duration::seconds(30))
            // Watching by inotify runs into the node's limit, which all pods share.
            .with("enable_stat_watcher", false)
            .section(Section::of(SectionKind::Parse, Plugin::new("cri")));
        Source {
            label: Some(CONTAINERS),
            plugin,
        }
    }

    fn journal(&self) -> Source {
        let unit = |unit: &String| BTreeMap::from([("_SYSTEMD_UNIT".to_owned(), unit.clone())]);
        let units: Vec<BTreeMap<String, String>> = self.journal_units.iter().map(unit).collect();
        let position = Plugin::new("local")
            .with("persistent", true)
            .with("path", format!("{}/journal.json", self.state_directory));
        let entry = Plugin::none()
            .with("fields_strip_underscores", true)
            .with("fields_lowercase", true);
        let plugin = Plugin::new("systemd")
            .id("journal")
            .with("path", "/var/log/journal")
            .with("matches", units)
            .with("tag", "system.journal")
            .with("read_from_head", true)
            .section(Section::of(SectionKind::Storage, position))
            .section(Section::parameters(SectionKind::Entry, entry));
        Source {
            label: Some(SHIP),
            plugin,
        }
    }

    fn ship(&self) -> Label {
        let cluster = Plugin::none().with("cluster", self.cluster.as_str());
        let name_cluster = Plugin::new("record_transformer")
            .id("cluster_name")
            .with("remove_keys", "logtag")
            .section(Section::parameters(SectionKind::Record, cluster));
        let ship = Label::new(SHIP)
            .filter(ALL, name_cluster)
            // Elasticsearch takes a dot in a field's name for a level: the labels `app` and
            // `app.kubernetes.io/name` would exclude each other.
            .filter(
                ALL,
                Plugin::new("dedot")
                    .id("dots")
                    .with("de_dot_nested", true)
                    .with("de_dot_separator", "_"),
            )
            .filter(
                ALL,
                Plugin::new("elasticsearch_genid")
                    .id("identity")
                    .with("hash_id_key", "_hash"),
            );
        let ship = match &self.logstash {
            Some(_) => ship.filter(APPLICATION, time_of_event()),
            None => ship,
        };
        let system = self.elasticsearch.output(
            "system_index",
            &self.system_index,
            &self.buffer("system-buffer"),
        );
        let buffer = self.buffer("application-buffer");
        let application = match &self.logstash {
            Some(logstash) => logstash.output("application_logstash", &buffer),
            None => {
                self.elasticsearch
                    .output("application_index", &self.application_index, &buffer)
            }
        };
        ship.output(Match::output(SYSTEM, system))
            .output(Match::output(APPLICATION, application))
    }

    fn buffer(&self, name: &'static str) -> FileBuffer {
        FileBuffer::new(self.state_directory.join(name), self.buffer_limit)
    }
}

/// The output to Elasticsearch writes the time of an event by itself; over HTTP only the record goes.
fn time_of_event() -> Plugin {
    let time = Plugin::none().with(
        "@timestamp",
        "${time.utc.strftime('%Y-%m-%dT%H:%M:%S.%6NZ')}",
    );
    Plugin::new("record_transformer")
        .id("time_of_event")
        .with("enable_ruby", true)
        .section(Section::parameters(SectionKind::Record, time))
}

/// Metrics of the process, of every buffer, and of how far reading is behind.
fn monitoring() -> [Source; 3] {
    let metrics = Plugin::new("prometheus")
        .id("metrics")
        .with("bind", "0.0.0.0")
        .with("port", u32::from(NodeLogs::MONITORING_PORT.get()))
        .with("metrics_path", "/metrics");
    let outputs = Plugin::new("prometheus_output_monitor").id("output_metrics");
    let tails = Plugin::new("prometheus_tail_monitor").id("tail_metrics");
    [metrics, outputs, tails].map(|plugin| Source {
        label: None,
        plugin,
    })
}

/// What only container logs need: the runtime cuts lines at 16 KiB, and knows nothing of
/// Kubernetes.
fn containers() -> Label {
    let whole_lines = Plugin::new("concat")
        .id("whole_lines")
        .with("key", "message")
        .with("separator", "")
        // The plugin's own mode for container runtimes drops the field `stream`, which tells errors
        // from output.
        .with("stream_identity_key", "stream")
        .with("partial_key", "logtag")
        .with("partial_value", "P")
        // A line beyond 500 KiB goes on in a further record instead of being cut off.
        .with("buffer_overflow_method", "new")
        .with("flush_interval", Duration::seconds(10))
        // The start of a line whose end never comes is shipped as it is, not refused.
        .with("timeout_label", SHIP.as_str());
    let metadata = Plugin::new("kubernetes_metadata")
        .id("kubernetes_metadata")
        .with("watch", true)
        .with("cache_size", 1000)
        .with_seconds("cache_ttl", Duration::hours(1))
        .with("skip_master_url", true)
        .with("skip_namespace_labels", true);
    Label::new(CONTAINERS)
        .filter(ALL, metadata)
        .filter(ALL, whole_lines)
        .output(Match::relabel(ALL, SHIP))
}

/// Fluentd prints its messages anyway; as events they would run in circles.
fn own_messages() -> Label {
    Label::new(LabelName::FLUENT_LOG).output(Match::output(
        FLUENT,
        Plugin::new("null").id("own_messages"),
    ))
}

/// Records that Elasticsearch refuses for good are printed: the agent's own output is not read, so
/// this cannot run in circles either.
fn refused() -> Label {
    Label::new(LabelName::ERROR).output(Match::output(
        ALL,
        Plugin::new("stdout").id("refused_records"),
    ))
}
