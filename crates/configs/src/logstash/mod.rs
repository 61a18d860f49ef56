//! Logstash 9: its configuration language, its settings, and the pipeline for the logs of applications.

mod application_logs;
mod pipeline;
mod settings;
mod value;
mod writer;

pub use application_logs::{ApplicationLogs, Elasticsearch, Login};
pub use pipeline::{Condition, Pipeline, Plugin, Step};
pub use settings::{Queue, Settings};
pub use value::{FieldReference, Value};
