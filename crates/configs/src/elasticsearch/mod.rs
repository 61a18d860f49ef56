//! Elasticsearch 9: `elasticsearch.yml`, the documents that its HTTP API takes, and the scripts of its pods.

mod access;
mod index_template;
mod json;
mod lifecycle;
mod scripts;
mod settings;

pub use access::{IndexPrivileges, KibanaPrivileges, Role};
pub use index_template::IndexTemplate;
pub use lifecycle::LifecyclePolicy;
pub use scripts::{Documents, Nodes, Setup, User};
pub(crate) use scripts::{Script, Start, Stop};
pub use settings::{Certificate, Settings};
