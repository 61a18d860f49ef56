//! Adds nodes as a cluster's autoscaler would, and takes them back.

use super::super::Ground;
use super::super::item::{Item, Vector};
use super::{Board, Node, short_of};
use crate::capacity::amounts::Amounts;
use crate::capacity::nodes::MOST_NODES;

/// More nodes than these are no advice.
const REASONABLE: u64 = 200;

impl Board<'_, '_> {
    /// Adds a node that takes the pod: of the pool that it likes best, and of these the one that it fills best.
    pub(super) fn grow(&mut self, item: &Item<'_>, position: usize) -> Option<usize> {
        let mut offers: Vec<(i64, i64, usize, usize)> = Vec::new();
        for pool in 0..self.ground.pools.len() {
            if let Some((machine, waste)) = self.machine_for(item, pool) {
                offers.push((-item.likes[pool], waste, pool, machine));
            }
        }
        offers.sort_unstable();
        for (_, _, pool, machine) in offers {
            let mut zones = self.zones(pool);
            zones.sort_by_key(|zone| {
                let in_zone = |node: &&Node| node.pool == pool && node.zone == *zone && !node.gone;
                (self.nodes.iter().filter(in_zone).count(), *zone)
            });
            for zone in zones {
                if !item.is_taken(pool, machine, zone) {
                    continue;
                }
                let node = self.open(pool, machine, zone);
                if self.obstacle(item, position, node).is_none() {
                    return Some(node);
                }
                self.close(node);
            }
        }
        None
    }

    /// The smallest machine of a pool with room for the pod beside what runs everywhere, and how much of it would be left,
    /// in thousandths; none where the pool may have no more nodes.
    fn machine_for(&self, item: &Item<'_>, pool: usize) -> Option<(usize, i64)> {
        let settings = &self.ground.pools[pool];
        let standing = self.counts[pool];
        if standing >= self.most[pool].min(MOST_NODES) {
            return None;
        }
        (0..settings.machines.len()).find_map(|machine| {
            let within = self.limits[pool].iter().all(|(resource, limit)| {
                let own = settings.machines[machine].capacity.get(resource);
                self.sizes[pool].get(resource).plus(own) <= limit
            });
            if !within {
                return None;
            }
            let free = self.ground.empty(pool, machine);
            short_of(&free, &item.requests)
                .is_none()
                .then(|| (machine, self.waste(pool, machine, &free, item)))
        })
    }

    fn waste(&self, pool: usize, machine: usize, free: &Vector, item: &Item<'_>) -> i64 {
        let whole = &self.ground.items.allocatable[pool][machine];
        let resources = self.ground.items.resources.iter().enumerate();
        let counted = resources.filter(|(_, name)| matches!(name.as_str(), "cpu" | "memory"));
        counted
            .map(|(position, _)| {
                let left = i128::from(free[position] - item.requests[position]) * 1000;
                i64::try_from(left / i128::from(whole[position].max(1))).unwrap_or(0)
            })
            .sum()
    }

    /// Takes back the node that was added last.
    fn close(&mut self, node: usize) {
        let Some(closed) = self.nodes.last() else {
            return;
        };
        let (pool, machine) = (closed.pool, closed.machine);
        let pods: Vec<(usize, u64)> = closed
            .pods
            .iter()
            .map(|(item, count)| (*item, *count))
            .collect();
        for (position, count) in pods {
            self.forget(position, node, count);
        }
        self.nodes.pop();
        self.shrink(pool, machine);
    }

    /// Counts a node less.
    pub(super) fn shrink(&mut self, pool: usize, machine: usize) {
        self.counts[pool] -= 1;
        let own = &self.ground.pools[pool].machines[machine].capacity;
        let sizes = self.sizes[pool].iter();
        let left = sizes.map(|(resource, amount)| (resource, amount.minus(own.get(resource))));
        self.sizes[pool] = left.collect();
    }

    /// How many nodes more a pool would need for pods that found no place; `None` where no reasonable number helps.
    pub(in super::super) fn needed(&self, pool: usize, position: usize, pods: u64) -> Option<u64> {
        let mut larger = self.clone();
        let before = larger.counts[pool];
        larger.most[pool] = before.saturating_add(REASONABLE);
        larger.limits[pool] = Amounts::default();
        let placed = larger.place(position, pods);
        (placed >= pods).then(|| larger.counts[pool] - before)
    }
}

impl Ground<'_> {
    /// What a new node of a machine has left beside what runs on every node.
    pub(in super::super) fn empty(&self, pool: usize, machine: usize) -> Vector {
        let mut free = self.items.allocatable[pool][machine].clone();
        let zones = &self.items.pool_zones[pool];
        for daemon in self.items.daemons() {
            let item = self.items.get(daemon);
            let is_there = zones
                .first()
                .is_some_and(|zone| item.is_taken(pool, machine, *zone));
            if is_there && short_of(&free, &item.requests).is_none() {
                for (free, asked) in free.iter_mut().zip(&item.requests) {
                    *free -= asked;
                }
            }
        }
        free
    }
}
