//! The Common Expression Language as the API server evaluates it for the rules of custom resources.
//!
//! Our own reader and evaluator: a rule is read once, in microseconds, and looks into the judged document through its
//! schema without a copy. Types are not checked beforehand: the server did that when it took the definition.

pub(crate) mod declared;
mod evaluate;
mod expression;
pub(crate) mod functions;
mod lexer;
mod macros;
mod operators;
mod parser;
mod value;
mod view;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use schemas::Schema;
use serde_json::Value as Json;

use self::evaluate::{Scope, boolean, evaluate};
use self::expression::Expression;
use self::functions::Library;
use self::parser::Parser;
use self::value::Value;
use crate::pattern::Patterns;

/// Why a rule cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} at byte {at} of the rule")]
pub(crate) struct SyntaxError {
    pub(crate) at: usize,
    pub(crate) message: String,
}

/// Why a rule has no value for this object; the API server refuses such an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) message: Cow<'static, str>,
    /// The server may well have a value; it is we who do not know it.
    pub(crate) is_undecided: bool,
}

impl Failure {
    fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            message: message.into(),
            is_undecided: false,
        }
    }

    fn undecided(message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            message: message.into(),
            is_undecided: true,
        }
    }
}

/// A rule, read and ready.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    expression: Expression,
    /// Whether the rule compares with the object before; without one it does not apply.
    pub(crate) is_transition: bool,
}

impl Program {
    /// Reads a rule.
    pub(crate) fn parse(rule: &str) -> Result<Self, SyntaxError> {
        let mut parser = Parser::new(rule, &["self", "oldSelf"])?;
        let expression = parser.rule()?;
        Ok(Self {
            expression,
            is_transition: parser.uses_old_self,
        })
    }

    /// Whether a value satisfies the rule.
    pub(crate) fn holds(
        &self,
        json: &Json,
        schema: &Schema,
        before: Before<'_>,
        patterns: &Patterns,
    ) -> Result<bool, Failure> {
        let library = Library::new(patterns);
        let old = Scope {
            name: "oldSelf",
            value: match before {
                Before::Nothing => Value::Optional(None),
                Before::Value(json) => Value::of(json, Some(schema)),
                Before::Optional(json) => {
                    Value::Optional(Some(Rc::new(Value::of(json, Some(schema)))))
                }
            },
            outer: None,
        };
        let scope = Scope {
            name: "self",
            value: Value::of(json, Some(schema)),
            outer: Some(&old),
        };
        boolean(&evaluate(&self.expression, &scope, &library)?)
    }
}

/// What `oldSelf` stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Before<'j> {
    /// An empty optional: there was no value.
    Nothing,
    /// The value that was there.
    Value(&'j Json),
    /// An optional that holds the value that was there, for rules which ask for one.
    Optional(&'j Json),
}

/// The rules read so far, by their text.
#[derive(Debug, Default)]
pub(crate) struct Programs(RefCell<BTreeMap<String, Read>>);

type Read = Result<Rc<Program>, SyntaxError>;

impl Programs {
    /// The program of a rule, read on first use.
    pub(crate) fn get(&self, rule: &str) -> Read {
        if let Some(known) = self.0.borrow().get(rule) {
            return known.clone();
        }
        let program = Program::parse(rule).map(Rc::new);
        self.0.borrow_mut().insert(rule.to_owned(), program.clone());
        program
    }
}

#[cfg(test)]
mod library_tests;
#[cfg(test)]
mod tests;
