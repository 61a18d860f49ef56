//! Who may talk to whom: what is meant and allowed, what is open beyond that, and what is meant but denied.

use std::collections::BTreeMap;

use super::{Edge, Graph, Node, Relation, State, States};
use crate::cluster::Cluster;
use crate::network::calls::{self, Caller};
use crate::network::{Endpoint, Outside, Paths, Port, Ports};

/// Ports by caller and callee, which are positions of nodes.
type Ways = BTreeMap<(usize, usize), Ports>;

/// The nodes, and which of them an end is as a caller and as a callee.
#[derive(Default)]
struct Nodes {
    nodes: Vec<Node>,
    by_name: BTreeMap<(String, String, String), usize>,
}

impl Nodes {
    fn add(&mut self, group: &str, rank: usize, kind: &str, name: &str, state: State) -> usize {
        let key = (group.to_owned(), kind.to_owned(), name.to_owned());
        let next = self.nodes.len();
        let position = *self.by_name.entry(key).or_insert(next);
        if position == next {
            self.nodes.push(Node {
                group: group.to_owned(),
                rank,
                kind: kind.to_owned(),
                name: name.to_owned(),
                state,
            });
        }
        position
    }

    fn end(&mut self, states: &States<'_>, end: &Endpoint, is_caller: bool) -> usize {
        let (rank, name) = match end {
            Endpoint::Workload {
                namespace,
                kind,
                name,
            } => {
                let mut state = states.state(kind, namespace, name);
                if state == State::Elsewhere && namespace == "default" {
                    state = states.state(kind, "", name);
                }
                return self.add(namespace, 1, kind, name, state);
            }
            Endpoint::Outside(Outside::Internet(_)) if is_caller => (0, "from the internet"),
            Endpoint::Outside(Outside::Internet(_)) => (2, "to the internet"),
            Endpoint::Outside(Outside::Addresses(_)) if is_caller => (0, "from other addresses"),
            Endpoint::Outside(Outside::Addresses(_)) => (2, "to other addresses"),
            Endpoint::Outside(Outside::Cluster) if is_caller => (0, "any other pod"),
            Endpoint::Outside(Outside::Cluster) => (2, "to any other pod"),
            Endpoint::Outside(Outside::Node) => (0, "nodes"),
        };
        self.add("", rank, "", name, State::Elsewhere)
    }
}

/// The graph of flows.
pub(super) fn graph(cluster: &Cluster<'_>, states: &States<'_>) -> Graph {
    let paths = cluster.paths();
    let mut nodes = Nodes::default();
    for end in paths
        .endpoints()
        .filter(|end| matches!(end, Endpoint::Workload { .. }))
    {
        nodes.end(states, end, true);
    }
    let Wanted {
        allowed,
        blocked,
        ends,
    } = wanted(cluster, paths, states, &mut nodes);
    let open = undeclared(cluster, paths, states, &mut nodes, &ends);
    // One of several addresses or pods that is reached is enough.
    let blocked = blocked.into_iter().filter_map(|(pair, ports)| {
        let reached = allowed.get(&pair).cloned().unwrap_or_default();
        let rest = ports.difference(&reached);
        (!rest.is_empty()).then_some((pair, rest))
    });
    let blocked: Ways = blocked.collect();
    let mut edges = Vec::new();
    for (relation, ways) in [
        (Relation::Allowed, allowed),
        (Relation::Undeclared, open),
        (Relation::Blocked, blocked),
    ] {
        edges.extend(ways.into_iter().map(|((from, to), ports)| Edge {
            from,
            to,
            relation,
            label: ports.to_string(),
        }));
    }
    let graph = Graph {
        title: "Who may talk to whom".to_owned(),
        nodes: nodes.nodes,
        edges,
    };
    sorted(graph)
}

/// Orders nodes and edges, and leaves out what stands outside and has no edge.
fn sorted(graph: Graph) -> Graph {
    let is_used = |position: usize| {
        graph
            .edges
            .iter()
            .any(|edge| edge.from == position || edge.to == position)
    };
    let mut order: Vec<usize> = (0..graph.nodes.len())
        .filter(|position| {
            graph
                .nodes
                .get(*position)
                .is_some_and(|node| !node.group.is_empty())
                || is_used(*position)
        })
        .collect();
    order.sort_by_key(|position| graph.nodes.get(*position));
    let place: BTreeMap<usize, usize> = order
        .iter()
        .enumerate()
        .map(|(new, old)| (*old, new))
        .collect();
    let nodes = order
        .iter()
        .filter_map(|position| graph.nodes.get(*position).cloned());
    let edges = graph.edges.iter().filter_map(|edge| {
        Some(Edge {
            from: *place.get(&edge.from)?,
            to: *place.get(&edge.to)?,
            ..edge.clone()
        })
    });
    let mut edges: Vec<Edge> = edges.collect();
    edges.sort();
    Graph {
        title: graph.title.clone(),
        nodes: nodes.collect(),
        edges,
    }
}

/// What is meant.
struct Wanted {
    allowed: Ways,
    blocked: Ways,
    /// By the positions of ends.
    ends: Ways,
}

fn wanted(cluster: &Cluster<'_>, paths: &Paths, states: &States<'_>, nodes: &mut Nodes) -> Wanted {
    let mut wanted = Wanted {
        allowed: Ways::new(),
        blocked: Ways::new(),
        ends: Ways::new(),
    };
    for call in calls::all(cluster, paths) {
        let callers = match &call.caller {
            Caller::Ends(callers) | Caller::OneOf(callers) => callers.clone(),
            Caller::Unknown(name) => {
                let from = nodes.add("", 0, "", name, State::Elsewhere);
                for (end, port) in &call.callees {
                    if let Some(callee) = paths.endpoint(*end) {
                        let to = nodes.end(states, callee, false);
                        let is_open = paths.open_to_anyone(*end).contains(*port);
                        let ways = if is_open {
                            &mut wanted.allowed
                        } else {
                            &mut wanted.blocked
                        };
                        add(ways, (from, to), &Ports::one(*port));
                    }
                }
                continue;
            }
        };
        for from in callers {
            for (to, port) in &call.callees {
                let (Some(caller), Some(callee)) = (paths.endpoint(from), paths.endpoint(*to))
                else {
                    continue;
                };
                let pair = (
                    nodes.end(states, caller, true),
                    nodes.end(states, callee, false),
                );
                let one = Ports::one(*port);
                add(&mut wanted.ends, (from, *to), &one);
                let is_open = paths.open_at_most(from, *to).contains(*port);
                let ways = if is_open {
                    &mut wanted.allowed
                } else {
                    &mut wanted.blocked
                };
                add(ways, pair, &one);
            }
        }
    }
    wanted
}

fn add(ways: &mut Ways, pair: (usize, usize), ports: &Ports) {
    let known = ways.entry(pair).or_default();
    *known = known.union(ports);
}

/// What is open beyond what is meant. Whom any pod may call, every pod may: that is one edge.
fn undeclared(
    cluster: &Cluster<'_>,
    paths: &Paths,
    states: &States<'_>,
    nodes: &mut Nodes,
    wanted: &Ways,
) -> Ways {
    let all: Vec<&Endpoint> = paths.endpoints().collect();
    let any = paths.position(&Endpoint::Outside(Outside::Cluster));
    let dns = servers(cluster, paths);
    let mut open = Ways::new();
    for (to, callee) in all.iter().enumerate() {
        let is_workload = matches!(callee, Endpoint::Workload { .. });
        let to_any = any
            .filter(|_| is_workload)
            .map(|any| paths.open(any, to))
            .unwrap_or_default();
        for (from, caller) in all.iter().enumerate() {
            let is_pair = matches!(caller, Endpoint::Workload { .. }) || is_workload;
            let is_counted = !matches!(
                caller,
                Endpoint::Outside(Outside::Node | Outside::Addresses(_))
            ) && !matches!(
                callee,
                Endpoint::Outside(Outside::Node | Outside::Addresses(_) | Outside::Cluster)
            );
            if from == to || !is_pair || !is_counted {
                continue;
            }
            let mut more = paths.open(from, to);
            if let Some(meant) = wanted.get(&(from, to)) {
                more = more.difference(meant);
            }
            if matches!(caller, Endpoint::Workload { .. }) {
                more = more.difference(&to_any);
            }
            if dns.contains(&to) {
                more =
                    more.difference(&Ports::one(Port::udp(53)).union(&Ports::one(Port::tcp(53))));
            }
            if !more.is_empty() {
                let pair = (
                    nodes.end(states, caller, true),
                    nodes.end(states, callee, false),
                );
                add(&mut open, pair, &more);
            }
        }
    }
    open
}

/// The pods that everybody asks for names.
fn servers(cluster: &Cluster<'_>, paths: &Paths) -> Vec<usize> {
    let all = cluster.pods().iter().enumerate();
    let found = all.filter(|(_, pods)| {
        pods.labels
            .get("k8s-app")
            .is_some_and(|app| app == "kube-dns")
    });
    found
        .filter_map(|(position, _)| paths.of_pods(position))
        .collect()
}
