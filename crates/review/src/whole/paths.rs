//! Which ways between workloads, and from and to the outside, open and close.

use std::collections::{BTreeMap, BTreeSet};

use check::Document;
use check::network::{Endpoint, Outside, Ports, paths};
use serde_json::Value as Json;

use super::{Both, pods, tell};
use crate::effect::Around;
use crate::model::{Direction, Edge, Topic, WholeChange};
use crate::tree::Side;

/// Ends that are named in a line before the rest is only counted.
const NAMED: usize = 6;
/// Blocks of addresses that take more characters than this are not spelt out.
const SPELT_OUT: usize = 48;

/// Says which ways differ, and hands them back for drawing.
pub(super) fn compare(
    around: &Around<'_>,
    both: &[Both<'_>],
    found: &mut Vec<WholeChange>,
) -> Vec<Edge> {
    if !both.iter().any(concerns) {
        return Vec::new();
    }
    let (before, after) = (open(around, Side::Base), open(around, Side::Head));
    let ends: BTreeSet<&(String, String)> = before.keys().chain(after.keys()).collect();
    let mut edges = Vec::new();
    for end in ends {
        let none = Ports::none();
        let (was, is) = (
            before.get(end).unwrap_or(&none),
            after.get(end).unwrap_or(&none),
        );
        for (ports, direction) in [
            (is.difference(was), Direction::Opened),
            (was.difference(is), Direction::Closed),
        ] {
            if !ports.is_empty() {
                edges.push(Edge {
                    from: end.0.clone(),
                    to: end.1.clone(),
                    ports: ports.to_string(),
                    direction,
                });
            }
        }
    }
    describe(&edges, found);
    edges
}

/// Says the ways, those that lead to one end in one line, and of the rest those that start from one.
fn describe(edges: &[Edge], found: &mut Vec<WholeChange>) {
    let mut to_one: BTreeMap<(Direction, &str, &str), Vec<&str>> = BTreeMap::new();
    for edge in edges {
        let line = (edge.direction, edge.to.as_str(), edge.ports.as_str());
        to_one.entry(line).or_default().push(&edge.from);
    }
    let mut from_one: BTreeMap<(Direction, &str, &str), Vec<&str>> = BTreeMap::new();
    for ((direction, to, ports), callers) in to_one {
        if let [caller] = callers[..] {
            from_one
                .entry((direction, caller, ports))
                .or_default()
                .push(to);
        } else {
            let line = format!("{} → {to}: {ports}", listed(&callers));
            tell(found, Topic::Paths, direction, line);
        }
    }
    for ((direction, from, ports), callees) in from_one {
        let line = format!("{from} → {}: {ports}", listed(&callees));
        tell(found, Topic::Paths, direction, line);
    }
}

fn listed(ends: &[&str]) -> String {
    let mut shown = ends.to_vec();
    // Nobody shall have to look for the internet among the rest.
    shown.sort_by_key(|end| *end != "the internet");
    shown.truncate(NAMED);
    match ends.len().saturating_sub(NAMED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Whether the change of an object can open or close a way.
fn concerns(both: &Both<'_>) -> bool {
    const GROUPS: [&str; 5] = [
        "networking.k8s.io",
        "policy.networking.k8s.io",
        "projectcalico.org",
        "crd.projectcalico.org",
        "security.istio.io",
    ];
    let Some(document) = both.any() else {
        return false;
    };
    if GROUPS.contains(&document.id.group())
        || matches!(document.id.kind.as_ref(), "Namespace" | "Sidecar")
    {
        return true;
    }
    ends(both.old) != ends(both.new)
}

/// What of a workload makes it an end: its labels and ports.
fn ends(document: Option<&Document>) -> Option<(Json, Vec<Json>)> {
    let document = document?;
    let spec = pods(document)?;
    let labels = document
        .value
        .pointer("/spec/template/metadata")
        .or_else(|| document.value.get("metadata"));
    let ports = super::items(spec, "containers").filter_map(|container| container.get("ports"));
    Some((
        labels.cloned().unwrap_or_default(),
        ports.cloned().collect(),
    ))
}

/// All ways of one side, by the names of their ends.
fn open(around: &Around<'_>, side: Side) -> BTreeMap<(String, String), Ports> {
    let all = paths(around.trees.all(side), around.context);
    let mut open: BTreeMap<(String, String), Ports> = BTreeMap::new();
    let is_node = |end: &Endpoint| matches!(end, Endpoint::Outside(Outside::Node));
    for path in all
        .iter()
        .filter(|path| !is_node(path.from) && !is_node(path.to))
    {
        let ports = open.entry((name(path.from), name(path.to))).or_default();
        *ports = ports.union(&path.ports);
    }
    open
}

/// What people call an end.
fn name(end: &Endpoint) -> String {
    match end {
        Endpoint::Outside(Outside::Addresses(addresses))
            if addresses.to_string().len() > SPELT_OUT =>
        {
            "other private addresses".to_owned()
        }
        end => end.to_string(),
    }
}
