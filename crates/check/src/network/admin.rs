//! The policies of cluster administrators as rules: `AdminNetworkPolicy` and `BaselineAdminNetworkPolicy`.

use serde_json::Value as Json;

use super::addresses::Addresses;
use super::bits::Bits;
use super::classes::protocol;
use super::policy::{Action, Direction, Policy, PortMatch, Rule};
use super::{Ports, World};
use crate::cluster::{Labels, list, selector, text};
use crate::document::Document;
use crate::pointer::Lookup;

/// Both directions of a policy, as far as it has rules for them.
pub(super) fn policies(world: &World<'_, '_>, document: &Document, tier: usize) -> Vec<Policy> {
    let spec = document.value.get("spec").unwrap_or(&Json::Null);
    let mut subjects = Bits::new(world.ends.classes.len());
    add_pods(
        world,
        spec.get("subject").unwrap_or(&Json::Null),
        &mut subjects,
    );
    let priority = spec
        .get("priority")
        .and_then(Json::as_f64)
        .unwrap_or_default();
    let directions = Direction::BOTH.into_iter();
    directions
        .map(|direction| Policy {
            id: document.id.clone(),
            direction,
            tier,
            order: priority,
            subjects: subjects.clone(),
            rules: rules(world, spec, direction),
        })
        .filter(|policy| !policy.rules.is_empty())
        .collect()
}

fn rules(world: &World<'_, '_>, spec: &Json, direction: Direction) -> Vec<Rule> {
    let side = match direction {
        Direction::Egress => "/to",
        Direction::Ingress => "/from",
    };
    let found = list(spec, &format!("/{}", direction.as_str()));
    let rule = |(index, value): (usize, &Json)| {
        let action = match text(value, "/action")? {
            "Allow" => Action::Allow,
            "Deny" => Action::Deny,
            "Pass" => Action::Pass,
            _ => return None,
        };
        let mut peers = Bits::new(world.ends.classes.len());
        let mut may_hold_pods = false;
        for (_, peer) in list(value, side) {
            may_hold_pods |= add_peer(world, peer, &mut peers);
        }
        Some(Rule {
            action,
            own: None,
            peers,
            may_hold_pods,
            ports: ports(value),
            path: format!("spec.{}[{index}]", direction.as_str()),
        })
    };
    found.filter_map(rule).collect()
}

/// Adds whom a peer means, and says whether its blocks may hold the addresses of pods.
fn add_peer(world: &World<'_, '_>, peer: &Json, all: &mut Bits) -> bool {
    if let Some(networks) = peer.get("networks") {
        let blocks = list(networks, "").filter_map(|(_, block)| Addresses::block(block.as_str()?));
        let addresses = blocks.fold(Addresses::default(), |all, block| all.union(&block));
        world.add_addresses(all, &addresses, false);
        return !addresses.difference(&world.public).is_empty();
    }
    if let Some(nodes) = peer.get("nodes") {
        // The labels of the nodes are not known.
        if selector::is_empty(nodes) {
            all.insert(world.ends.node);
        }
        return false;
    }
    add_pods(world, peer, all);
    false
}

/// Adds the pods of a subject or a peer: those of namespaces, or some of them.
fn add_pods(world: &World<'_, '_>, value: &Json, all: &mut Bits) {
    let (namespaces, pods) = match (value.get("namespaces"), value.get("pods")) {
        (Some(namespaces), _) => (Some(namespaces), None),
        (None, Some(both)) => (both.get("namespaceSelector"), both.get("podSelector")),
        (None, None) => return,
    };
    let fits = |wanted: Option<&Json>, labels: &Labels| {
        wanted.is_none_or(|wanted| selector::matches(wanted, labels))
    };
    world.add_namespaces(all, &|labels| fits(namespaces, labels), &|labels| {
        fits(pods, labels)
    });
}

/// The ports of a rule; every one where it names none.
fn ports(rule: &Json) -> PortMatch {
    let Some(found) = rule.get("ports").and_then(Json::as_array) else {
        return PortMatch::all();
    };
    let mut ports = PortMatch::default();
    let number = |value: &Json, pointer: &str| {
        let value = value.lookup(pointer).and_then(Json::as_u64)?;
        u16::try_from(value).ok()
    };
    for entry in found {
        let range = |field: &str, first: &str, last: &str| {
            let value = entry.get(field)?;
            let protocol = protocol(value.get("protocol"))?;
            Some(Ports::range(
                protocol,
                number(value, first)?,
                number(value, last)?,
            ))
        };
        let more =
            range("portNumber", "/port", "/port").or_else(|| range("portRange", "/start", "/end"));
        ports.fixed = ports.fixed.union(&more.unwrap_or_default());
        ports
            .named
            .extend(text(entry, "/namedPort").map(|name| (None, name.to_owned())));
    }
    ports
}
