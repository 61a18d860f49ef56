//! Kubernetes' `NetworkPolicies` as rules.

use serde_json::Value as Json;

use super::addresses::Addresses;
use super::bits::Bits;
use super::classes::{Class, protocol};
use super::policy::{Action, Direction, Policy, PortMatch, Rule};
use super::{Ports, World};
use crate::cluster::{Labels, list, selector, text};
use crate::document::Document;

/// Calico's order of Kubernetes' policies among its own.
const ORDER: f64 = 1000.0;

/// Both directions of a policy, as far as it is about them.
pub(super) fn policies(world: &World<'_, '_>, document: &Document, tier: usize) -> Vec<Policy> {
    let spec = document.value.get("spec").unwrap_or(&Json::Null);
    let namespace = super::namespace_of(document);
    let subjects = spec.get("podSelector").unwrap_or(&Json::Null);
    let subjects = world.pods_in(namespace, |labels| selector::matches(subjects, labels));
    let policy = |direction: Direction| Policy {
        id: document.id.clone(),
        direction,
        tier,
        order: ORDER,
        subjects: subjects.clone(),
        rules: rules(world, namespace, spec, direction),
    };
    let directions = Direction::BOTH.into_iter();
    directions
        .filter(|direction| is_about(spec, *direction))
        .map(policy)
        .collect()
}

/// Where no types are said, a policy is about ingress, and about egress where it has rules for it.
fn is_about(spec: &Json, direction: Direction) -> bool {
    let mut types = list(spec, "/policyTypes").peekable();
    if types.peek().is_some() {
        return types.any(|(_, kind)| {
            kind.as_str()
                .is_some_and(|kind| kind.eq_ignore_ascii_case(direction.as_str()))
        });
    }
    direction == Direction::Ingress || list(spec, "/egress").next().is_some()
}

fn rules(world: &World<'_, '_>, namespace: &str, spec: &Json, direction: Direction) -> Vec<Rule> {
    let side = match direction {
        Direction::Egress => "/to",
        Direction::Ingress => "/from",
    };
    let found = list(spec, &format!("/{}", direction.as_str()));
    found
        .map(|(index, value)| {
            let (peers, may_hold_pods) = peers(world, namespace, value, side);
            Rule {
                action: Action::Allow,
                own: None,
                peers,
                may_hold_pods,
                ports: ports(value),
                path: format!("spec.{}[{index}]", direction.as_str()),
            }
        })
        .collect()
}

/// Whom a rule means; everybody where it names nobody.
fn peers(world: &World<'_, '_>, namespace: &str, rule: &Json, side: &str) -> (Bits, bool) {
    let mut all = Bits::new(world.ends.classes.len());
    let mut may_hold_pods = false;
    let mut named = list(rule, side).peekable();
    if named.peek().is_none() {
        return (Bits::of(world.ends.classes.len(), |_| true), false);
    }
    for (_, peer) in named {
        if let Some(block) = peer.get("ipBlock") {
            let addresses = block_of(block);
            may_hold_pods |= !addresses.difference(&world.public).is_empty();
            world.add_addresses(&mut all, &addresses, false);
        } else {
            add_pods(world, namespace, peer, &mut all);
        }
    }
    (all, may_hold_pods)
}

fn block_of(block: &Json) -> Addresses {
    let all = text(block, "/cidr")
        .and_then(Addresses::block)
        .unwrap_or_default();
    let holes = list(block, "/except").filter_map(|(_, hole)| Addresses::block(hole.as_str()?));
    holes.fold(all, |rest, hole| rest.difference(&hole))
}

fn add_pods(world: &World<'_, '_>, namespace: &str, peer: &Json, all: &mut Bits) {
    let pods = peer.get("podSelector").filter(|wanted| !wanted.is_null());
    let fits = |labels: &Labels| pods.is_none_or(|wanted| selector::matches(wanted, labels));
    match peer
        .get("namespaceSelector")
        .filter(|wanted| !wanted.is_null())
    {
        None if pods.is_some() => world.add_pods(all, namespace, &fits),
        None => {}
        Some(wanted) => {
            world.add_namespaces(all, &|labels| selector::matches(wanted, labels), &fits);
        }
    }
}

/// The ports of a rule; every one where it names none.
fn ports(rule: &Json) -> PortMatch {
    let mut found = list(rule, "/ports").peekable();
    if found.peek().is_none() {
        return PortMatch::all();
    }
    let mut ports = PortMatch::default();
    for (_, entry) in found {
        let Some(protocol) = protocol(entry.get("protocol")) else {
            continue;
        };
        let number = |field: &str| {
            let value = entry.get(field).and_then(Json::as_u64)?;
            u16::try_from(value).ok()
        };
        let more = match entry.get("port") {
            None | Some(Json::Null) => Ports::every(protocol),
            Some(Json::String(name)) => {
                ports.named.push((Some(protocol), name.clone()));
                continue;
            }
            Some(_) => {
                let Some(first) = number("port") else {
                    continue;
                };
                Ports::range(protocol, first, number("endPort").unwrap_or(first))
            }
        };
        ports.fixed = ports.fixed.union(&more);
    }
    ports
}

impl World<'_, '_> {
    /// The classes of pods of a namespace whose labels fit, without those on the network of their node.
    pub(super) fn pods_in(&self, namespace: &str, fits: impl Fn(&Labels) -> bool) -> Bits {
        let mut all = Bits::new(self.ends.classes.len());
        self.add_pods(&mut all, namespace, &fits);
        all
    }

    pub(super) fn add_pods(&self, all: &mut Bits, namespace: &str, fits: &dyn Fn(&Labels) -> bool) {
        for class in self.ends.by_namespace.get(namespace).into_iter().flatten() {
            let pods = self.ends.pods(*class);
            if pods.is_some_and(|pods| !pods.host_network && fits(&pods.labels)) {
                all.insert(*class);
            }
        }
    }

    /// Adds the pods of the namespaces that fit; nobody knows all pods of a cluster, nor their namespaces.
    pub(super) fn add_namespaces(
        &self,
        all: &mut Bits,
        namespace_fits: &dyn Fn(&Labels) -> bool,
        fits: &dyn Fn(&Labels) -> bool,
    ) {
        for (name, labels) in &self.namespaces {
            if namespace_fits(labels) {
                self.add_pods(all, name, fits);
            }
        }
        let nothing = Labels::new();
        if namespace_fits(&nothing) && fits(&nothing) {
            all.insert(self.ends.cluster);
        }
        all.insert(self.ends.anyone);
    }

    /// Adds what has an address of these. A pod or a node has an address that nobody knows: it is among them where all
    /// are, and for pods only where `means_pods`.
    pub(super) fn add_addresses(&self, all: &mut Bits, addresses: &Addresses, means_pods: bool) {
        let is_every_one = Addresses::v4().difference(addresses).is_empty();
        for (position, class) in self.ends.classes.iter().enumerate() {
            let is_in = match class {
                Class::Addresses(part) => addresses.meets(part),
                Class::Anyone => !addresses.is_empty(),
                Class::Node => is_every_one,
                Class::Pods(pods) => is_every_one && (means_pods || pods.host_network),
                Class::Cluster => is_every_one && means_pods,
            };
            if is_in {
                all.insert(position);
            }
        }
    }
}
