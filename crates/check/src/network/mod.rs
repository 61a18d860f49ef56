//! Who may talk to whom, given all policies: Kubernetes', its administrators', Calico's, and those of the mesh.
//!
//! ```
//! use check::network::{Endpoint, Port, paths};
//!
//! let content = check::read::read("
//! apiVersion: v1
//! kind: Pod
//! metadata: { name: web, namespace: app, labels: { app: web } }
//! spec: { containers: [{ name: web, image: web:v1 }] }
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: { name: database, namespace: app, labels: { app: database } }
//! spec: { containers: [{ name: database, image: database:v1 }] }
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata: { name: database-from-web, namespace: app }
//! spec:
//!   podSelector: { matchLabels: { app: database } }
//!   ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 5432 }] }]
//! ", "app.yaml");
//! let store = schemas::Store::embedded();
//! let context = check::Context::new("1.35".parse()?, store);
//! let paths = paths(&content.documents, &context);
//! let end = |name| paths.position(&Endpoint::workload("Pod", "app", name)).expect("described above");
//! let (web, database) = (end("web"), end("database"));
//! assert_eq!(paths.open(web, database).to_string(), "TCP 5432");
//! assert!(paths.open(database, web).is_all());
//! assert_eq!(
//!     paths.why(web, database, Port::tcp(80)).to_string(),
//!     "ingress of Pod app/database: no rule of NetworkPolicy app/database-from-web allows it",
//! );
//! # Ok::<(), names::Invalid>(())
//! ```

mod addresses;
mod admin;
mod bits;
pub(crate) mod calico;
pub(crate) mod calls;
mod classes;
mod endpoint;
mod intervals;
mod kubernetes;
mod mesh;
mod policy;
mod ports;
#[cfg(test)]
mod tests;
mod why;

use std::collections::{BTreeMap, BTreeSet};

use manifest::ResourceId;
use names::Protocol;
use serde_json::Value as Json;

pub use self::addresses::Addresses;
use self::classes::Ends;
pub use self::endpoint::{Endpoint, Outside};
use self::mesh::Mesh;
pub use self::policy::Direction;
use self::policy::{Action, Policies, Policy, Question, Tier};
pub use self::ports::{Port, Ports};
pub use self::why::{Decision, Stage, Why};
use crate::cluster::{Cluster, Labels};
use crate::context::Context;
use crate::document::Document;

/// The answers for all objects.
pub fn paths<'d>(
    documents: impl IntoIterator<Item = &'d Document> + Clone,
    context: &'d Context<'_>,
) -> Paths {
    Paths::of(&Cluster::new(documents, context))
}

/// Who may talk to whom. Ends are named by their position in [`Self::endpoints`], which is sorted.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    ends: Ends,
    policies: Policies,
    mesh: Mesh,
}

/// A way that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path<'p> {
    /// The caller.
    pub from: &'p Endpoint,
    /// The callee.
    pub to: &'p Endpoint,
    /// The callee's ports.
    pub ports: Ports,
}

/// What the reading of policies stands on.
pub(crate) struct World<'w, 'a> {
    cluster: &'w Cluster<'a>,
    ends: Ends,
    /// The labels of every namespace that is described or has pods.
    namespaces: BTreeMap<String, Labels>,
    public: Addresses,
}

/// Tiers of Kubernetes, with the orders that Calico gives them.
const TIERS: [(&str, f64, Action); 3] = [
    ("adminnetworkpolicy", 1_000.0, Action::Pass),
    ("default", 1_000_000.0, Action::Deny),
    ("baselineadminnetworkpolicy", 10_000_000.0, Action::Pass),
];

/// The kinds whose blocks of addresses tell ends apart.
const KINDS: [(&str, &str); 13] = [
    ("networking.k8s.io", "NetworkPolicy"),
    ("policy.networking.k8s.io", "AdminNetworkPolicy"),
    ("policy.networking.k8s.io", "BaselineAdminNetworkPolicy"),
    ("projectcalico.org", "NetworkPolicy"),
    ("projectcalico.org", "GlobalNetworkPolicy"),
    ("projectcalico.org", "NetworkSet"),
    ("projectcalico.org", "GlobalNetworkSet"),
    ("crd.projectcalico.org", "NetworkPolicy"),
    ("crd.projectcalico.org", "GlobalNetworkPolicy"),
    ("crd.projectcalico.org", "NetworkSet"),
    ("crd.projectcalico.org", "GlobalNetworkSet"),
    ("security.istio.io", "AuthorizationPolicy"),
    ("networking.istio.io", "Sidecar"),
];

impl Paths {
    pub(crate) fn of(cluster: &Cluster<'_>) -> Self {
        let mut blocks = BTreeSet::new();
        for (group, kind) in KINDS {
            for document in cluster.of_kind(group, kind) {
                collect_blocks(&document.value, &mut blocks);
            }
        }
        let blocks: Vec<Addresses> = blocks.into_iter().collect();
        let mut world = World {
            cluster,
            ends: Ends::of(cluster, &blocks),
            namespaces: BTreeMap::new(),
            public: Addresses::public(),
        };
        world.namespaces = namespaces(cluster, &world.ends);
        let (tiers, policies) = policies(&world);
        let classes = world.ends.classes.len();
        Self {
            policies: Policies::new(tiers, policies, classes),
            mesh: Mesh::of(&world),
            ends: world.ends,
        }
    }

    /// All ends: workloads by namespace, kind and name, then those that no workload runs.
    pub fn endpoints(&self) -> impl ExactSizeIterator<Item = &Endpoint> {
        self.ends.endpoints.iter().map(|(endpoint, _)| endpoint)
    }

    /// The end at a position.
    pub fn endpoint(&self, position: usize) -> Option<&Endpoint> {
        self.ends
            .endpoints
            .get(position)
            .map(|(endpoint, _)| endpoint)
    }

    /// Where an end stands among all.
    pub fn position(&self, endpoint: &Endpoint) -> Option<usize> {
        let found = self
            .ends
            .endpoints
            .partition_point(|(known, _)| known < endpoint);
        self.endpoint(found)
            .filter(|known| *known == endpoint)
            .map(|_| found)
    }

    /// Where the ends stand that have an address of these.
    pub fn at(&self, addresses: &Addresses) -> Vec<usize> {
        let is_in = |endpoint: &Endpoint| match endpoint {
            Endpoint::Outside(Outside::Internet(part) | Outside::Addresses(part)) => {
                !part.intersection(addresses).is_empty()
            }
            _ => false,
        };
        (0..self.ends.endpoints.len())
            .filter(|position| self.endpoint(*position).is_some_and(is_in))
            .collect()
    }

    /// Which ports of `to` the end `from` may open connections to.
    pub fn open(&self, from: usize, to: usize) -> Ports {
        self.open_between(self.class(from), self.class(to), false)
    }

    /// As [`Self::open`], where blocks of addresses that may hold those of pods are taken to hold them. Whoever is cut off
    /// even then is cut off by every network plugin.
    pub fn open_at_most(&self, from: usize, to: usize) -> Ports {
        self.open_between(self.class(from), self.class(to), true)
    }

    /// Whether a policy restricts what an end may open, or whom it lets in.
    pub fn is_isolated(&self, direction: Direction, position: usize) -> bool {
        self.policies.is_isolated(direction, self.class(position))
    }

    /// All ways that are open, by caller and callee; an end's way to itself is none of them.
    pub fn iter(&self) -> impl Iterator<Item = Path<'_>> {
        let ends = &self.ends.endpoints;
        ends.iter()
            .enumerate()
            .flat_map(move |(position, (from, class))| {
                let others = ends.iter().enumerate().filter(move |(other, (to, _))| {
                    *other != position
                        && !(matches!(from, Endpoint::Outside(_))
                            && matches!(to, Endpoint::Outside(_)))
                });
                others.filter_map(move |(_, (to, other))| {
                    let ports = self.open_between(*class, *other, false);
                    (!ports.is_empty()).then_some(Path { from, to, ports })
                })
            })
    }

    /// The class of an end.
    fn class(&self, position: usize) -> usize {
        let found = self.ends.endpoints.get(position);
        found.map_or(self.ends.anyone, |(_, class)| *class)
    }

    /// The port of a name that the pods of an end declare.
    pub(crate) fn named_port(
        &self,
        position: usize,
        name: &str,
        protocol: Protocol,
    ) -> Option<Port> {
        let pods = self.ends.pods(self.class(position))?;
        let declared = pods
            .ports
            .iter()
            .filter(|(_, port)| port.protocol == protocol);
        declared
            .into_iter()
            .find(|(own, _)| own == name)
            .map(|(_, port)| *port)
    }

    /// Where the pods stand that the cluster lists at a position.
    pub(crate) fn of_pods(&self, pods: usize) -> Option<usize> {
        self.ends.of_pods.get(pods).copied()
    }

    /// Rules of the mesh that allow nothing, because others deny all of it: the policy, the rule, and one that denies.
    pub(crate) fn contradicted(&self) -> Vec<(ResourceId, String, ResourceId)> {
        self.mesh.contradicted(&self.ends)
    }

    /// Which ports somebody may open of whom nothing is known, if any rule can mean him.
    pub(crate) fn open_to_anyone(&self, to: usize) -> Ports {
        self.open_between(self.ends.anyone, self.class(to), true)
    }

    fn open_between(&self, from: usize, to: usize, is_lenient: bool) -> Ports {
        let mut open = Ports::all();
        for question in self.questions(from, to, is_lenient).into_iter().flatten() {
            let mut allowed = Ports::none();
            self.policies
                .ask(&self.ends, question, &open, &mut |ports, is_allowed, _| {
                    if is_allowed {
                        allowed = allowed.union(ports);
                    }
                });
            open = allowed;
            if open.is_empty() {
                return open;
            }
        }
        self.mesh.open(&self.ends, from, to, open)
    }

    /// What the policies of both ends are asked; a pod's own node always gets in.
    fn questions(&self, from: usize, to: usize, is_lenient: bool) -> [Option<Question>; 2] {
        let question = |direction, subject, peer| Question {
            direction,
            subject,
            peer,
            is_lenient,
        };
        [
            Some(question(Direction::Egress, from, to)),
            (from != self.ends.node).then(|| question(Direction::Ingress, to, from)),
        ]
    }
}

/// A namespace as the API server would fill it in where a manifest leaves it out.
pub(crate) fn or_default(namespace: &str) -> &str {
    if namespace.is_empty() {
        "default"
    } else {
        namespace
    }
}

/// The namespace that a document's object will be in.
fn namespace_of(document: &Document) -> &str {
    or_default(document.id.namespace.as_deref().unwrap_or_default())
}

/// Everything in a value that reads as a block of addresses.
fn collect_blocks(value: &Json, blocks: &mut BTreeSet<Addresses>) {
    match value {
        Json::String(text) if text.contains(['.', ':']) => blocks.extend(Addresses::block(text)),
        Json::Array(items) => items.iter().for_each(|item| collect_blocks(item, blocks)),
        Json::Object(fields) => fields
            .values()
            .for_each(|field| collect_blocks(field, blocks)),
        _ => {}
    }
}

fn namespaces(cluster: &Cluster<'_>, ends: &Ends) -> BTreeMap<String, Labels> {
    let described = cluster.namespaces();
    let mut namespaces: BTreeMap<String, Labels> = described
        .map(|(name, labels)| (name.to_owned(), labels.clone()))
        .collect();
    for name in ends.by_namespace.keys() {
        let name_label = ("kubernetes.io/metadata.name".to_owned(), name.clone());
        namespaces
            .entry(name.clone())
            .or_insert_with(|| [name_label].into());
    }
    namespaces
}

/// All tiers and policies; a policy of a tier that nobody describes is asked in the tier `default`.
fn policies(world: &World<'_, '_>) -> (Vec<Tier>, Vec<Policy>) {
    let cluster = world.cluster;
    let mut tiers: Vec<Tier> = calico::tiers(cluster);
    for (name, order, end) in TIERS {
        if !tiers.iter().any(|tier| tier.name == name) {
            tiers.push(Tier {
                name: name.to_owned(),
                order,
                end,
            });
        }
    }
    let tier = |name: &str| {
        let position = |name: &str| tiers.iter().position(|tier| tier.name == name);
        position(name)
            .or_else(|| position("default"))
            .unwrap_or_default()
    };
    let mut policies = Vec::new();
    for document in cluster.of_kind("networking.k8s.io", "NetworkPolicy") {
        policies.extend(kubernetes::policies(world, document, tier("default")));
    }
    for (kind, name) in [
        ("AdminNetworkPolicy", "adminnetworkpolicy"),
        ("BaselineAdminNetworkPolicy", "baselineadminnetworkpolicy"),
    ] {
        for document in cluster.of_kind("policy.networking.k8s.io", kind) {
            policies.extend(admin::policies(world, document, tier(name)));
        }
    }
    for kind in ["NetworkPolicy", "GlobalNetworkPolicy"] {
        for document in calico::of_kind(cluster, kind) {
            policies.extend(calico::policies(
                world,
                document,
                tier(calico::tier_of(document)),
            ));
        }
    }
    (tiers, policies)
}
