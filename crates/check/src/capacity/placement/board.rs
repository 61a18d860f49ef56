//! The nodes and what runs on them so far.

use std::collections::BTreeMap;

use super::super::amounts::{Amounts, CPU};
use super::super::nodes::MOST_NODES;
use super::item::{Item, Vector};
use super::terms::{Term, Topology, Wish};
use super::{Ground, PoolUse};
use crate::quantity::Quantity;

/// More nodes than these are no advice.
const REASONABLE: u64 = 200;

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

/// Where pods of a term are: how many of those it is about, and how many of its owner, in each place.
#[derive(Clone, Default)]
struct Census {
    about: BTreeMap<usize, u64>,
    owners: BTreeMap<usize, u64>,
}

/// Why a node does not take a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Obstacle {
    /// It has too little left of a resource.
    Short(usize),
    /// Another pod has its port.
    Port,
    /// What it has to stand beside is not there.
    NotBeside,
    /// What it may not stand beside is there.
    NotApart,
    /// There would be too many in one place.
    Uneven,
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

    /// Counts pods of a workload that came to a node.
    fn note(&mut self, position: usize, node: usize, count: u64) {
        let terms = &self.ground.items.terms;
        for term in &terms.about[position] {
            if let Some(place) = self.place_of(node, &terms.all[*term]) {
                *self.census[*term].about.entry(place).or_default() += count;
            }
        }
        for term in &terms.of[position] {
            if let Some(place) = self.place_of(node, &terms.all[*term]) {
                *self.census[*term].owners.entry(place).or_default() += count;
            }
        }
    }

    /// The place that a term counts a node to; none for a node without the label.
    fn place_of(&self, node: usize, term: &Term) -> Option<usize> {
        let known = &self.nodes[node];
        match &term.topology {
            Topology::Host => Some(node),
            Topology::Zone => {
                let is_known = !self.ground.items.zones[known.zone].is_empty();
                is_known.then_some(known.zone)
            }
            Topology::Label(key) => {
                let value = self.ground.pools[known.pool].labels.get(key)?;
                self.places.get(&(key.clone(), value.clone())).copied()
            }
        }
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

    /// How many pods there are that it would rather not stand beside.
    fn beside(&self, position: usize, node: usize) -> u64 {
        let terms = &self.ground.items.terms;
        let mut sum = 0;
        for term in &terms.of[position] {
            if terms.all[*term].wish == Wish::RatherEven
                && let Some(place) = self.place_of(node, &terms.all[*term])
            {
                sum += self.census[*term].about.get(&place).copied().unwrap_or(0);
            }
        }
        sum
    }

    /// What keeps a pod from a node that its pool lets it on.
    pub(super) fn obstacle(
        &self,
        item: &Item<'_>,
        position: usize,
        node: usize,
    ) -> Option<Obstacle> {
        if let Some(short) = short_of(&self.nodes[node].free, &item.requests) {
            return Some(Obstacle::Short(short));
        }
        let taken = &self.nodes[node].host_ports;
        if item.host_ports.iter().any(|port| taken.contains(port)) {
            return Some(Obstacle::Port);
        }
        let terms = &self.ground.items.terms;
        for term in &terms.of[position] {
            let place = self.place_of(node, &terms.all[*term]);
            if let Some(obstacle) = self.unmet(item, *term, place) {
                return Some(obstacle);
            }
        }
        // Those that are there may not want it beside them.
        for term in &terms.about[position] {
            if terms.all[*term].wish == Wish::Apart
                && let Some(place) = self.place_of(node, &terms.all[*term])
                && self.census[*term]
                    .owners
                    .get(&place)
                    .is_some_and(|count| *count > 0)
            {
                return Some(Obstacle::NotApart);
            }
        }
        None
    }

    fn unmet(&self, item: &Item<'_>, position: usize, place: Option<usize>) -> Option<Obstacle> {
        let term = &self.ground.items.terms.all[position];
        let about = &self.census[position].about;
        let here = place.map(|place| about.get(&place).copied().unwrap_or(0));
        match term.wish {
            Wish::RatherEven => None,
            Wish::Apart => here
                .is_some_and(|here| here > 0)
                .then_some(Obstacle::NotApart),
            Wish::Beside => {
                let is_first = term.of_own && about.values().all(|count| *count == 0);
                let met = here.is_some_and(|here| here > 0 || is_first);
                (!met).then_some(Obstacle::NotBeside)
            }
            Wish::Even { skew, least_places } => {
                let Some(here) = here else {
                    return Some(Obstacle::Uneven);
                };
                let places = self.places(item, term);
                let counts = places
                    .iter()
                    .map(|place| about.get(place).copied().unwrap_or(0));
                let enough = u64::try_from(places.len()).unwrap_or(u64::MAX) >= least_places;
                let fewest = counts.min().filter(|_| enough).unwrap_or(0);
                (here + u64::from(term.of_own) > fewest + skew).then_some(Obstacle::Uneven)
            }
        }
    }

    /// The places that a term compares: those where nodes stand, or may stand, that the pod selects.
    fn places(&self, item: &Item<'_>, term: &Term) -> Vec<usize> {
        let standing = || {
            let nodes = self.nodes.iter().enumerate();
            nodes
                .filter(|(_, node)| !node.gone && item.is_taken(node.pool, node.machine, node.zone))
        };
        match &term.topology {
            Topology::Host => standing().map(|(node, _)| node).collect(),
            Topology::Zone => {
                let zones = 0..self.ground.items.zones.len();
                zones
                    .filter(|zone| Some(*zone) != self.lost)
                    .filter(|zone| {
                        let pools = self.ground.pools.iter().enumerate();
                        pools.into_iter().any(|(pool, settings)| {
                            (0..settings.machines.len())
                                .any(|machine| item.is_taken(pool, machine, *zone))
                        })
                    })
                    .collect()
            }
            Topology::Label(key) => {
                let mut places: Vec<usize> = standing()
                    .filter_map(|(_, node)| {
                        let value = self.ground.pools[node.pool].labels.get(key)?;
                        self.places.get(&(key.clone(), value.clone())).copied()
                    })
                    .collect();
                places.sort_unstable();
                places.dedup();
                places
            }
        }
    }

    /// Adds a node that takes the pod: of the pool that it likes best, and of these the one that it fills best.
    fn grow(&mut self, item: &Item<'_>, position: usize) -> Option<usize> {
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
    fn shrink(&mut self, pool: usize, machine: usize) {
        self.counts[pool] -= 1;
        let own = &self.ground.pools[pool].machines[machine].capacity;
        let sizes = self.sizes[pool].iter();
        let left = sizes.map(|(resource, amount)| (resource, amount.minus(own.get(resource))));
        self.sizes[pool] = left.collect();
    }

    /// How many nodes more a pool would need for pods that found no place; `None` where no reasonable number helps.
    pub(super) fn needed(&self, pool: usize, position: usize, pods: u64) -> Option<u64> {
        let mut larger = self.clone();
        let before = larger.counts[pool];
        larger.most[pool] = before.saturating_add(REASONABLE);
        larger.limits[pool] = Amounts::default();
        let placed = larger.place(position, pods);
        (placed >= pods).then(|| larger.counts[pool] - before)
    }

    /// Counts pods of a workload that went from a node.
    fn forget(&mut self, position: usize, node: usize, count: u64) {
        let terms = &self.ground.items.terms;
        for term in &terms.about[position] {
            if let Some(place) = self.place_of(node, &terms.all[*term])
                && let Some(known) = self.census[*term].about.get_mut(&place)
            {
                *known = known.saturating_sub(count);
            }
        }
        for term in &terms.of[position] {
            if let Some(place) = self.place_of(node, &terms.all[*term])
                && let Some(known) = self.census[*term].owners.get_mut(&place)
            {
                *known = known.saturating_sub(count);
            }
        }
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

/// The values of labels that terms count places by, numbered.
fn places(ground: &Ground<'_>) -> BTreeMap<(String, String), usize> {
    let mut places = BTreeMap::new();
    for term in &ground.items.terms.all {
        let Topology::Label(key) = &term.topology else {
            continue;
        };
        for value in ground.pools.iter().filter_map(|pool| pool.labels.get(key)) {
            let next = places.len();
            places.entry((key.clone(), value.clone())).or_insert(next);
        }
    }
    places
}

impl Ground<'_> {
    /// What a new node of a machine has left beside what runs on every node.
    pub(super) fn empty(&self, pool: usize, machine: usize) -> Vector {
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
