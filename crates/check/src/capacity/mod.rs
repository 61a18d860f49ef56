//! Does everything fit: what workloads ask for, at the minimum and at the maximum of their autoscalers and while new
//! versions take over, against the quotas of their namespaces and the nodes that there may be.
//!
//! What is counted is what the objects say. Pods that somebody else makes are counted where their size is stated
//! ([`Footprint`]), and named in [`Capacity::uncounted`] where it is not.

mod amounts;
mod constraints;
mod drivers;
mod footprint;
pub mod json;
mod limit_range;
mod nodes;
mod placement;
mod pod;
mod quota;
mod rollout;
mod scope;
pub mod text;
mod volumes;
mod workloads;

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::cluster::{Cluster, may_run_pods};
use crate::context::Context;
use crate::document::Document;
use crate::pointer::Lookup;

pub use crate::quantity::Quantity;
pub use amounts::{Amounts, CPU, EPHEMERAL_STORAGE, MEMORY, PODS, shown};
pub use drivers::{Driver, Drivers};
pub use footprint::Footprint;
pub(crate) use limit_range::{LimitRanges, Refused};
pub use nodes::{Machine, NodePool, Taint};
pub use placement::{At, Fault, LeftOver, Placement, PoolUse};
pub use pod::PodSize;
pub(crate) use pod::{ContainerSize, Phase};
pub use quota::{Quota, QuotaLine};
pub(crate) use quota::{Share, Use, demanded, is_job};
pub(crate) use workloads::Demand;
pub use workloads::{Claim, Level, Scale, Workload};

/// What Istio's charts let a proxy ask for that nobody sizes.
const USUAL_PROXY_REQUESTS: [(&str, &str); 2] = [(CPU, "100m"), (MEMORY, "128Mi")];
/// What Istio's charts let such a proxy use.
const USUAL_PROXY_LIMITS: [(&str, &str); 2] = [(CPU, "2"), (MEMORY, "1Gi")];

/// Everything that is asked for and everything that there is.
#[derive(Clone, Debug)]
pub struct Capacity {
    /// Every workload with its pods.
    pub workloads: Vec<Workload>,
    /// Every quota with what is asked of it.
    pub quotas: Vec<Quota>,
    /// Where the pods go: at the minimum, at the maximum, and at both without each of the zones. None where no nodes are
    /// known.
    pub placements: Vec<Placement>,
    /// The storage of claims that stand for themselves.
    pub claimed: Quantity,
    /// What asks for something that is not counted, with the reason.
    pub uncounted: Vec<String>,
}

/// Counts what the objects ask for.
pub fn capacity<'d>(
    documents: impl IntoIterator<Item = &'d Document> + Clone,
    context: &'d Context<'_>,
) -> Capacity {
    let cluster = Cluster::new(documents.clone(), context).with_capacity(
        documents,
        context,
        &[At::Minimum, At::Maximum],
    );
    let model = &cluster.capacity;
    Capacity {
        workloads: model
            .demands
            .iter()
            .map(|demand| demand.workload.clone())
            .collect(),
        quotas: model.uses.iter().map(|one| one.quota.clone()).collect(),
        placements: model.placements.clone(),
        claimed: claimed(&cluster),
        uncounted: uncounted(&cluster, context, model),
    }
}

/// Whether objects of a kind of this name, of whichever group, are asked for when capacity is counted. Where a quota
/// [counts objects](counts_objects), all are.
pub fn concerns(kind: &str) -> bool {
    const OTHERS: [&str; 14] = [
        "HorizontalPodAutoscaler",
        "LimitRange",
        "MachineDeployment",
        "MachinePool",
        "MachineSet",
        "Namespace",
        "Node",
        "NodePool",
        "PersistentVolume",
        "PersistentVolumeClaim",
        "PriorityClass",
        "ResourceQuota",
        "ScaledObject",
        "StorageClass",
    ];
    may_run_pods(kind) || OTHERS.contains(&kind)
}

/// Whether a quota bounds the number of objects, and not only what pods and claims ask for.
pub fn counts_objects(quota: &Document) -> bool {
    const COUNTED: [&str; 5] = [
        "configmaps",
        "replicationcontrollers",
        "resourcequotas",
        "secrets",
        "services",
    ];
    let hard = quota.value.pointer("/spec/hard").and_then(Json::as_object);
    let mut resources = hard.into_iter().flatten().map(|(resource, _)| resource);
    resources.any(|resource| {
        let first = resource.split(['.', '/']).next().unwrap_or_default();
        first == "count" || COUNTED.contains(&first)
    })
}

/// The storage of claims that stand for themselves.
fn claimed(cluster: &Cluster<'_>) -> Quantity {
    let claims = cluster.of_kind("", "PersistentVolumeClaim").iter();
    claims.fold(Quantity::ZERO, |sum, claim| {
        let requests = Amounts::of(claim.value.lookup("/spec/resources/requests"));
        sum.plus(requests.get("storage"))
    })
}

/// What runs and is not counted.
fn uncounted(cluster: &Cluster<'_>, context: &Context<'_>, model: &Model<'_>) -> Vec<String> {
    let unsized_pods = context
        .external
        .iter()
        .filter(|object| object.pods.is_some() && object.footprint.is_none())
        .map(|object| format!("{}: nobody states what its pods ask for", object.id));
    let mut uncounted: Vec<String> = unsized_pods.collect();
    for (group, kind) in nodes::MAKERS {
        let is_unknown = context.pools.is_empty();
        for maker in cluster.of_kind(group, kind).iter().filter(|_| is_unknown) {
            uncounted.push(format!(
                "{}: nobody states what its nodes leave to pods, so that no pod is placed",
                maker.id
            ));
        }
    }
    if model.placements.is_empty() && uncounted.is_empty() && !model.demands.is_empty() {
        uncounted.push("nodes: none are known, so that no pod is placed".to_owned());
    }
    uncounted
}

/// The same with the objects that it was read from, for the rules.
#[derive(Default)]
pub(crate) struct Model<'a> {
    pub(crate) demands: Vec<Demand<'a>>,
    pub(crate) uses: Vec<Use<'a>>,
    pub(crate) ranges: BTreeMap<&'a str, LimitRanges<'a>>,
    /// Where it goes at the minimum, at the maximum, and at the minimum without each of the zones.
    pub(crate) placements: Vec<Placement>,
}

impl<'a> Model<'a> {
    /// Reads what the objects ask for, and places their pods; without each of the zones as asked.
    pub(crate) fn of(
        cluster: &Cluster<'a>,
        documents: impl IntoIterator<Item = &'a Document>,
        context: &'a Context<'_>,
        ats: &[At],
    ) -> Self {
        let ranges = workloads::limit_ranges(cluster);
        let usual = usual_proxy();
        let proxy = context.proxy.as_ref().unwrap_or(&usual);
        let mut demands = workloads::read(cluster, &ranges, proxy, &context.external);
        let of_documents;
        let pools = if context.pools.is_empty() {
            of_documents = nodes::of_documents(cluster);
            &of_documents
        } else {
            &context.pools
        };
        count_on_nodes(&mut demands, pools);
        let uses = quota::uses(cluster, documents, &demands);
        let ground = placement::ground(cluster, &demands, pools);
        let placements = ground.map_or_else(Vec::new, |ground| ground.place_all(ats));
        Self {
            demands,
            uses,
            ranges,
            placements,
        }
    }
}

fn usual_proxy() -> PodSize {
    let read = |amounts: [(&str, &str); 2]| {
        let read = amounts.into_iter();
        read.filter_map(|(name, amount)| Some((name, Quantity::parse(amount)?)))
            .collect()
    };
    PodSize {
        requests: read(USUAL_PROXY_REQUESTS),
        limits: read(USUAL_PROXY_LIMITS),
    }
}

/// Counts the pods of which there is one on each node; where no nodes are known, there is one at least.
fn count_on_nodes(demands: &mut [Demand<'_>], pools: &[NodePool]) {
    for demand in demands {
        if demand.workload.scale != Scale::Nodes {
            continue;
        }
        let spec = demand.spec.unwrap_or(&serde_json::Value::Null);
        let takes = |pool: &&NodePool| constraints::takes(pool, spec);
        let sum = |nodes: fn(&NodePool) -> u64| {
            let nodes = pools.iter().filter(takes).map(nodes);
            nodes.fold(0, u64::saturating_add).min(rollout::MOST)
        };
        let (least, most) = if pools.is_empty() {
            (1, 1)
        } else {
            (sum(|pool| pool.minimum), sum(NodePool::most_nodes))
        };
        let level = |nodes: u64| Level {
            steady: nodes,
            rollout: demand.document.map_or(nodes, |document| {
                rollout::daemon_set(&document.value, nodes)
            }),
        };
        demand.workload.minimum = level(least);
        demand.workload.maximum = level(most);
    }
}
