//! Lines that take the place of many: to all of a group at once, or from all of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Graph, Relation};

/// An end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Terminal {
    /// A node, by its position.
    Node(usize),
    /// All nodes of a group, by the position of the group.
    Group(usize),
}

/// What is drawn for one or more edges.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    pub(super) from: Terminal,
    pub(super) to: Terminal,
    pub(super) relation: Relation,
    pub(super) label: String,
}

/// Nodes by the groups that they are drawn in. What is in no group is drawn by itself.
pub(super) struct Groups {
    /// Name and nodes of each.
    pub(super) groups: Vec<(String, Vec<usize>)>,
    /// The group of each node.
    pub(super) of_node: Vec<usize>,
}

impl Groups {
    pub(super) fn new(graph: &Graph) -> Self {
        let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
        let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
        let mut of_node = Vec::new();
        for (position, node) in graph.nodes.iter().enumerate() {
            let next = groups.len();
            let group = if node.group.is_empty() {
                next
            } else {
                *by_name.entry(&node.group).or_insert(next)
            };
            if group == next {
                groups.push((node.group.clone(), Vec::new()));
            }
            if let Some((_, nodes)) = groups.get_mut(group) {
                nodes.push(position);
            }
            of_node.push(group);
        }
        Self { groups, of_node }
    }

    pub(super) fn group(&self, node: usize) -> usize {
        self.of_node.get(node).copied().unwrap_or_default()
    }
}

/// The edges of one node towards one group.
type Fans<'g> = BTreeMap<(usize, usize, Relation), BTreeMap<usize, &'g str>>;

/// The lines for all edges.
pub(super) fn lines(graph: &Graph, groups: &Groups) -> Vec<Line> {
    let mut out: Fans<'_> = BTreeMap::new();
    for edge in &graph.edges {
        let fan = out
            .entry((edge.from, groups.group(edge.to), edge.relation))
            .or_default();
        fan.insert(edge.to, &edge.label);
    }
    let mut lines = Vec::new();
    let mut single: Fans<'_> = BTreeMap::new();
    for ((from, group, relation), fan) in out {
        if is_all(groups, group, from, &fan) {
            lines.push(Line {
                from: Terminal::Node(from),
                to: Terminal::Group(group),
                relation,
                label: joined(fan.values().copied()),
            });
            continue;
        }
        for (to, label) in fan {
            let fan = single
                .entry((to, groups.group(from), relation))
                .or_default();
            fan.insert(from, label);
        }
    }
    for ((to, group, relation), fan) in single {
        if is_all(groups, group, to, &fan) {
            lines.push(Line {
                from: Terminal::Group(group),
                to: Terminal::Node(to),
                relation,
                label: joined(fan.values().copied()),
            });
            continue;
        }
        lines.extend(fan.into_iter().map(|(from, label)| Line {
            from: Terminal::Node(from),
            to: Terminal::Node(to),
            relation,
            label: label.to_owned(),
        }));
    }
    lines.sort();
    lines
}

/// Whether a fan holds every node of another group with more than one.
fn is_all(groups: &Groups, group: usize, node: usize, fan: &BTreeMap<usize, &str>) -> bool {
    let size = groups.groups.get(group).map_or(0, |(_, nodes)| nodes.len());
    size > 1 && fan.len() == size && groups.group(node) != group
}

/// Different labels in one line; the number of them where there are many.
fn joined<'l>(labels: impl Iterator<Item = &'l str>) -> String {
    let all: BTreeSet<&str> = labels.collect();
    if all.len() > 3 {
        format!("{} different sets of ports", all.len())
    } else {
        all.into_iter().collect::<Vec<_>>().join(" | ")
    }
}
