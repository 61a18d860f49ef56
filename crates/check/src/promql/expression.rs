//! The parts of a query.

use super::ValueType;
use super::functions::Function;
use super::token::{Aggregation, Operator};

/// Which part of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodeId(u32);

impl NodeId {
    /// A query has fewer bytes than numbers of this size, and fewer parts than bytes.
    pub(super) fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A part of a query.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) expression: Expression,
    /// What it gives.
    pub(crate) value_type: ValueType,
    /// The first byte of its text.
    pub(crate) start: usize,
}

/// What a part of a query is.
#[derive(Clone, Debug)]
pub(crate) enum Expression {
    Number(f64),
    Text(String),
    Parentheses(NodeId),
    Unary(NodeId),
    Selector(Selector),
    Range {
        selector: NodeId,
        /// Seconds; `None` where it is only known at run time.
        range: Option<f64>,
    },
    Subquery {
        inner: NodeId,
        modifiers: Modifiers,
    },
    Binary {
        operator: Operator,
        left: NodeId,
        right: NodeId,
        matching: Matching,
    },
    Aggregate {
        aggregation: Aggregation,
        grouping: Grouping,
        parameter: Option<NodeId>,
        inner: NodeId,
    },
    Call {
        function: Function,
        arguments: Vec<NodeId>,
    },
}

/// When a selector or subquery looks, where that is not the time of the query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Modifiers {
    /// `offset` that is more or less than nothing.
    pub(super) has_offset: bool,
    /// `@`
    pub(super) is_fixed: bool,
}

/// Which series.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selector {
    /// The name before the braces.
    pub(crate) name: Option<String>,
    /// What stands in the braces; a name alone asks for `__name__`.
    pub(crate) matchers: Vec<Matcher>,
    pub(crate) modifiers: Modifiers,
    pub(super) is_anchored: bool,
    pub(super) is_smoothed: bool,
}

impl Selector {
    /// The metric, where it is said by its full name.
    pub(crate) fn metric(&self) -> Option<&str> {
        let named =
            |matcher: &&Matcher| matcher.label == "__name__" && matcher.match_type == Match::Equal;
        let inside = || self.matchers.iter().find(named);
        self.name
            .as_deref()
            .or_else(|| inside().map(|matcher| matcher.value.as_str()))
    }
}

/// What a label has to be.
#[derive(Clone, Debug)]
pub(crate) struct Matcher {
    pub(crate) label: String,
    pub(crate) match_type: Match,
    pub(crate) value: String,
}

/// How a label is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    Equal,
    NotEqual,
    Regex,
    NotRegex,
}

/// How the series of two operands find each other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matching {
    /// `bool`
    pub(crate) returns_bool: bool,
    /// `on` or `ignoring`, with its labels.
    pub(crate) labels: Option<(bool, Vec<String>)>,
    /// `group_left` or `group_right`, with the labels that are taken over from the other side.
    pub(crate) group: Option<(Side, Vec<String>)>,
    pub(super) fills: bool,
}

impl Matching {
    /// The labels of `on`.
    pub(crate) fn on(&self) -> Option<&[String]> {
        match &self.labels {
            Some((true, labels)) => Some(labels),
            _ => None,
        }
    }
}

/// Which side of a matching has many series for one of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
}

/// Which labels an aggregation keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Grouping {
    /// These alone; none where nothing is said.
    By(Vec<String>),
    /// All but these.
    Without(Vec<String>),
}
