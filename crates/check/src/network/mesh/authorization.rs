//! Who may call members of the mesh: the `AuthorizationPolicies` about them.

use manifest::ResourceId;
use names::Protocol;
use serde_json::Value as Json;

use super::source::{self, Sources};
use crate::cluster::{list, selector, text};
use crate::document::Document;
use crate::network::bits::Bits;
use crate::network::{Port, Ports, World};
use crate::pointer::Lookup;
use crate::rules::mesh::hosts::ROOT_NAMESPACE;

/// What a policy does with what it fits. Those that only note, or ask somebody else, decide nothing here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Allow,
    Deny,
}

/// A policy.
#[derive(Clone, Debug)]
pub(super) struct Authorization {
    pub(super) id: ResourceId,
    pub(super) effect: Effect,
    /// The classes that it is about.
    pub(super) subjects: Bits,
    pub(super) rules: Vec<Rule>,
}

/// One rule.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    sources: Sources,
    /// The ports that it is about, and those of them about which it says nothing but that.
    possible: Ports,
    sure: Ports,
    /// Where it stands.
    pub(super) path: String,
}

impl Rule {
    /// The ports about which the rule may be, depending on what is said inside the connection.
    pub(super) fn possibly(&self, from: usize, is_proven: bool) -> Ports {
        if self.sources.possibly(from, is_proven) {
            self.possible.clone()
        } else {
            Ports::none()
        }
    }

    /// The ports about which the rule is, whatever is said inside the connection.
    pub(super) fn surely(&self, from: usize, is_proven: bool) -> Ports {
        if self.sources.surely(from, is_proven) {
            self.sure.clone()
        } else {
            Ports::none()
        }
    }
}

/// All policies that decide about proxies beside pods.
pub(super) fn all(world: &World<'_, '_>) -> Vec<Authorization> {
    let documents = world
        .cluster
        .of_kind("security.istio.io", "AuthorizationPolicy");
    let mut all: Vec<Authorization> = documents
        .iter()
        .filter_map(|document| authorization(world, document))
        .collect();
    all.sort_by(|left, right| left.id.cmp(&right.id));
    all
}

fn authorization(world: &World<'_, '_>, document: &Document) -> Option<Authorization> {
    let spec = document.value.get("spec").unwrap_or(&Json::Null);
    let effect = match text(spec, "/action") {
        None | Some("ALLOW") => Effect::Allow,
        Some("DENY") => Effect::Deny,
        Some(_) => return None,
    };
    // What targets a gateway or a Service is asked there, and not at the pods.
    if spec.get("targetRefs").is_some() || spec.get("targetRef").is_some() {
        return None;
    }
    let namespace = crate::network::namespace_of(document);
    let labels = spec.lookup("/selector/matchLabels");
    let subjects = Bits::of(world.ends.classes.len(), |class| {
        world.ends.pods(class).is_some_and(|pods| {
            (pods.namespace == namespace || namespace == ROOT_NAMESPACE)
                && labels.is_none_or(|labels| selector::matches_map(labels, &pods.labels))
        })
    });
    let rules = list(spec, "/rules").map(|(index, value)| rule(world, namespace, index, value));
    Some(Authorization {
        id: document.id.clone(),
        effect,
        subjects,
        rules: rules.collect(),
    })
}

fn rule(world: &World<'_, '_>, namespace: &str, index: usize, value: &Json) -> Rule {
    let every = || (Ports::every(Protocol::Tcp), true);
    let mut operations = list(value, "/to").peekable();
    let (mut possible, mut sure) = (Ports::none(), Ports::none());
    let is_conditional = list(value, "/when").next().is_some();
    let mut add = |(ports, is_sure): (Ports, bool)| {
        if is_sure && !is_conditional {
            sure = sure.union(&ports);
        }
        possible = possible.union(&ports);
    };
    if operations.peek().is_none() {
        add(every());
    }
    for (_, entry) in operations {
        add(entry.get("operation").map_or_else(every, operation));
    }
    Rule {
        sources: source::read(world, namespace, value),
        possible,
        sure,
        path: format!("spec.rules[{index}]"),
    }
}

/// The ports of an operation, and whether it says nothing else.
fn operation(value: &Json) -> (Ports, bool) {
    let ports = |field: &str| {
        let found = list(value, field).filter_map(|(_, port)| port.as_str()?.parse().ok());
        found.fold(Ports::none(), |all, number| {
            all.union(&Ports::one(Port::tcp(number)))
        })
    };
    let has = |field: &str| list(value, field).next().is_some();
    let named = if has("/ports") {
        ports("/ports")
    } else {
        Ports::every(Protocol::Tcp)
    };
    let is_sure = ![
        "/hosts",
        "/methods",
        "/paths",
        "/notHosts",
        "/notMethods",
        "/notPaths",
    ]
    .into_iter()
    .any(has);
    (named.difference(&ports("/notPorts")), is_sure)
}
