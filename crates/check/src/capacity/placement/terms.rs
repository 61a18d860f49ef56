//! Where pods want to be, or do not want to be, because of other pods: affinity, anti-affinity, spread.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::super::constraints::{HOST, ZONE};
use super::super::workloads::Demand;
use crate::cluster::selector;
use crate::cluster::{Cluster, list, text};
use crate::pointer::Lookup;

/// What counts as one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Topology {
    /// One node.
    Host,
    /// One zone.
    Zone,
    /// All nodes that have one value of a label.
    Label(String),
}

/// What a term wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// Only beside such pods.
    Beside,
    /// Never beside such pods.
    Apart,
    /// No more of them in one place than in any other, but for a difference.
    Even {
        /// The difference.
        skew: u64,
        /// Fewer places count as if there were an empty one.
        least_places: u64,
    },
    /// As few of them in one place as there are in others, where that can be had.
    RatherEven,
}

/// One term of a workload.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub(super) topology: Topology,
    pub(super) wish: Wish,
    /// Whether pods of the owner are among those it is about.
    pub(super) of_own: bool,
}

/// All terms, and which workloads they are about.
#[derive(Default)]
pub(super) struct Terms {
    pub(super) all: Vec<Term>,
    /// The positions of the terms that are about the pods of an item.
    pub(super) about: Vec<Vec<usize>>,
    /// The positions of the terms of an item.
    pub(super) of: Vec<Vec<usize>>,
}

/// Reads the terms of workloads and finds which they are about.
pub(super) struct Reader<'r, 'a> {
    cluster: &'r Cluster<'a>,
    demands: &'r [&'r Demand<'a>],
    by_namespace: BTreeMap<&'a str, Vec<usize>>,
    terms: Terms,
}

impl<'r, 'a> Reader<'r, 'a> {
    pub(super) fn new(cluster: &'r Cluster<'a>, demands: &'r [&'r Demand<'a>]) -> Self {
        let mut by_namespace: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (position, demand) in demands.iter().enumerate() {
            by_namespace
                .entry(demand.namespace)
                .or_default()
                .push(position);
        }
        Self {
            cluster,
            demands,
            by_namespace,
            terms: Terms {
                all: Vec::new(),
                about: vec![Vec::new(); demands.len()],
                of: vec![Vec::new(); demands.len()],
            },
        }
    }

    pub(super) fn read(mut self) -> Terms {
        for (position, demand) in self.demands.iter().enumerate() {
            let Some(spec) = demand.spec else {
                continue;
            };
            for (kind, wish) in [
                ("podAffinity", Wish::Beside),
                ("podAntiAffinity", Wish::Apart),
            ] {
                let affinity = spec.lookup("/affinity").and_then(|all| all.get(kind));
                let terms = affinity.unwrap_or(&Json::Null);
                for (_, term) in list(terms, "/requiredDuringSchedulingIgnoredDuringExecution") {
                    let about = self.about(demand, term);
                    self.add(position, term, wish, about);
                }
            }
            for (_, constraint) in list(spec, "/topologySpreadConstraints") {
                let whole = |field| constraint.get(field).and_then(Json::as_u64).unwrap_or(1);
                let wish = match text(constraint, "/whenUnsatisfiable") {
                    Some("ScheduleAnyway") => Wish::RatherEven,
                    _ => Wish::Even {
                        skew: whole("maxSkew"),
                        least_places: whole("minDomains"),
                    },
                };
                let about = self.matching(constraint, self.in_namespace(demand.namespace));
                self.add(position, constraint, wish, about);
            }
        }
        self.terms
    }

    fn add(&mut self, owner: usize, term: &Json, wish: Wish, about: Vec<usize>) {
        let position = self.terms.all.len();
        let topology = match text(term, "/topologyKey") {
            Some(HOST) => Topology::Host,
            Some(ZONE | "failure-domain.beta.kubernetes.io/zone") => Topology::Zone,
            key => Topology::Label(key.unwrap_or_default().to_owned()),
        };
        self.terms.all.push(Term {
            topology,
            wish,
            of_own: about.contains(&owner),
        });
        for item in about {
            if let Some(terms) = self.terms.about.get_mut(item) {
                terms.push(position);
            }
        }
        if let Some(terms) = self.terms.of.get_mut(owner) {
            terms.push(position);
        }
    }

    fn in_namespace(&self, namespace: &str) -> Vec<usize> {
        self.by_namespace
            .get(namespace)
            .cloned()
            .unwrap_or_default()
    }

    /// The items whose pods a term of pod affinity is about.
    fn about(&self, demand: &Demand<'_>, term: &Json) -> Vec<usize> {
        let named: Vec<&str> = list(term, "/namespaces")
            .filter_map(|(_, name)| name.as_str())
            .collect();
        let by_labels = term
            .get("namespaceSelector")
            .filter(|value| !value.is_null());
        let candidates: Vec<usize> = if named.is_empty() && by_labels.is_none() {
            self.in_namespace(demand.namespace)
        } else {
            let chosen = by_labels.map_or_else(Vec::new, |wanted| {
                self.cluster
                    .namespaces()
                    .filter(|(_, labels)| selector::matches(wanted, labels))
                    .map(|(name, _)| name)
                    .collect()
            });
            let mut all: Vec<&str> = named.into_iter().chain(chosen).collect();
            all.sort_unstable();
            all.dedup();
            all.into_iter()
                .flat_map(|name| self.in_namespace(name))
                .collect()
        };
        self.matching(term, candidates)
    }

    fn matching(&self, term: &Json, candidates: Vec<usize>) -> Vec<usize> {
        let Some(wanted) = term.get("labelSelector") else {
            return Vec::new();
        };
        let fits = |position: &usize| {
            self.demands
                .get(*position)
                .is_some_and(|demand| selector::matches(wanted, &demand.labels))
        };
        candidates.into_iter().filter(fits).collect()
    }
}
