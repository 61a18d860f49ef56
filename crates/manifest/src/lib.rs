//! One manifest, its identity, its YAML text, and applications made of them.
//!
//! ```
//! use k8s_openapi::api::core::v1::ConfigMap;
//! use manifest::Manifest;
//! use names::{ConfigMapName, NamespaceName, name};
//!
//! let manifest = Manifest::namespaced(
//!     &name!(NamespaceName, "production"),
//!     name!(ConfigMapName, "settings"),
//!     ConfigMap { data: Some([("LOG_LEVEL".into(), "info".into())].into()), ..Default::default() },
//! );
//! assert_eq!(manifest.id().to_string(), "v1 ConfigMap production/settings");
//! assert!(manifest.yaml().ends_with("data:\n  LOG_LEVEL: info\n"));
//! ```

mod application;
mod chart;
mod exception;
mod file_name;
mod id;
mod ignore;
mod layout;
mod manifest;
mod object;
mod object_name;
mod sync;

pub use application::{Application, Directory};
pub use chart::ChartSource;
pub use exception::Exception;
pub use id::ResourceId;
pub use ignore::IgnoreDifference;
pub use layout::{Duplicate, Group, Layout, Placed, path_of};
pub use manifest::{Manifest, Scope};
pub use object_name::NamesObject;
pub use sync::{ApplicationSyncOption, SyncOption};
