//! Typed files that travel inside ConfigMaps.
//!
//! One module a system. Formats with a structure are plain structs that serialise to it; formats of
//! their own have a model and a writer; only shell scripts are templates. A value of one of these
//! types is a file that its program accepts, as far as types can say it: closed sets are enums,
//! required things are arguments, and what excludes each other cannot be said together.

pub mod alertmanager;
pub mod checkpoints;
pub mod coordinator;
pub mod elasticsearch;
pub mod falco;
pub mod fluentd;
pub mod grafana;
pub mod kibana;
pub mod kubelet;
pub mod logstash;
pub mod nginx;
pub mod opencost;
mod path;
pub mod pgbouncer;
pub mod postgres;
pub mod prometheus;
pub mod prometheus_adapter;
pub mod registry;
pub mod runbook;
mod serialize;
pub mod templates;
mod text;
pub mod valkey;

pub use path::FilePath;
