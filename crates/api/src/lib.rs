//! Kubernetes' own types, and those of every imported custom resource.
//!
//! [`k8s_openapi`] has the built-in kinds. Custom resources are in one module a group and version, made at build time from
//! the facts in `crates/schemas`: what `cargo xtask schemas import` has read is here at the next build. Both are plain structs
//! that implement [`k8s_openapi::Resource`], [`k8s_openapi::Metadata`] and `Serialize`; the documentation of the crate
//! `codegen` says how a schema becomes a type.
//!
//! ```
//! use api::k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
//! use api::velero_io::v1::{Schedule, ScheduleSpec, ScheduleTemplate};
//!
//! let daily = Schedule {
//!     metadata: ObjectMeta { name: Some("daily".to_owned()), ..Default::default() },
//!     spec: Some(ScheduleSpec {
//!         schedule: "0 2 * * *".to_owned(),
//!         template: ScheduleTemplate { ttl: Some("720h0m0s".to_owned()), ..Default::default() },
//!         ..Default::default()
//!     }),
//! };
//! ```

// For the whole crate, not for the module alone: only then does clippy leave out what it would look for in 100,000 lines.
// `object` is linted with the tests of `codegen`, which compile it too.
#![allow(
    clippy::all,
    clippy::pedantic,
    reason = "made by `codegen` from schemas, whose names and sizes are upstream's"
)]

pub use groups::*;
pub use k8s_openapi;

mod object;

#[allow(missing_docs, reason = "the fields of a schema come without prose")]
mod groups {
    include!(concat!(env!("OUT_DIR"), "/groups.rs"));
}
