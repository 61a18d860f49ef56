//! What costs money: pods, nodes and storage.

use super::amounts::Amounts;
use super::placement::At;
use super::workloads::{Scale, Workload};
use super::{Capacity, Quantity};

/// What is paid for, at the least and at the most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drivers {
    /// With every workload at its minimum.
    pub minimum: Driver,
    /// With every workload at its maximum, and all jobs running.
    pub maximum: Driver,
}

/// What is paid for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Driver {
    /// Pods.
    pub pods: u64,
    /// Nodes, where pools of them are known.
    pub nodes: u64,
    /// What all pods ask for.
    pub requests: Amounts,
    /// The storage of all claims.
    pub storage: Quantity,
}

impl Capacity {
    /// What is paid for.
    pub fn drivers(&self) -> Drivers {
        Drivers {
            minimum: self.driver(At::Minimum),
            maximum: self.driver(At::Maximum),
        }
    }

    fn driver(&self, at: At) -> Driver {
        let placed = self
            .placements
            .iter()
            .find(|placement| placement.at == at && placement.without_zone.is_none());
        let nodes = placed.map_or(0, |placed| placed.pools.iter().map(|pool| pool.nodes).sum());
        let mut driver = Driver {
            nodes,
            storage: self.claimed,
            ..Driver::default()
        };
        for workload in &self.workloads {
            let pods = pods(workload, at);
            // Of what runs on every node, there is as much as there are nodes in use, and the placement counts it.
            if workload.scale == Scale::Nodes && placed.is_some() {
                continue;
            }
            driver.pods = driver.pods.saturating_add(pods);
            driver.requests.add_times(&workload.pod.requests, pods);
            for claim in &workload.claims {
                let storage = claim.requests.get("storage").times(pods);
                driver.storage = driver.storage.plus(storage);
            }
        }
        if let Some(placed) = placed {
            driver.pods = placed.pools.iter().map(|pool| pool.pods).sum();
            driver.requests = Amounts::default();
            for pool in &placed.pools {
                driver.requests.add(&pool.used);
            }
        }
        driver
    }
}

fn pods(workload: &Workload, at: At) -> u64 {
    match at {
        At::Minimum => workload.minimum.steady,
        At::Maximum => workload.maximum.steady,
    }
}
