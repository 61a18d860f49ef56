//! Roles: what a user may do.

use serde::Serialize;

use super::json;

/// What a role may do with some indices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IndexPrivileges {
    /// The indices, with `*` for any characters.
    pub names: Vec<String>,
    /// The privileges.
    pub privileges: Vec<&'static str>,
}

/// What a role may do in Kibana, in every space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KibanaPrivileges {
    application: &'static str,
    privileges: [&'static str; 1],
    resources: [&'static str; 1],
}

impl KibanaPrivileges {
    /// To look at everything and change nothing.
    pub const READ: Self = Self {
        application: "kibana-.kibana",
        privileges: ["read"],
        resources: ["*"],
    };
}

/// A role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Role {
    /// What it may do with the cluster.
    pub cluster: Vec<&'static str>,
    /// What it may do with indices.
    pub indices: Vec<IndexPrivileges>,
    /// What it may do in Kibana.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub applications: Vec<KibanaPrivileges>,
}

impl Role {
    /// Writes these indices, makes them where they are missing, and reads nothing.
    pub fn writer(indices: Vec<String>) -> Self {
        Self {
            // The version and the licence, which clients ask for when they connect.
            cluster: vec!["monitor"],
            indices: vec![IndexPrivileges {
                names: indices,
                privileges: vec!["auto_configure", "index"],
            }],
            applications: Vec::new(),
        }
    }

    /// Searches these indices, in Kibana as well, and changes nothing.
    pub fn reader(indices: Vec<String>) -> Self {
        Self {
            cluster: Vec::new(),
            indices: vec![IndexPrivileges {
                names: indices,
                privileges: vec!["read", "view_index_metadata"],
            }],
            applications: vec![KibanaPrivileges::READ],
        }
    }

    /// Sees how the cluster and its indices are, and none of what they hold.
    pub fn observer() -> Self {
        Self {
            cluster: vec!["monitor"],
            indices: vec![IndexPrivileges {
                names: vec!["*".to_owned()],
                privileges: vec!["monitor"],
            }],
            applications: Vec::new(),
        }
    }

    /// What `PUT _security/role/NAME` takes.
    pub fn to_json(&self) -> String {
        json::text(self)
    }
}
