//! Counts, for every term, the pods in each of the places that it compares.

use std::collections::BTreeMap;

use super::super::Ground;
use super::super::terms::{Term, Topology};
use super::Board;

/// Where pods of a term are: how many of those it is about, and how many of its owner, in each place.
#[derive(Clone, Default)]
pub(super) struct Census {
    pub(super) about: BTreeMap<usize, u64>,
    pub(super) owners: BTreeMap<usize, u64>,
}

impl Board<'_, '_> {
    /// Counts pods of a workload that came to a node.
    pub(super) fn note(&mut self, position: usize, node: usize, count: u64) {
        self.recount(position, node, |known| known + count);
    }

    /// Counts pods of a workload that went from a node.
    pub(super) fn forget(&mut self, position: usize, node: usize, count: u64) {
        self.recount(position, node, |known| known.saturating_sub(count));
    }

    fn recount(&mut self, position: usize, node: usize, counted: impl Fn(u64) -> u64) {
        let terms = &self.ground.items.terms;
        for term in &terms.about[position] {
            if let Some(place) = self.place_of(node, &terms.all[*term]) {
                let known = self.census[*term].about.entry(place).or_default();
                *known = counted(*known);
            }
        }
        for term in &terms.of[position] {
            if let Some(place) = self.place_of(node, &terms.all[*term]) {
                let known = self.census[*term].owners.entry(place).or_default();
                *known = counted(*known);
            }
        }
    }

    /// The place that a term counts a node to; none for a node without the label.
    pub(super) fn place_of(&self, node: usize, term: &Term) -> Option<usize> {
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
}

/// The values of labels that terms count places by, numbered.
pub(super) fn places(ground: &Ground<'_>) -> BTreeMap<(String, String), usize> {
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
