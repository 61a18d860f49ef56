//! Kubernetes' own types, and those of every imported custom resource.

pub use k8s_openapi;

mod object;

#[allow(
    missing_docs,
    clippy::pedantic,
    clippy::all,
    reason = "made by `codegen` from schemas, whose names and sizes are upstream's"
)]
mod groups {
    include!(concat!(env!("OUT_DIR"), "/groups.rs"));
}

pub use groups::*;
