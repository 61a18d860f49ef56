//! Pictures of an environment: who may talk to whom, and what depends on what.
//!
//! A [`Graph`] is the model that all formats are drawn from: SVG laid out here, DOT and Mermaid for other programs.

mod bundle;
mod dependencies;
mod flows;
mod formats;
mod layout;
mod svg;

use std::collections::{BTreeMap, BTreeSet};

use manifest::ResourceId;

use crate::cluster::Cluster;
use crate::context::Context;
use crate::document::Document;
use crate::report::Report;
use crate::rule::Severity;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Who may talk to whom.
    Flows,
    /// What depends on what.
    Dependencies,
}

/// Which part of it is drawn: all where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only what is in these namespaces, and its neighbours.
    pub namespaces: Vec<String>,
    /// Only this object, by kind and name, and its neighbours. Kinds are compared without regard to case.
    pub focus: Option<(String, String)>,
}

/// Nodes and the edges between them, in an order that does not depend on that of the objects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// What the picture shows, in a line.
    pub title: String,
    /// The nodes: by group, kind and name.
    pub nodes: Vec<Node>,
    /// The edges between their positions.
    pub edges: Vec<Edge>,
}

/// One node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node {
    /// The namespace; empty for what is in none.
    pub group: String,
    /// Where the node stands among the others of its group, from those who call to what is called.
    pub rank: usize,
    /// The kind, `Deployment`; empty for what is no object.
    pub kind: String,
    /// The name.
    pub name: String,
    /// The worst that the checks find there.
    pub state: State,
}

/// The worst that the checks find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nothing.
    Clean,
    /// It is not among the objects that are judged.
    Elsewhere,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

/// One edge.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The position of the caller, or of what depends.
    pub from: usize,
    /// The position of the callee, or of what it depends on.
    pub to: usize,
    /// What the edge means.
    pub relation: Relation,
    /// The ports, or how it depends.
    pub label: String,
}

/// What an edge means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It is meant, and may be.
    Allowed,
    /// It may be, and nobody says that it is meant.
    Undeclared,
    /// It is meant, and is denied.
    Blocked,
    /// One depends on the other.
    Depends,
    /// One depends on the other, which is not there.
    Missing,
}

impl Relation {
    /// What it means, for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Undeclared => "open, but nobody declares it",
            Self::Blocked => "declared, but blocked",
            Self::Depends => "depends on",
            Self::Missing => "depends on what is not there",
        }
    }
}

impl Graph {
    /// The graph of all objects, coloured by what a report says of them.
    pub fn of(
        documents: &[Document],
        context: &Context<'_>,
        report: &Report,
        subject: Subject,
        filter: &Filter,
    ) -> Self {
        let cluster = Cluster::new(documents, context);
        let states = States::of(documents, report);
        let graph = match subject {
            Subject::Flows => flows::graph(&cluster, &states),
            Subject::Dependencies => dependencies::graph(&cluster, documents, &states),
        };
        graph.filtered(filter)
    }

    /// The part that a filter lets through.
    fn filtered(self, filter: &Filter) -> Self {
        let is_wanted = |node: &Node| {
            let in_place = filter.namespaces.is_empty() || filter.namespaces.contains(&node.group);
            in_place
                && filter.focus.as_ref().is_none_or(|(kind, name)| {
                    node.kind.eq_ignore_ascii_case(kind) && node.name == *name
                })
        };
        if *filter == Filter::default() {
            return self;
        }
        let wanted: Vec<bool> = self.nodes.iter().map(is_wanted).collect();
        let is = |position: usize| wanted.get(position).copied().unwrap_or(false);
        let edges = self
            .edges
            .into_iter()
            .filter(|edge| is(edge.from) || is(edge.to));
        let edges: Vec<Edge> = edges.collect();
        let used: BTreeSet<usize> = edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
        let mut places = BTreeMap::new();
        let mut nodes = Vec::new();
        for (position, node) in self.nodes.into_iter().enumerate() {
            if is(position) || used.contains(&position) {
                places.insert(position, nodes.len());
                nodes.push(node);
            }
        }
        let place = |position| places.get(&position).copied().unwrap_or_default();
        let edges = edges.into_iter().map(|edge| Edge {
            from: place(edge.from),
            to: place(edge.to),
            ..edge
        });
        Self {
            edges: edges.collect(),
            nodes,
            title: self.title,
        }
    }

    /// The picture: one SVG document that needs nothing else.
    pub fn svg(&self) -> String {
        svg::document(self)
    }

    /// The graph in the language of Graphviz.
    pub fn dot(&self) -> String {
        formats::dot(self)
    }

    /// The graph in the language of Mermaid.
    pub fn mermaid(&self) -> String {
        formats::mermaid(self)
    }
}

/// The worst that is found in each object.
struct States<'r>(BTreeMap<(&'r str, &'r str, &'r str), State>);

impl<'r> States<'r> {
    fn of(documents: &'r [Document], report: &'r Report) -> Self {
        let key = |id: &'r ResourceId| {
            let namespace = id.namespace.as_deref().unwrap_or_default();
            (id.kind.as_ref(), namespace, id.name.as_str())
        };
        let clean = documents
            .iter()
            .map(|document| (key(&document.id), State::Clean));
        let mut states: BTreeMap<_, _> = clean.collect();
        for finding in &report.findings {
            let state = match finding.rule.severity {
                Severity::Error => State::Error,
                Severity::Warning => State::Warning,
            };
            let known = states.entry(key(&finding.id)).or_insert(state);
            *known = (*known).max(state);
        }
        Self(states)
    }

    fn state(&self, kind: &str, namespace: &str, name: &str) -> State {
        let found = self.0.get(&(kind, namespace, name));
        found.copied().unwrap_or(State::Elsewhere)
    }
}
