//! The graph in the languages of Graphviz and Mermaid.

use std::fmt::Write as _;

use super::bundle::Groups;
use super::{Graph, Node, Relation, State};

/// How Graphviz draws an edge.
fn attributes(relation: Relation) -> &'static str {
    match relation {
        Relation::Allowed => "color=\"#2b6cb0\"",
        Relation::Undeclared => "color=\"#d97706\", style=dashed",
        Relation::Blocked | Relation::Missing => "color=\"#c62828\", style=dotted",
        Relation::Depends => "color=\"#52606d\"",
    }
}

fn fill(state: State) -> Option<&'static str> {
    match state {
        State::Clean | State::Elsewhere => None,
        State::Warning => Some("#fff3c4"),
        State::Error => Some("#ffdede"),
    }
}

/// Name and kind in one line.
fn label(node: &Node) -> String {
    match node.kind.as_str() {
        "" => node.name.clone(),
        kind => format!("{kind} {}", node.name),
    }
}

pub(super) fn dot(graph: &Graph) -> String {
    let quoted = |text: &str| {
        text.replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace('\n', " ")
    };
    let mut dot = format!(
        "digraph {{\n  label=\"{}\"; labelloc=t; rankdir=LR; node [shape=box, style=\"rounded,filled\", fillcolor=white];\n",
        quoted(&graph.title)
    );
    for (index, (name, nodes)) in Groups::new(graph).groups.iter().enumerate() {
        if !name.is_empty() {
            let _ = writeln!(
                dot,
                "  subgraph cluster_{index} {{ label=\"{}\";",
                quoted(name)
            );
        }
        for position in nodes {
            if let Some(node) = graph.nodes.get(*position) {
                let colour = fill(node.state).map(|colour| format!(", fillcolor=\"{colour}\""));
                let colour = colour.unwrap_or_default();
                let _ = writeln!(
                    dot,
                    "    n{position} [label=\"{}\"{colour}];",
                    quoted(&label(node))
                );
            }
        }
        if !name.is_empty() {
            dot.push_str("  }\n");
        }
    }
    for edge in &graph.edges {
        let _ = writeln!(
            dot,
            "  n{} -> n{} [label=\"{}\", {}];",
            edge.from,
            edge.to,
            quoted(&edge.label),
            attributes(edge.relation)
        );
    }
    dot.push_str("}\n");
    dot
}

pub(super) fn mermaid(graph: &Graph) -> String {
    let quoted = |text: &str| text.replace('"', "#quot;").replace(['\n', '\r'], " ");
    let mut text = String::from("flowchart LR\n");
    for (index, (name, nodes)) in Groups::new(graph).groups.iter().enumerate() {
        if !name.is_empty() {
            let _ = writeln!(text, "  subgraph g{index}[\"{}\"]", quoted(name));
        }
        for position in nodes {
            if let Some(node) = graph.nodes.get(*position) {
                let _ = writeln!(text, "    n{position}[\"{}\"]", quoted(&label(node)));
                if let Some(colour) = fill(node.state) {
                    let _ = writeln!(text, "    style n{position} fill:{colour}");
                }
            }
        }
        if !name.is_empty() {
            text.push_str("  end\n");
        }
    }
    for edge in &graph.edges {
        let arrow = match edge.relation {
            Relation::Allowed | Relation::Depends => "-->",
            Relation::Undeclared => "-.->",
            Relation::Blocked | Relation::Missing => "--x",
        };
        let _ = writeln!(
            text,
            "  n{} {arrow}|\"{}\"| n{}",
            edge.from,
            quoted(&edge.label),
            edge.to
        );
    }
    text
}
