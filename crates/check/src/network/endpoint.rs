//! The ends of a connection, as people know them.

use std::fmt;

use super::Addresses;

/// An end of a connection.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Endpoint {
    /// The pods of a workload.
    Workload {
        /// Its namespace.
        namespace: String,
        /// Its kind, `Deployment`.
        kind: String,
        /// Its name.
        name: String,
    },
    /// Somebody that no workload runs.
    Outside(Outside),
}

/// Somebody that no workload runs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outside {
    /// Addresses that the internet routes. There is one for each set that the policies treat differently.
    Internet(Addresses),
    /// Addresses that the internet does not route. There is one for each set that the policies treat differently.
    Addresses(Addresses),
    /// A pod that nobody describes, without labels, in another namespace.
    Cluster,
    /// A node of the cluster, the one that the other end runs on included.
    Node,
}

impl Endpoint {
    /// A workload.
    pub fn workload(kind: &str, namespace: &str, name: &str) -> Self {
        Self::Workload {
            namespace: namespace.to_owned(),
            kind: kind.to_owned(),
            name: name.to_owned(),
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Workload {
                namespace,
                kind,
                name,
            } => write!(formatter, "{kind} {namespace}/{name}"),
            Self::Outside(outside) => outside.fmt(formatter),
        }
    }
}

impl fmt::Display for Outside {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Internet(_) => formatter.write_str("the internet"),
            Self::Addresses(addresses) => write!(formatter, "{addresses}"),
            Self::Cluster => formatter.write_str("any other pod"),
            Self::Node => formatter.write_str("a node"),
        }
    }
}
