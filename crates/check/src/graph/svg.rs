//! One SVG document: groups, nodes and lines, with the ports of each line where the pointer rests on it.

use std::fmt::Write as _;

use super::bundle::{Groups, Line, Terminal, lines};
use super::layout::{self, Layout, Place};
use super::{Graph, Node, Relation, State};

/// Up to how many lines a label stands on each.
const LABELLED: usize = 40;

const STYLE: &str = "
text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:#1f2933}
.title{font-size:18px;font-weight:600}
.group{fill:#f4f6f8;stroke:#cbd2d9}
.name{font-weight:600;fill:#52606d}
.node rect{fill:#fff;stroke:#9aa5b1}
.node.elsewhere rect{fill:#f4f6f8;stroke-dasharray:3 2}
.node.outside rect{fill:#e3f0fb;stroke:#6aa0cc}
.node.warning rect{fill:#fff3c4;stroke:#cb8a00}
.node.error rect{fill:#ffdede;stroke:#c62828;stroke-width:1.6}
.kind{fill:#7b8794}
.line path{fill:none;stroke-width:1.4;opacity:.6}
.line .hit{stroke:transparent;stroke-width:9;opacity:1;marker-end:none}
.line:hover path{stroke-width:3;opacity:1}
.line:hover .hit{stroke-width:9}
.label{font-size:10px;fill:#52606d;paint-order:stroke;stroke:#fff;stroke-width:3px}
";

/// How a relation is drawn: class, colour, dashes.
fn stroke(relation: Relation) -> (&'static str, &'static str, &'static str) {
    match relation {
        Relation::Allowed => ("allowed", "#2b6cb0", ""),
        Relation::Undeclared => ("undeclared", "#d97706", "6 3"),
        Relation::Blocked => ("blocked", "#c62828", "2 3"),
        Relation::Depends => ("depends", "#52606d", ""),
        Relation::Missing => ("missing", "#c62828", "2 3"),
    }
}

/// What stands in a node.
pub(super) fn text(node: &Node) -> String {
    if node.kind.is_empty() {
        node.name.clone()
    } else {
        format!("{} {}", node.name, short(&node.kind))
    }
}

/// Kinds as kubectl shortens them.
fn short(kind: &str) -> &str {
    match kind {
        "Deployment" => "deploy",
        "StatefulSet" => "sts",
        "DaemonSet" => "ds",
        "ReplicaSet" => "rs",
        "ReplicationController" => "rc",
        "ConfigMap" => "cm",
        "PersistentVolumeClaim" => "pvc",
        "ServiceAccount" => "sa",
        "Service" => "svc",
        "Ingress" => "ing",
        "HorizontalPodAutoscaler" => "hpa",
        "VerticalPodAutoscaler" => "vpa",
        "PodDisruptionBudget" => "pdb",
        other => other,
    }
}

/// The whole document.
pub(super) fn document(graph: &Graph) -> String {
    let groups = Groups::new(graph);
    let lines = lines(graph, &groups);
    let layout = layout::layout(graph, &groups, &lines);
    let mut svg = String::new();
    let (width, height) = (layout.width, layout.height);
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
        escaped(&graph.title)
    );
    let mut relations: Vec<Relation> = lines.iter().map(|line| line.relation).collect();
    relations.sort_unstable();
    relations.dedup();
    head(&mut svg, graph, &relations);
    for ((name, _), place) in groups.groups.iter().zip(&layout.groups) {
        if !name.is_empty() {
            group(&mut svg, name, place);
        }
    }
    for one in &lines {
        line(
            &mut svg,
            graph,
            &groups,
            &layout,
            one,
            lines.len() <= LABELLED,
        );
    }
    for (one, place) in graph.nodes.iter().zip(&layout.nodes) {
        node(&mut svg, one, place);
    }
    svg.push_str("</svg>\n");
    svg
}

/// Title, legend and arrows.
fn head(svg: &mut String, graph: &Graph, relations: &[Relation]) {
    let _ = writeln!(
        svg,
        "<text class=\"title\" x=\"24\" y=\"32\">{}</text>",
        escaped(&graph.title)
    );
    let mut x = 24.0;
    for relation in relations {
        let (class, colour, dashes) = stroke(*relation);
        let _ = writeln!(
            svg,
            "<marker id=\"{class}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\" markerUnits=\"userSpaceOnUse\">\
             <path d=\"M0 0L8 4L0 8z\" fill=\"{colour}\"/></marker>\n\
             <path d=\"M{x:.0} 52h32\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\" marker-end=\"url(#{class})\"/>\
             <text x=\"{:.0}\" y=\"56\">{}</text>",
            x + 40.0,
            relation.as_str()
        );
        x += 66.0 + 6.8 * f64::from(u16::try_from(relation.as_str().len()).unwrap_or(0));
    }
    let states = [
        (State::Warning, "has warnings"),
        (State::Error, "has errors"),
        (State::Elsewhere, "made elsewhere"),
    ];
    let outside = |node: &&Node| !node.kind.is_empty();
    for (state, name) in states {
        if graph
            .nodes
            .iter()
            .filter(outside)
            .any(|node| node.state == state)
        {
            let _ = writeln!(
                svg,
                "<g class=\"node {}\"><rect x=\"{x:.0}\" y=\"45\" width=\"22\" height=\"14\" rx=\"3\"/><text x=\"{:.0}\" y=\"56\">{name}</text></g>",
                class(state),
                x + 28.0
            );
            x += 54.0 + 6.8 * f64::from(u16::try_from(name.len()).unwrap_or(0));
        }
    }
}

fn class(state: State) -> &'static str {
    match state {
        State::Clean => "clean",
        State::Elsewhere => "elsewhere",
        State::Warning => "warning",
        State::Error => "error",
    }
}

fn group(svg: &mut String, name: &str, place: &Place) {
    let Place {
        x,
        y,
        width,
        height,
    } = place;
    let _ = writeln!(
        svg,
        "<rect class=\"group\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"8\"/>\
         <text class=\"name\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
        x + 10.0,
        y + 16.0,
        escaped(name)
    );
}

fn node(svg: &mut String, node: &Node, place: &Place) {
    let Place {
        x,
        y,
        width,
        height,
    } = place;
    let is_outside = node.kind.is_empty();
    let class = if is_outside {
        "outside"
    } else {
        class(node.state)
    };
    let kind = if is_outside {
        String::new()
    } else {
        format!(
            " <tspan class=\"kind\">{}</tspan>",
            escaped(short(&node.kind))
        )
    };
    let _ = writeln!(
        svg,
        "<g class=\"node {class}\"><title>{}</title><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"4\"/>\
         <text x=\"{:.1}\" y=\"{:.1}\">{}{kind}</text></g>",
        escaped(&title(node)),
        x + 9.0,
        y + 16.0,
        escaped(&node.name)
    );
}

/// The whole name of a node.
fn title(node: &Node) -> String {
    match (node.kind.as_str(), node.group.as_str()) {
        ("", _) => node.name.clone(),
        (kind, "") => format!("{kind} {}", node.name),
        (kind, group) => format!("{kind} {group}/{}", node.name),
    }
}

fn line(
    svg: &mut String,
    graph: &Graph,
    groups: &Groups,
    layout: &Layout,
    line: &Line,
    is_labelled: bool,
) {
    let (from, to) = (layout.place(line.from), layout.place(line.to));
    let (class, colour, dashes) = stroke(line.relation);
    let (path, end) = curve(&from, &to);
    let name = |terminal: Terminal| match terminal {
        Terminal::Node(node) => graph.nodes.get(node).map(title).unwrap_or_default(),
        Terminal::Group(group) => {
            let name = groups
                .groups
                .get(group)
                .map_or("", |(name, _)| name.as_str());
            format!("all of {name}")
        }
    };
    let _ = write!(
        svg,
        "<g class=\"line {class}\"><title>{} → {}: {} ({})</title><path class=\"hit\" d=\"{path}\"/>\
         <path d=\"{path}\" stroke=\"{colour}\" stroke-dasharray=\"{dashes}\" marker-end=\"url(#{class})\"/>",
        escaped(&name(line.from)),
        escaped(&name(line.to)),
        escaped(&line.label),
        line.relation.as_str()
    );
    if is_labelled {
        let (x, y, anchor) = end;
        let _ = write!(
            svg,
            "<text class=\"label\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>",
            escaped(&line.label)
        );
    }
    svg.push_str("</g>\n");
}

/// A curve from the side of one place to the side of the other, and where its label stands.
fn curve(from: &Place, to: &Place) -> (String, (f64, f64, &'static str)) {
    let (start, end) = (from.middle(), to.middle());
    if to.x > from.right() {
        let reach = ((to.x - from.right()) / 2.0).max(40.0);
        let path = format!(
            "M{:.1} {start:.1}C{:.1} {start:.1} {:.1} {end:.1} {:.1} {end:.1}",
            from.right(),
            from.right() + reach,
            to.x - reach,
            to.x
        );
        return (path, (to.x - 10.0, end - 4.0, "end"));
    }
    if to.right() < from.x {
        let reach = ((from.x - to.right()) / 2.0).max(40.0);
        let path = format!(
            "M{:.1} {start:.1}C{:.1} {start:.1} {:.1} {end:.1} {:.1} {end:.1}",
            from.x,
            from.x - reach,
            to.right() + reach,
            to.right()
        );
        return (path, (to.right() + 10.0, end - 4.0, "start"));
    }
    let reach = 30.0 + ((end - start).abs() / 6.0).min(80.0);
    let path = format!(
        "M{:.1} {start:.1}C{:.1} {start:.1} {:.1} {end:.1} {:.1} {end:.1}",
        from.right(),
        from.right().max(to.right()) + reach,
        from.right().max(to.right()) + reach,
        to.right()
    );
    (path, (to.right() + 10.0, end - 4.0, "start"))
}

/// Text as XML takes it.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            // XML has no way to write these.
            sign if sign.is_control() || matches!(sign, '\u{fffe}' | '\u{ffff}') => safe.push(' '),
            sign => safe.push(sign),
        }
    }
    safe
}
