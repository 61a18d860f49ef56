//! PgBouncer 1.25 in front of PostgreSQL: its configuration, who may connect to it, and the scripts of its pod.

mod access;
mod configuration;
pub(crate) mod scripts;

pub use access::access_rules;
pub use configuration::{Configuration, Lookup, Pool};
pub use scripts::{Scripts, User};
