//! The account that a service runs under, and what it may do.

use names::{RoleName, ServiceAccountName};

use crate::{Located, record};

record! {
    /// What a service account may do in its own namespace.
    pub struct AccountPermission {
        /// Resources of the core API group.
        pub resources: Vec<String>,
        /// What may be done with them.
        pub verbs: Vec<String>,
    }
}

record! {
    /// The account that a service runs under.
    pub struct Account {
        /// Its name.
        pub name: ServiceAccountName,
        /// The role that holds its rights.
        pub role: Option<Located<RoleName>>,
        /// Its rights.
        pub may: Vec<AccountPermission> = Vec::new(),
    }
}
