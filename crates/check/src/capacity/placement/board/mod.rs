//! The nodes and what runs on them so far.

mod census;
mod growth;
mod obstacles;

use std::collections::BTreeMap;

use self::census::{Census, places};
pub(super) use self::obstacles::Obstacle;
use super::super::amounts::{Amounts, CPU};
use super::super::nodes::MOST_NODES;
use super::item::{Item, Vector};
use super::{Ground, PoolUse};
use crate::quantity::Quantity;

/// One node.
#[derive(Clone)]
pub(super) struct Node {
    pub(super) pool: usize,
    pub(super) machine: usize,
    pub(super) zone: usize,
    /// What is left of it.
    pub(super) free: Vector,
    /// How many pods of which workloads run there.
    pods: BTreeMap<usize, u64>,
    host_ports: Vec<(String, u64)>,
    gone: bool,
}

/// All nodes.
#[derive(Clone)]
pub(super) struct Board<'b, 'a> {
    ground: &'b Ground<'a>,
    pub(super) nodes: Vec<Node>,
    census: Vec<Census>,
    /// The values of labels that terms count places by.
    places: BTreeMap<(String, String), usize>,
    /// How many nodes each pool has, and what their machines have together.
    pub(super) counts: Vec<u64>,
    sizes: Vec<Amounts>,
    /// How many nodes each pool may have.
    most: Vec<u64>,
    /// What the machines of each pool may have together.
    limits: Vec<Amounts>,
    lost: Option<usize>,
    /// Pods that belong on a node and do not fit there, by workload and pool.
    pub(super) crowded: BTreeMap<(usize, usize), u64>,
}

impl<'b, 'a> Board<'b, 'a> {
    /// The nodes that are always there.
    pub(super) fn new(ground: &'b Ground<'a>) -> Self {
        let pools = ground.pools.len();
        let mut board = Self {
            ground,
            nodes: Vec::new(),
            census: vec![Census::default(); ground.items.terms.all.len()],
            places: places(ground),
            counts: vec![0; pools],
            sizes: vec![Amounts::default(); pools],
            most: ground
                .pools
                .iter()
                .map(|pool| pool.maximum.unwrap_or(MOST_NODES))
                .collect(),
            limits: ground
                .pools
                .iter()
                .map(|pool| pool.limits.clone())
                .collect(),
            lost: None,
            crowded: BTreeMap::new(),
        };
        for (pool, settings) in ground.pools.iter().enumerate() {
            let zones = board.zones(pool);
            for zone in zones.iter().cycle().take(capped(settings.minimum)) {
                if !settings.machines.is_empty() {
                    board.open(pool, 0, *zone);
                }
            }
        }
        board
    }

    fn zones(&self, pool: usize) -> Vec<usize> {
        let zones = self.ground.items.pool_zones.get(pool);
        let standing = zones.into_iter().flatten().copied();
        standing.filter(|zone| Some(*zone) != self.lost).collect()
    }

    /// Adds a node with what runs on every node of its kind.
    fn open(&mut self, pool: usize, machine: usize, zone: usize) -> usize {
        let position = self.nodes.len();
        let items = &self.ground.items;
        self.nodes.push(Node {
            pool,
            machine,
            zone,
            free: items.allocatable[pool][machine].clone(),
            pods: BTreeMap::new(),
            host_ports: Vec::new(),
            gone: false,
        });
        self.counts[pool] += 1;
        self.sizes[pool].add(&self.ground.pools[pool].machines[machine].capacity);
        for daemon in items.daemons() {
            let item = items.get(daemon);
            if !item.is_taken(pool, machine, zone) {
                continue;
            }
            if short_of(&self.nodes[position].free, &item.requests).is_some() {
                *self.crowded.entry((daemon, pool)).or_default() += 1;
            } else {
                self.put(daemon, position);
            }
        }
        position
    }

    fn put(&mut self, position: usize, node: usize) {
        let items = &self.ground.items;
        let item = items.get(position);
        let to = &mut self.nodes[node];
        for (free, asked) in to.free.iter_mut().zip(&item.requests) {
            *free -= asked;
        }
        *to.pods.entry(position).or_default() += 1;
        to.host_ports.extend(item.host_ports.iter().cloned());
        self.note(position, node, 1);
    }

    /// Places up to `count` pods of a workload and says how many found a place.
    pub(super) fn place(&mut self, position: usize, count: u64) -> u64 {
        let item = self.ground.items.get(position);
        let may = |node: &Node| {
            !node.gone
                && item.is_taken(node.pool, node.machine, node.zone)
                && short_of(&node.free, &item.requests).is_none()
        };
        let nodes = self.nodes.iter().enumerate();
        let mut candidates: Vec<usize> = nodes
            .filter(|(_, node)| may(node))
            .map(|(node, _)| node)
            .collect();
        for placed in 0..count {
            let best = self.best(item, position, &candidates);
            let Some(node) = best.or_else(|| self.grow(item, position)) else {
                return placed;
            };
            self.put(position, node);
            if short_of(&self.nodes[node].free, &item.requests).is_some() {
                candidates.retain(|candidate| *candidate != node);
            } else if best.is_none() {
                candidates.push(node);
            }
        }
        count
    }

    /// The node that a pod likes best of those that take it, and of these the first.
    fn best(&self, item: &Item<'_>, position: usize, candidates: &[usize]) -> Option<usize> {
        let mut best: Option<((i64, u64), usize)> = None;
        for node in candidates {
            if self.obstacle(item, position, *node).is_some() {
                continue;
            }
            let rank = (
                -item.likes[self.nodes[*node].pool],
                self.beside(position, *node),
            );
            if best.is_none_or(|(known, _)| rank < known) {
                best = Some((rank, *node));
            }
        }
        best.map(|(_, node)| node)
    }

    /// Loses all nodes of a zone, and says which pods have to go elsewhere.
    pub(super) fn lose(&mut self, zone: &str) -> Vec<(usize, u64)> {
        let items = &self.ground.items;
        self.lost = items.zones.iter().position(|known| known == zone);
        let mut lost: BTreeMap<usize, u64> = BTreeMap::new();
        for node in 0..self.nodes.len() {
            if self.nodes[node].gone || Some(self.nodes[node].zone) != self.lost {
                continue;
            }
            let pods = std::mem::take(&mut self.nodes[node].pods);
            for (position, count) in pods {
                self.forget(position, node, count);
                if items.get(position).scale != super::Scale::Nodes {
                    *lost.entry(position).or_default() += count;
                }
            }
            self.nodes[node].gone = true;
            self.shrink(self.nodes[node].pool, self.nodes[node].machine);
        }
        lost.into_iter().collect()
    }

    /// The nodes that stand, for who asks why one does not do.
    pub(super) fn standing(&self, pool: usize) -> Vec<usize> {
        let nodes = self.nodes.iter().enumerate();
        let of_pool = nodes.filter(|(_, node)| node.pool == pool && !node.gone);
        of_pool.map(|(node, _)| node).collect()
    }

    /// The nodes in use, by pool and zone.
    pub(super) fn uses(&self) -> Vec<PoolUse> {
        let items = &self.ground.items;
        let mut uses: BTreeMap<(usize, usize), PoolUse> = BTreeMap::new();
        for node in self.nodes.iter().filter(|node| !node.gone) {
            let one = uses
                .entry((node.pool, node.zone))
                .or_insert_with(|| PoolUse {
                    pool: self.ground.pools[node.pool].name.clone(),
                    zone: items.zones[node.zone].clone(),
                    nodes: 0,
                    pods: 0,
                    used: Amounts::default(),
                    allocatable: Amounts::default(),
                });
            one.nodes += 1;
            one.pods += node.pods.values().sum::<u64>();
            let machine = &self.ground.pools[node.pool].machines[node.machine];
            one.allocatable.add(&machine.allocatable);
            let whole = &items.allocatable[node.pool][node.machine];
            let asked: Amounts = items
                .resources
                .iter()
                .enumerate()
                .map(|(position, name)| {
                    (
                        name.as_str(),
                        quantity(name, whole[position] - node.free[position]),
                    )
                })
                .collect();
            one.used.add(&asked);
        }
        uses.into_values().collect()
    }
}

fn capped(count: u64) -> usize {
    usize::try_from(count.min(MOST_NODES)).unwrap_or(0)
}

/// The first resource of which there is too little.
pub(super) fn short_of(free: &Vector, asked: &Vector) -> Option<usize> {
    let pairs = free.iter().zip(asked);
    pairs
        .into_iter()
        .position(|(free, asked)| *asked > 0 && asked > free)
}

/// A number of the vector as a quantity.
pub(super) fn quantity(resource: &str, number: i64) -> Quantity {
    if resource == CPU {
        return Quantity::thousandths_of(number);
    }
    Quantity::whole(number)
}
