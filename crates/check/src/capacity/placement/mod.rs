//! Which node each pod may go to: first the most important and most particular pods, then the largest, each on the first
//! node that takes it, and on a new one where there may be one.
//!
//! This is an estimate and not the scheduler, which spreads pods where this packs them: with luck another order has room
//! for a pod that finds none here, and without it less room is left there. Pods that give way to others, of a priority
//! below zero, are placed last and missed by nobody.

mod board;
mod explain;
mod item;
mod terms;

use std::collections::BTreeMap;

use manifest::ResourceId;

use super::amounts::Amounts;
use super::nodes::NodePool;
use super::workloads::{Demand, Scale};
use crate::cluster::Cluster;
use board::Board;
use item::Items;

/// More pods are not placed one by one.
const MOST_PODS: u64 = 10_000;

/// How many pods every workload has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// As many as its autoscaler leaves at least; no jobs.
    Minimum,
    /// As many as its autoscaler makes at most; all jobs.
    Maximum,
}

impl At {
    /// The name as it is written in arguments and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
        }
    }
}

/// Where all pods go.
#[derive(Clone, Debug)]
pub struct Placement {
    /// How many pods every workload has.
    pub at: At,
    /// The zone whose nodes are gone.
    pub without_zone: Option<String>,
    /// The nodes that are in use or there anyway, by pool and zone, in the order of the pools.
    pub pools: Vec<PoolUse>,
    /// The pods that find no place.
    pub left_over: Vec<LeftOver>,
}

/// The nodes of a pool in one zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolUse {
    /// The pool.
    pub pool: String,
    /// The zone; empty where the pool has none.
    pub zone: String,
    /// How many nodes there are.
    pub nodes: u64,
    /// How many pods run on them, those of daemon sets included.
    pub pods: u64,
    /// What these ask for.
    pub used: Amounts,
    /// What the nodes have to give.
    pub allocatable: Amounts,
}

/// Pods of a workload that find no place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOver {
    /// The workload.
    pub workload: ResourceId,
    /// How many of its pods.
    pub pods: u64,
    /// Of how many.
    pub of: u64,
    /// Why the pools do not take them.
    pub reason: String,
    /// What would make them fit, where that can be told.
    pub remedy: Option<String>,
    /// What kind of fault it is.
    pub fault: Fault,
    pub(crate) demand: usize,
}

/// What kind of fault it is that pods find no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No node that there may ever be takes such a pod, however empty it is.
    Never,
    /// All nodes that would take it are in use.
    Full,
    /// Their volumes are in the zone that is gone: they come back with it.
    Waits,
    /// They are the first to give way, and nobody misses them.
    GivesWay,
}

impl LeftOver {
    /// Whether somebody misses these pods.
    pub fn is_missed(&self) -> bool {
        matches!(self.fault, Fault::Never | Fault::Full)
    }
}

/// What is placed, and where it may go.
pub(crate) struct Ground<'a> {
    items: Items<'a>,
    pools: Vec<NodePool>,
}

/// Reads what is to be placed; `None` where no nodes are known, or there are too many pods.
pub(super) fn ground<'a>(
    cluster: &Cluster<'a>,
    demands: &[Demand<'a>],
    pools: &[NodePool],
) -> Option<Ground<'a>> {
    let pods = demands
        .iter()
        .filter(|demand| demand.workload.scale != Scale::Nodes)
        .map(|demand| demand.workload.maximum.steady)
        .fold(0_u64, u64::saturating_add);
    (!pools.is_empty() && pods <= MOST_PODS).then(|| Ground {
        items: Items::of(cluster, demands, pools),
        pools: pools.to_vec(),
    })
}

impl Ground<'_> {
    /// Places all pods with all nodes there, and without each of the zones where there are several.
    pub(super) fn place_all(&self, ats: &[At]) -> Vec<Placement> {
        let zones = self.items.zones.iter().map(|zone| Some(zone.as_str()));
        let zones: Vec<Option<&str>> = if self.items.zones.len() > 1 {
            zones.collect()
        } else {
            // The loss of the only zone is the loss of everything.
            Vec::new()
        };
        let mut all = vec![self.place(At::Minimum, None), self.place(At::Maximum, None)];
        for at in ats {
            all.extend(zones.iter().map(|zone| self.place(*at, *zone)));
        }
        all
    }

    /// Places all pods.
    pub(crate) fn place(&self, at: At, without_zone: Option<&str>) -> Placement {
        let mut board = Board::new(self);
        let mut left: Vec<Left> = Vec::new();
        for position in self.items.order() {
            let count = self.items.pods(position, at);
            let placed = board.place(position, count);
            if placed < count {
                left.push(explain::left(self, &board, position, count - placed));
            }
        }
        // What wants to stand beside others could not while they were not there.
        retry(&mut board, &mut left);
        let mut waiting = Vec::new();
        if let Some(zone) = without_zone {
            let mut moved: BTreeMap<usize, u64> = BTreeMap::new();
            for (position, pods) in board.lose(zone) {
                if self.items.is_bound(position) {
                    waiting.push(self.waiting(position, pods, at));
                } else {
                    moved.insert(position, pods);
                }
            }
            for earlier in left.drain(..) {
                *moved.entry(earlier.position).or_default() += earlier.pods;
            }
            let mut moved: Vec<(usize, u64)> = moved.into_iter().collect();
            moved.sort_by_key(|(position, _)| self.items.rank(*position));
            for (position, count) in moved {
                let placed = board.place(position, count);
                if placed < count {
                    left.push(explain::left(self, &board, position, count - placed));
                }
            }
            retry(&mut board, &mut left);
        }
        let mut left_over = explain::left_over(self, &board, at, left);
        left_over.extend(waiting);
        Placement {
            at,
            without_zone: without_zone.map(str::to_owned),
            pools: board.uses(),
            left_over,
        }
    }

    /// Pods that come back with their zone.
    fn waiting(&self, position: usize, pods: u64, at: At) -> LeftOver {
        let item = self.items.get(position);
        LeftOver {
            workload: item.id.clone(),
            pods,
            of: self.items.pods(position, at),
            reason: "its volumes are in the zone that is gone".to_owned(),
            remedy: None,
            fault: Fault::Waits,
            demand: item.demand,
        }
    }
}

/// Pods that found no place, and why when they looked for one.
struct Left {
    position: usize,
    pods: u64,
    reason: String,
    remedy: Option<String>,
}

/// Places once more what found no place before, as long as that helps.
fn retry(board: &mut Board<'_, '_>, left: &mut Vec<Left>) {
    for _ in 0..2 {
        let mut helped = false;
        for one in left.iter_mut() {
            let placed = board.place(one.position, one.pods);
            helped |= placed > 0;
            one.pods -= placed;
        }
        left.retain(|one| one.pods > 0);
        if !helped {
            return;
        }
    }
}
