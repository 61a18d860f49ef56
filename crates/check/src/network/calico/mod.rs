//! Calico's policies as rules: tiers, order, actions, and ends that selectors, namespaces, accounts and nets tell apart.

mod entity;
pub(crate) mod selector;

use names::Protocol;
use serde_json::Value as Json;

use self::entity::{Entity, Scope};
use self::selector::Selector;
use super::bits::Bits;
use super::policy::{Action, Direction, Policy, PortMatch, Rule, Tier};
use super::ports::PROTOCOLS;
use super::{Ports, World};
use crate::cluster::{Cluster, list, text};
use crate::document::Document;
use crate::pointer::Lookup;

/// The groups under which Calico's kinds are applied: its own API server's, and that of the definitions behind it.
pub(crate) const GROUPS: [&str; 2] = ["projectcalico.org", "crd.projectcalico.org"];

/// The ports that a client's system chooses from (Linux' default).
const EPHEMERAL: (u16, u16) = (32768, 60999);

/// All Calico documents of a kind.
pub(crate) fn of_kind<'c, 'a>(
    cluster: &'c Cluster<'a>,
    kind: &'static str,
) -> impl Iterator<Item = &'a Document> + 'c {
    GROUPS
        .into_iter()
        .flat_map(move |group| cluster.of_kind(group, kind).iter().copied())
}

/// The tiers that stand in documents.
pub(super) fn tiers(cluster: &Cluster<'_>) -> Vec<Tier> {
    let tier = |document: &Document| Tier {
        name: document.id.name.clone(),
        order: order(&document.value),
        end: match text(&document.value, "/spec/defaultAction") {
            Some("Pass") => Action::Pass,
            _ => Action::Deny,
        },
    };
    of_kind(cluster, "Tier").map(tier).collect()
}

/// What comes without an order comes last.
fn order(value: &Json) -> f64 {
    let order = value.lookup("/spec/order").and_then(Json::as_f64);
    order.unwrap_or(f64::INFINITY)
}

/// The tier that a policy names.
pub(crate) fn tier_of(document: &Document) -> &str {
    text(&document.value, "/spec/tier")
        .filter(|tier| !tier.is_empty())
        .unwrap_or("default")
}

/// Both directions of a policy, as far as it is about them.
pub(super) fn policies(world: &World<'_, '_>, document: &Document, tier: usize) -> Vec<Policy> {
    let spec = document.value.get("spec").unwrap_or(&Json::Null);
    let is_for_hosts = ["doNotTrack", "preDNAT"]
        .iter()
        .any(|field| spec.get(*field).and_then(Json::as_bool) == Some(true));
    let Some(subjects) = subjects(world, document, spec).filter(|_| !is_for_hosts) else {
        return Vec::new();
    };
    let policy = |direction: Direction| Policy {
        id: document.id.clone(),
        direction,
        tier,
        order: order(&document.value),
        subjects: subjects.clone(),
        rules: rules(world, document, spec, direction),
    };
    let directions = Direction::BOTH.into_iter();
    directions
        .filter(|direction| is_about(spec, *direction))
        .map(policy)
        .collect()
}

/// Where no types are said, a policy is about the directions that it has rules for, and about ingress where it has none.
fn is_about(spec: &Json, direction: Direction) -> bool {
    let mut types = list(spec, "/types").peekable();
    if types.peek().is_some() {
        return types.any(|(_, kind)| {
            kind.as_str()
                .is_some_and(|kind| kind.eq_ignore_ascii_case(direction.as_str()))
        });
    }
    let has = |field: &str| list(spec, field).next().is_some();
    match direction {
        Direction::Egress => has("/egress"),
        Direction::Ingress => has("/ingress") || !has("/egress"),
    }
}

/// A selector at a place; `None` where nobody can read it.
fn selector_at(value: &Json, field: &str) -> Option<Selector> {
    Selector::parse(text(value, field).unwrap_or_default()).ok()
}

fn subjects(world: &World<'_, '_>, document: &Document, spec: &Json) -> Option<Bits> {
    let pods = selector_at(spec, "/selector")?;
    let namespaces = selector_at(spec, "/namespaceSelector")?;
    let accounts = selector_at(spec, "/serviceAccountSelector")?;
    let own = document.id.namespace.as_deref();
    let is_global = document.id.kind == "GlobalNetworkPolicy";
    let fits = |class: usize| {
        let Some(found) = world.ends.pods(class).filter(|found| !found.host_network) else {
            return false;
        };
        let in_place = if is_global {
            entity::namespace_holds(world, &namespaces, &found.namespace)
        } else {
            found.namespace == own.unwrap_or("default")
        };
        in_place
            && entity::pod_holds(&pods, found)
            && (accounts == Selector::All || entity::account_holds(world, &accounts, found))
    };
    Some(Bits::of(world.ends.classes.len(), fits))
}

fn rules(
    world: &World<'_, '_>,
    document: &Document,
    spec: &Json,
    direction: Direction,
) -> Vec<Rule> {
    let scope = Scope {
        namespace: match document.id.kind.as_ref() {
            "GlobalNetworkPolicy" => None,
            _ => Some(super::namespace_of(document)),
        },
    };
    let (own, other) = match direction {
        Direction::Egress => ("source", "destination"),
        Direction::Ingress => ("destination", "source"),
    };
    let rule = |(index, value): (usize, &Json)| {
        let action = match text(value, "/action")? {
            "Allow" => Action::Allow,
            "Deny" => Action::Deny,
            "Pass" => Action::Pass,
            // A line in a log decides nothing.
            _ => return None,
        };
        let nothing = Json::Null;
        let side = |name: &str| value.get(name).unwrap_or(&nothing);
        let peers = Entity::read(side(other))?.classes(world, &scope);
        let own = Entity::read(side(own))?;
        Some(Rule {
            action,
            own: own.says_anything().then(|| own.classes(world, &scope).0),
            peers: peers.0,
            may_hold_pods: peers.1,
            ports: ports(value)?,
            path: format!("spec.{}[{index}]", direction.as_str()),
        })
    };
    list(spec, &format!("/{}", direction.as_str()))
        .filter_map(rule)
        .collect()
}

/// The ports of a rule; `None` where it is about other protocols, or about ports that no client chooses by itself.
fn ports(rule: &Json) -> Option<PortMatch> {
    let wanted = match rule.get("protocol").filter(|wanted| !wanted.is_null()) {
        None => PROTOCOLS.to_vec(),
        Some(wanted) => vec![protocol(wanted)?],
    };
    let not = rule.get("notProtocol").and_then(protocol);
    let protocols: Vec<Protocol> = wanted.into_iter().filter(|one| Some(*one) != not).collect();
    let from = entries(&protocols, rule.lookup("/source/ports"));
    if let Some(from) = from {
        let chosen = Ports::range(Protocol::Tcp, EPHEMERAL.0, EPHEMERAL.1).union(&Ports::range(
            Protocol::Udp,
            EPHEMERAL.0,
            EPHEMERAL.1,
        ));
        if from.fixed.intersection(&chosen).is_empty() {
            return None;
        }
    }
    let every = || PortMatch {
        fixed: protocols.iter().fold(Ports::none(), |all, protocol| {
            all.union(&Ports::every(*protocol))
        }),
        ..PortMatch::default()
    };
    let mut ports = entries(&protocols, rule.lookup("/destination/ports")).unwrap_or_else(every);
    if let Some(not) = entries(&protocols, rule.lookup("/destination/notPorts")) {
        ports.fixed = ports.fixed.difference(&not.fixed);
        ports.not_named = not.named.into_iter().map(|(_, name)| name).collect();
    }
    Some(ports)
}

/// A protocol by name or number, if it is one of those that have ports.
fn protocol(value: &Json) -> Option<Protocol> {
    match value
        .as_u64()
        .or_else(|| value.as_str().and_then(|text| text.parse().ok()))
    {
        Some(6) => Some(Protocol::Tcp),
        Some(17) => Some(Protocol::Udp),
        Some(132) => Some(Protocol::Sctp),
        Some(_) => None,
        None => super::classes::protocol(Some(value)),
    }
}

/// Numbers, ranges `first:last`, and names; `None` where there is no list.
fn entries(protocols: &[Protocol], value: Option<&Json>) -> Option<PortMatch> {
    let value = value
        .and_then(Json::as_array)
        .filter(|entries| !entries.is_empty())?;
    let mut ports = PortMatch::default();
    for entry in value {
        let text = entry
            .as_str()
            .map(str::to_owned)
            .or_else(|| entry.as_u64().map(|number| number.to_string()));
        let text = text.unwrap_or_default();
        let (first, last) = text.split_once(':').unwrap_or((&text, &text));
        for protocol in protocols {
            match (first.parse(), last.parse()) {
                (Ok(first), Ok(last)) => {
                    ports.fixed = ports.fixed.union(&Ports::range(*protocol, first, last));
                }
                _ => ports.named.push((Some(*protocol), text.clone())),
            }
        }
    }
    Some(ports)
}
