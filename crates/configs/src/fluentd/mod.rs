//! Fluentd 1.19: its configuration language, and the configuration of the agent that ships every
//! node's logs.
//!
//! The plugins are those of the image
//! `fluent/fluentd-kubernetes-daemonset:v1.19.3-debian-elasticsearch9-1.1`.

mod directive;
mod elasticsearch;
mod index;
mod logstash;
mod node_logs;
mod plugin;
mod route;
mod value;
mod writer;

pub use directive::{
    Configuration, Directive, Filter, Label, LogLevel, Match, Route, Source, System,
};
pub use elasticsearch::{Credentials, Elasticsearch, FileBuffer};
pub use index::DailyIndex;
pub use logstash::Logstash;
pub use node_logs::NodeLogs;
pub use plugin::{Plugin, Section, SectionKind};
pub use route::{LabelName, TagPattern};
pub use value::Value;
