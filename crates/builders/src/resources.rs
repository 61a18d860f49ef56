//! What a container asks for and what it may use at most.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::ResourceRequirements;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use names::{Bytes, Cpu};

/// Requests and limits of one container.
///
/// A missing CPU limit means that the container may use what is idle on its node; a missing memory limit is not
/// expressible, because such a container is the first to be killed and takes its neighbours along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resources {
    /// CPU that the scheduler reserves.
    pub cpu_request: Cpu,
    /// CPU above which the container is throttled.
    pub cpu_limit: Option<Cpu>,
    /// Memory that the scheduler reserves.
    pub memory_request: Bytes,
    /// Memory above which the container is killed.
    pub memory_limit: Bytes,
    /// Scratch space that is reserved and at most used: writable layer, logs and empty directories.
    pub ephemeral_storage: Option<(Bytes, Bytes)>,
}

impl Resources {
    /// Requests and limits as two pairs, CPU first.
    pub const fn new(request: (Cpu, Bytes), limit: (Cpu, Bytes)) -> Self {
        Self {
            cpu_request: request.0,
            cpu_limit: Some(limit.0),
            memory_request: request.1,
            memory_limit: limit.1,
            ephemeral_storage: None,
        }
    }

    /// Reserves scratch space and limits it.
    #[must_use]
    pub const fn ephemeral_storage(mut self, request: Bytes, limit: Bytes) -> Self {
        self.ephemeral_storage = Some((request, limit));
        self
    }

    /// No limit of CPU.
    #[must_use]
    pub const fn unthrottled(mut self) -> Self {
        self.cpu_limit = None;
        self
    }

    /// The form that Kubernetes takes.
    pub fn requirements(&self) -> ResourceRequirements {
        let mut requests = BTreeMap::from([
            ("cpu".to_owned(), Quantity(self.cpu_request.to_string())),
            (
                "memory".to_owned(),
                Quantity(self.memory_request.to_string()),
            ),
        ]);
        let mut limits =
            BTreeMap::from([("memory".to_owned(), Quantity(self.memory_limit.to_string()))]);
        if let Some(cpu) = self.cpu_limit {
            limits.insert("cpu".to_owned(), Quantity(cpu.to_string()));
        }
        if let Some((request, limit)) = self.ephemeral_storage {
            requests.insert(
                "ephemeral-storage".to_owned(),
                Quantity(request.to_string()),
            );
            limits.insert("ephemeral-storage".to_owned(), Quantity(limit.to_string()));
        }
        ResourceRequirements {
            requests: Some(requests),
            limits: Some(limits),
            ..Default::default()
        }
    }
}
