//! Validated names, quantities and the other small values that manifests are made of.
//!
//! A value of one of these types is right by construction. Text from outside goes through
//! [`std::str::FromStr`] and fails with [`Invalid`], which says what was expected and shows an
//! example. Text in the source goes through a macro and is checked by the compiler:
//!
//! ```
//! use names::{Bytes, ContainerName, Cpu, ServiceName, WorkloadName, label_key, name, port};
//!
//! let redis = name!(WorkloadName, "redis");
//! assert_eq!(redis.with_suffix::<ServiceName>("-headless").as_str(), "redis-headless");
//! assert_eq!(port!(6379).get(), 6379);
//! assert_eq!(label_key!("app.kubernetes.io/name").prefix(), Some("app.kubernetes.io"));
//! assert_eq!((Cpu::millis(250) * 4).to_string(), "1");
//! assert_eq!("0.5Gi".parse(), Ok(Bytes::mebi(512)));
//!
//! let error = "Redis".parse::<ContainerName>().unwrap_err();
//! assert!(error.to_string().starts_with("invalid container name `Redis`: expected lowercase letters"));
//! ```

mod amount;
mod arn;
mod bytes;
mod cidr;
mod compose;
mod cpu;
mod cron;
mod date;
mod duration;
mod email;
mod error;
mod host;
mod image;
mod kinds;
mod kubernetes;
mod label;
mod macros;
mod narrow;
mod percentage;
mod port;
mod quantity;
pub mod rules;
mod text;
mod url;
mod version;
pub mod well_known;

pub use arn::Arn;
pub use bytes::Bytes;
pub use cidr::Cidr;
pub use compose::{Composable, join, linked};
pub use cpu::Cpu;
pub use cron::CronSchedule;
pub use date::Date;
pub use duration::Duration;
pub use email::EmailAddress;
pub use error::{Invalid, InvalidName};
pub use host::{HostName, HostPattern, PathPrefix};
pub use image::ImageReference;
pub use kinds::{
    ApplicationName, ClaimName, ComponentName, ConfigMapName, ContainerName, DataKey,
    EnvironmentVariable, NamespaceName, ObjectName, PortName, PriorityClassName, RoleName,
    SecretName, ServiceAccountName, ServiceName, StorageClassName, SubsetName, VolumeName,
    WorkloadName,
};
pub use kubernetes::KubernetesMinor;
pub use label::{AnnotationKey, LabelKey, LabelValue};
pub use percentage::{Percentage, Weight};
pub use port::{Port, Protocol};
pub use text::Name;
pub use url::Url;
pub use version::Version;
