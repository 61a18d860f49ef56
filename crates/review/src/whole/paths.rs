//! Which ways between workloads, and from and to the outside, open and close.

use std::collections::{BTreeMap, BTreeSet};

use check::Document;
use check::network::{Endpoint, Outside, Ports, paths};
use serde_json::Value as Json;

use super::{Both, pods, tell};
use crate::effect::Around;
use crate::model::{Direction, Edge, Topic, WholeChange};
use crate::tree::Side;

/// Callers of one way that are named before the rest is only counted.
const CALLERS: usize = 6;

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
    let mut lines: BTreeMap<(Direction, &str, &str), Vec<&str>> = BTreeMap::new();
    for edge in &edges {
        let line = (edge.direction, edge.to.as_str(), edge.ports.as_str());
        lines.entry(line).or_default().push(&edge.from);
    }
    for ((direction, to, ports), callers) in lines {
        let shown: Vec<&str> = callers.iter().take(CALLERS).copied().collect();
        let more = match callers.len().saturating_sub(CALLERS) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let line = format!("{}{more} → {to}: {ports}", shown.join(", "));
        tell(found, Topic::Paths, direction, line);
    }
    edges
}

/// Whether the change of an object can open or close a way.
fn concerns(both: &Both<'_>) -> bool {
    const GROUPS: [&str; 6] = [
        "networking.k8s.io",
        "policy.networking.k8s.io",
        "projectcalico.org",
        "crd.projectcalico.org",
        "security.istio.io",
        "networking.istio.io",
    ];
    let Some(document) = both.any() else {
        return false;
    };
    if GROUPS.contains(&document.id.group()) || document.id.kind == "Namespace" {
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
    let documents: Vec<Document> = around.trees.all(side).cloned().collect();
    let all = paths(&documents, around.context);
    let mut open: BTreeMap<(String, String), Ports> = BTreeMap::new();
    let is_node = |end: &Endpoint| matches!(end, Endpoint::Outside(Outside::Node));
    for path in all
        .iter()
        .filter(|path| !is_node(path.from) && !is_node(path.to))
    {
        let ports = open
            .entry((path.from.to_string(), path.to.to_string()))
            .or_default();
        *ports = ports.union(&path.ports);
    }
    open
}
