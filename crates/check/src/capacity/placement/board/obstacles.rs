//! Finds what keeps a pod from a node, and what it would rather not stand beside.

use super::super::item::Item;
use super::super::terms::{Term, Topology, Wish};
use super::{Board, short_of};

/// Why a node does not take a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Obstacle {
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

impl Board<'_, '_> {
    /// How many pods there are that it would rather not stand beside.
    pub(super) fn beside(&self, position: usize, node: usize) -> u64 {
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
    pub(in super::super) fn obstacle(
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
}
