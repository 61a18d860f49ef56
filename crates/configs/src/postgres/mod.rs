//! PostgreSQL 15 without an operator: its configuration, its access rules, and the scripts that
//! make one primary and its standbys.
//!
//! One ConfigMap key names the primary. Each pod's start script reads it, makes sure that no other
//! member already is the primary, and starts the server as the primary or as a streaming standby,
//! cloned or rewound from the primary where that is needed. Asking the others is a fence as long as
//! they can be reached; through a divided network only a lease or a quorum would hold, which need
//! an operator.

mod access;
pub(crate) mod accounts;
pub(crate) mod archive;
mod configuration;
mod configuration_text;
mod layout;
mod member;
mod role;
pub(crate) mod scripts;
mod setting;
mod transport;

pub use access::{AccessRule, AccessRules, Database, Method, User};
pub use accounts::{Account, Accounts, PoolerAccount};
pub use archive::{ArchivePath, Archiving, Remote};
pub use configuration::{Archive, Configuration, Replication, Sizing, Synchronous};
pub use layout::Layout;
pub use member::{Member, Members};
pub use role::DatabaseRole;
pub use scripts::Scripts;
pub use transport::{ServerCertificate, Transport};
