//! Reads PromQL, the query language of Prometheus 3, and tells what is no query.

mod duration;
mod expression;
mod functions;
mod lexer;
mod literal;
mod parser;
mod postfix;
mod regex;
mod selector;
mod token;
mod types;

use std::fmt;

pub(crate) use self::expression::{Expression, Grouping, Match, Matching, Node, NodeId, Side};
pub(crate) use self::literal::duration as parse_duration;
pub(crate) use self::token::{Aggregation, Operator};

/// Longer texts are refused: nobody writes them.
const LONGEST: usize = 1024 * 1024;

/// A query that was read: its parts, each behind those that it is made of.
#[derive(Clone, Debug)]
pub struct Query {
    nodes: Vec<Node>,
    root: NodeId,
}

impl Query {
    /// All parts; the parts of a part come before it.
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// A part.
    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The query as a whole.
    pub(crate) fn root(&self) -> NodeId {
        self.root
    }

    /// What the query gives.
    pub fn value_type(&self) -> ValueType {
        self.node(self.root).value_type
    }
}

/// What an expression gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// A number.
    Scalar,
    /// One value of each of many series.
    Vector,
    /// A range of values of each of many series.
    Matrix,
    /// A text.
    Text,
}

impl fmt::Display for ValueType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Scalar => "a number",
            Self::Vector => "an instant vector",
            Self::Matrix => "a range vector",
            Self::Text => "a text",
        })
    }
}

/// Why a text is no query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line in the text, counted from 1.
    pub line: usize,
    /// The character in the line, counted from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl Fault {
    fn new(text: &str, at: usize, message: impl Into<String>) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: message.into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line,
            column,
            message,
        } = self;
        if *line == 1 {
            write!(formatter, "character {column}: {message}")
        } else {
            write!(formatter, "line {line}, character {column}: {message}")
        }
    }
}

impl std::error::Error for Fault {}

/// The parts of the language that Prometheus takes only with a flag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// Functions and aggregations: `promql-experimental-functions`.
    pub functions: bool,
    /// `anchored` and `smoothed`: `promql-extended-range-selectors`.
    pub ranges: bool,
    /// `fill`, `fill_left` and `fill_right`: `promql-binop-fill-modifiers`.
    pub fills: bool,
}

impl Features {
    /// All of them.
    pub const ALL: Self = Self {
        functions: true,
        ranges: true,
        fills: true,
    };
}

/// Reads a query as Prometheus does without flags.
///
/// # Errors
///
/// Says where and why a text is none.
pub fn parse(text: &str) -> Result<Query, Fault> {
    parse_with(text, Features::default())
}

/// Reads a query as Prometheus does with some flags.
///
/// # Errors
///
/// Says where and why a text is none.
pub fn parse_with(text: &str, features: Features) -> Result<Query, Fault> {
    if text.len() > LONGEST {
        return Err(Fault::new(text, 0, "the query is longer than a megabyte"));
    }
    let tokens = lexer::tokens(text)?;
    parser::query(text, &tokens, features)
}

#[cfg(test)]
mod tests;
