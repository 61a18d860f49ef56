//! What is to be placed: each workload with its numbers, its wishes, and the nodes that may take it.

use std::collections::BTreeSet;

use manifest::ResourceId;
use serde_json::Value as Json;

use super::super::amounts::{Amounts, CPU, EPHEMERAL_STORAGE, MEMORY, PODS};
use super::super::constraints::{self, MACHINE, NodeLabels, ZONE};
use super::super::nodes::NodePool;
use super::super::volumes;
use super::super::workloads::{Demand, Scale};
use super::At;
use super::terms::{self, Terms, Wish};
use crate::cluster::{Cluster, list, text};
use crate::pointer::Lookup;
use crate::quantity::Quantity;

/// Amounts by the position of their resource in [`Items::resources`]; CPU in thousandths.
pub(super) type Vector = Vec<i64>;

/// More than any machine has.
const PLENTY: i64 = i64::MAX / 4;

/// One workload to be placed.
pub(super) struct Item<'a> {
    /// Its position among the workloads.
    pub(super) demand: usize,
    pub(super) id: ResourceId,
    pub(super) spec: &'a Json,
    pub(super) scale: Scale,
    pub(super) minimum: u64,
    pub(super) maximum: u64,
    pub(super) priority: i64,
    pub(super) requests: Vector,
    /// For each pool, machine and zone whether they take its pods.
    takes: Vec<Vec<Vec<bool>>>,
    /// For each pool how much its pods would like to be there.
    pub(super) likes: Vec<i64>,
    /// Ports of the node that its pods need for themselves.
    pub(super) host_ports: Vec<(String, u64)>,
    /// Whether its volumes stay in their zone.
    bound: bool,
    /// How particular it is.
    wishes: usize,
}

/// Everything to be placed.
pub(super) struct Items<'a> {
    all: Vec<Item<'a>>,
    pub(super) terms: Terms,
    /// The names of the resources that are counted.
    pub(super) resources: Vec<String>,
    /// The zones of all pools.
    pub(super) zones: Vec<String>,
    /// For each pool the positions of its zones.
    pub(super) pool_zones: Vec<Vec<usize>>,
    /// What each machine of each pool has to give.
    pub(super) allocatable: Vec<Vec<Vector>>,
    order: Vec<usize>,
    ranks: Vec<usize>,
}

impl<'a> Items<'a> {
    pub(super) fn of(cluster: &Cluster<'a>, demands: &[Demand<'a>], pools: &[NodePool]) -> Self {
        let resources = resources(demands);
        let zones: BTreeSet<&str> = pools.iter().flat_map(zones_of).collect();
        let zones: Vec<String> = zones.into_iter().map(str::to_owned).collect();
        let place = |zone: &str| zones.iter().position(|known| known == zone).unwrap_or(0);
        let pool_zones: Vec<Vec<usize>> = pools
            .iter()
            .map(|pool| zones_of(pool).map(place).collect())
            .collect();
        let allocatable = pools.iter().map(|pool| {
            let machines = pool.machines.iter();
            machines
                .map(|machine| given(&machine.allocatable, &resources))
                .collect()
        });
        let allocatable = allocatable.collect();
        let known: Vec<(usize, &Demand<'a>)> = demands.iter().enumerate().collect();
        let reader = ItemReader {
            cluster,
            pools,
            zones: &zones,
            pool_zones: &pool_zones,
            resources: &resources,
        };
        let mut all: Vec<Item<'a>> = known
            .iter()
            .map(|(position, demand)| reader.item(*position, demand))
            .collect();
        let borrowed: Vec<&Demand<'a>> = known.into_iter().map(|(_, demand)| demand).collect();
        let terms = terms::Reader::new(cluster, &borrowed).read();
        for (item, own) in all.iter_mut().zip(&terms.of) {
            let hard = own.iter().filter_map(|term| terms.all.get(*term));
            item.wishes += hard.filter(|term| term.wish != Wish::RatherEven).count();
        }
        let order = order(&all, &terms);
        let mut ranks = vec![0; all.len()];
        for (rank, position) in order.iter().enumerate() {
            if let Some(entry) = ranks.get_mut(*position) {
                *entry = rank;
            }
        }
        Self {
            all,
            terms,
            resources,
            zones,
            pool_zones,
            allocatable,
            order,
            ranks,
        }
    }

    pub(super) fn get(&self, position: usize) -> &Item<'a> {
        &self.all[position]
    }

    /// The workloads that run on every node.
    pub(super) fn daemons(&self) -> impl Iterator<Item = usize> {
        let all = self.all.iter().enumerate();
        all.filter(|(_, item)| item.scale == Scale::Nodes)
            .map(|(position, _)| position)
    }

    /// All others, in the order in which they are placed.
    pub(super) fn order(&self) -> impl Iterator<Item = usize> {
        self.order.iter().copied()
    }

    pub(super) fn rank(&self, position: usize) -> usize {
        self.ranks.get(position).copied().unwrap_or(usize::MAX)
    }

    /// How many pods of a workload are placed.
    pub(super) fn pods(&self, position: usize, at: At) -> u64 {
        let item = self.get(position);
        match at {
            At::Minimum => item.minimum,
            At::Maximum => item.maximum,
        }
    }

    pub(super) fn is_bound(&self, position: usize) -> bool {
        self.get(position).bound
    }
}

impl Item<'_> {
    /// Whether nodes of a pool, machine and zone take the pods of this workload.
    pub(super) fn is_taken(&self, pool: usize, machine: usize, zone: usize) -> bool {
        let zones = self
            .takes
            .get(pool)
            .and_then(|machines| machines.get(machine));
        zones
            .and_then(|zones| zones.get(zone))
            .copied()
            .unwrap_or(false)
    }

    /// Whether any node of a pool takes them.
    pub(super) fn is_taken_by(&self, pool: usize) -> bool {
        let machines = self.takes.get(pool).into_iter().flatten();
        machines.flatten().any(|taken| *taken)
    }
}

/// The zones of a pool; one without a name where none is known.
fn zones_of(pool: &NodePool) -> impl Iterator<Item = &str> {
    let unknown = pool.zones.is_empty().then_some("");
    pool.zones.iter().map(String::as_str).chain(unknown)
}

/// The most important first, then the most particular, then the largest; what has to stand beside others after these.
fn order(all: &[Item<'_>], terms: &Terms) -> Vec<usize> {
    let joins = |position: usize| {
        let own = terms.of.get(position).into_iter().flatten();
        let mut wishes = own.filter_map(|term| terms.all.get(*term));
        wishes.any(|term| term.wish == Wish::Beside && !term.of_own)
    };
    let largest: Vec<i64> = (0..all.first().map_or(0, |item| item.requests.len()))
        .map(|resource| {
            all.iter()
                .map(|item| item.requests[resource])
                .max()
                .unwrap_or(0)
                .max(1)
        })
        .collect();
    // The share of the largest request of each kind, in millionths.
    let size = |item: &Item<'_>| -> i64 {
        let parts = item.requests.iter().zip(&largest);
        parts
            .map(|(amount, most)| {
                i64::try_from(i128::from(*amount) * 1_000_000 / i128::from(*most)).unwrap_or(0)
            })
            .max()
            .unwrap_or(0)
    };
    let mut order: Vec<usize> = (0..all.len())
        .filter(|position| all[*position].scale != Scale::Nodes)
        .collect();
    order.sort_by_cached_key(|position| {
        let item = &all[*position];
        let particular = usize::from(item.wishes > 0 || item.bound);
        (
            std::cmp::Reverse(item.priority),
            joins(*position),
            std::cmp::Reverse(particular),
            std::cmp::Reverse(size(item)),
            item.id.clone(),
        )
    });
    order
}

/// The resources that anybody asks for.
fn resources(demands: &[Demand<'_>]) -> Vec<String> {
    let asked = demands
        .iter()
        .flat_map(|demand| demand.workload.pod.requests.iter().map(|(name, _)| name));
    let all: BTreeSet<&str> = asked.chain([CPU, MEMORY, PODS]).collect();
    all.into_iter().map(str::to_owned).collect()
}

fn number(resource: &str, amount: Quantity) -> i64 {
    let number = if resource == CPU {
        amount.thousandths()
    } else {
        amount.rounded_up()
    };
    number.clamp(0, PLENTY)
}

/// What a machine has to give. Of the disk nobody knows, there is enough; of a device, there is none.
fn given(allocatable: &Amounts, resources: &[String]) -> Vector {
    let read = |resource: &String| match resource.as_str() {
        _ if allocatable.states(resource) => number(resource, allocatable.get(resource)),
        PODS => 110,
        EPHEMERAL_STORAGE => PLENTY,
        _ => 0,
    };
    resources.iter().map(read).collect()
}

/// Reads what is to be placed of one workload.
struct ItemReader<'r, 'a> {
    cluster: &'r Cluster<'a>,
    pools: &'r [NodePool],
    zones: &'r [String],
    pool_zones: &'r [Vec<usize>],
    resources: &'r [String],
}

impl<'a> ItemReader<'_, 'a> {
    fn item(&self, position: usize, demand: &Demand<'a>) -> Item<'a> {
        const NOTHING: &Json = &Json::Null;
        let workload = &demand.workload;
        let spec = demand.spec.unwrap_or(NOTHING);
        let volumes = volumes::of(self.cluster, demand);
        let asked = |resource: &String| match resource.as_str() {
            PODS => 1,
            _ => number(resource, workload.pod.requests.get(resource)),
        };
        let pools = self.pools.iter().enumerate();
        let takes = pools.map(|(pool, settings)| self.takes(pool, settings, spec, &volumes));
        let has_selector = spec.get("nodeSelector").is_some();
        let required = "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution";
        Item {
            demand: position,
            id: workload.id.clone(),
            spec,
            scale: workload.scale,
            minimum: workload.minimum.steady,
            maximum: workload.maximum.steady,
            priority: workload.priority,
            requests: self.resources.iter().map(asked).collect(),
            takes: takes.collect(),
            likes: self.pools.iter().map(|pool| likes(pool, spec)).collect(),
            host_ports: host_ports(spec),
            bound: volumes.bound,
            wishes: usize::from(has_selector || spec.lookup(required).is_some()),
        }
    }

    fn takes(
        &self,
        pool: usize,
        settings: &NodePool,
        spec: &Json,
        volumes: &volumes::Volumes<'_>,
    ) -> Vec<Vec<bool>> {
        let tolerated = constraints::tolerates(spec, &settings.taints);
        let of_pool = self.pool_zones.get(pool).map_or(&[][..], Vec::as_slice);
        let machines = settings.machines.iter().map(|machine| {
            let zones = self.zones.iter().enumerate().map(|(position, zone)| {
                let own = [(ZONE, zone.as_str()), (MACHINE, machine.name.as_str())];
                let known = if zone.is_empty() { &own[1..] } else { &own[..] };
                let labels = NodeLabels {
                    pool: &settings.labels,
                    own: known,
                    complete: false,
                };
                tolerated
                    && of_pool.contains(&position)
                    && constraints::selects(spec, labels)
                    && volumes.are_reached_from(labels)
            });
            zones.collect()
        });
        machines.collect()
    }
}

/// How much pods would like to be in a pool: the weights of what they prefer, less what they would rather not have.
fn likes(pool: &NodePool, spec: &Json) -> i64 {
    let labels = NodeLabels {
        pool: &pool.labels,
        own: &[],
        complete: false,
    };
    let preferred = "/affinity/nodeAffinity/preferredDuringSchedulingIgnoredDuringExecution";
    let weights = list(spec, preferred).filter_map(|(_, term)| {
        let weight = term.get("weight").and_then(Json::as_i64)?.clamp(1, 100);
        let wanted = term.get("preference")?;
        constraints::accepts(wanted, labels).then_some(weight)
    });
    let rather_not = pool.taints.iter().filter(|taint| {
        taint.effect == "PreferNoSchedule" && !constraints::is_tolerated(spec, taint)
    });
    let against = i64::try_from(rather_not.count()).unwrap_or(0) * 1_000;
    weights.sum::<i64>() - against
}

/// The ports of the node that the containers of a pod take for themselves.
fn host_ports(spec: &Json) -> Vec<(String, u64)> {
    let on_host = spec.get("hostNetwork").and_then(Json::as_bool) == Some(true);
    let mut ports = Vec::new();
    for pointer in ["/containers", "/initContainers"] {
        for (_, container) in list(spec, pointer) {
            ports.extend(list(container, "/ports").filter_map(|(_, port)| {
                let number = |field| {
                    port.get(field)
                        .and_then(Json::as_u64)
                        .filter(|port| *port > 0)
                };
                let taken =
                    number("hostPort").or_else(|| number("containerPort").filter(|_| on_host))?;
                let protocol = text(port, "/protocol").unwrap_or("TCP");
                Some((protocol.to_owned(), taken))
            }));
        }
    }
    ports
}
