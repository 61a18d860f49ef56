//! The servers that hold one database: the pods of a StatefulSet, in the order of their ordinals.

use std::net::IpAddr;
use std::num::NonZeroU16;

use names::{NamespaceName, Port, ServiceName, WorkloadName};
use serde::Serialize;

use crate::serialize;

/// One server and where the others reach it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    name: String,
    host: String,
    #[serde(serialize_with = "serialize::display")]
    port: Port,
}

impl Member {
    /// A pod of a StatefulSet, reached by the name that its headless Service gives it.
    pub fn pod(
        stateful_set: &WorkloadName,
        ordinal: u16,
        service: &ServiceName,
        namespace: &NamespaceName,
        port: Port,
    ) -> Self {
        let name = format!("{stateful_set}-{ordinal}");
        let host = format!("{name}.{}", service.host(namespace));
        Self { name, host, port }
    }

    /// A server at a fixed address.
    pub fn at(name: &WorkloadName, address: IpAddr, port: Port) -> Self {
        Self {
            name: name.to_string(),
            host: address.to_string(),
            port,
        }
    }

    /// The pod's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where the others reach it; its certificate must be valid for this name.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Its port.
    pub const fn port(&self) -> Port {
        self.port
    }
}

/// All members, the one that begins a new database first. There is always one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Members {
    first: Member,
    others: Vec<Member>,
}

impl Members {
    /// These members; the first may begin a new database.
    pub fn new(first: Member, others: impl IntoIterator<Item = Member>) -> Self {
        Self {
            first,
            others: others.into_iter().collect(),
        }
    }

    /// The pods of a StatefulSet behind a headless Service.
    pub fn of_stateful_set(
        stateful_set: &WorkloadName,
        service: &ServiceName,
        namespace: &NamespaceName,
        port: Port,
        replicas: NonZeroU16,
    ) -> Self {
        let pod = |ordinal| Member::pod(stateful_set, ordinal, service, namespace, port);
        Self {
            first: pod(0),
            others: (1..replicas.get()).map(pod).collect(),
        }
    }

    /// The member that begins a new database, and the primary until a failover.
    pub fn first(&self) -> &Member {
        &self.first
    }

    /// All of them, the first one first.
    pub fn iter(&self) -> impl Iterator<Item = &Member> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// How many there are, one at least.
    pub fn count(&self) -> usize {
        1 + self.others.len()
    }
}
