//! From an environment to files: pipeline, layout, Argo CD objects, ledger, writing and drift.

mod argocd;
mod declared;
mod error;
pub mod influence;
mod nodes;
mod pipeline;
mod stream;
mod tree;
mod write;

pub use error::{Clash, Refusal, StreamError};
pub use pipeline::{
    Against, Objects, Rendered, Surroundings, capacity, check, cluster, examine, render,
    surroundings,
};
pub use stream::ApplicationWriter;
pub use tree::{Placed, Tree, TreeFile};
pub use write::{
    Comparer, Drift, File, LedgerPlace, Occupant, Options, Summary, WriteError, Writer,
};
