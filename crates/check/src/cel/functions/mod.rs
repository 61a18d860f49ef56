//! The functions that a rule may call: CEL's own and Kubernetes' libraries.

mod address;
mod conversion;
mod format;
mod lists;
mod optional;
mod quantity;
mod regex;
mod strings;
mod time;
pub(crate) mod url;
pub(crate) mod version;

use std::cell::Cell;
use std::fmt;

use super::Failure;
use super::evaluate::Outcome;
use super::value::Value;
use crate::pattern::Patterns;

/// What one evaluation may cost: steps, and as many for each element and each few characters that are made or gone
/// through. The server has a budget of its own, which no rule of a served definition comes near.
const BUDGET: u64 = 4_000_000;

/// Expressions that stand deeper in one another than this are given up, before the stack is exhausted.
const DEEPEST: usize = 350;

/// Characters that count as one step.
const CHARACTERS: usize = 16;

/// What functions may use besides their arguments.
pub(super) struct Library<'l> {
    pub(super) patterns: &'l Patterns,
    left: Cell<u64>,
    depth: Cell<usize>,
}

impl<'l> Library<'l> {
    /// For one evaluation.
    pub(super) fn new(patterns: &'l Patterns) -> Self {
        Self {
            patterns,
            left: Cell::new(BUDGET),
            depth: Cell::new(0),
        }
    }

    /// Goes one expression deeper.
    pub(super) fn descend(&self) -> Result<(), Failure> {
        self.pay(1)?;
        if self.depth.get() >= DEEPEST {
            return Err(Failure::undecided("the rule is nested too deeply"));
        }
        self.depth.set(self.depth.get() + 1);
        Ok(())
    }

    /// Comes back from where [`Library::descend`] went.
    pub(super) fn ascend(&self) {
        self.depth.set(self.depth.get().saturating_sub(1));
    }

    /// Takes some steps; a rule that takes too many is given up.
    pub(super) fn pay(&self, steps: usize) -> Result<(), Failure> {
        let steps = u64::try_from(steps).unwrap_or(u64::MAX);
        let Some(left) = self.left.get().checked_sub(steps) else {
            self.left.set(0);
            return Err(Failure::undecided("the rule takes too long"));
        };
        self.left.set(left);
        Ok(())
    }

    /// Pays for a text of so many bytes.
    pub(super) fn pay_for_text(&self, length: usize) -> Result<(), Failure> {
        self.pay(length / CHARACTERS)
    }

    /// Pays for a value that a function has made, and for the arguments that it went through.
    pub(super) fn pay_for_call(
        &self,
        arguments: &[Value<'_>],
        made: &Value<'_>,
    ) -> Result<(), Failure> {
        let mut steps = 1_usize;
        for value in arguments.iter().chain([made]) {
            steps = steps.saturating_add(match value {
                Value::Text(text) => text.len() / CHARACTERS,
                Value::Bytes(bytes) => bytes.len() / CHARACTERS,
                Value::List(items) => items.len(),
                Value::Map(entries) => entries.len(),
                Value::View(view) => view.size(),
                _ => 0,
            });
        }
        self.pay(steps)
    }
}

/// The code of a function; the receiver of a method is its first argument.
type Run = for<'v> fn(&Library<'_>, &[Value<'v>]) -> Outcome<'v>;

/// How a call is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `name(a, b)`
    Global,
    /// `a.name(b)`
    Member,
    /// Either.
    Both,
}

/// A function under a name.
#[derive(Clone, Copy)]
pub(crate) struct Function {
    name: &'static str,
    style: Style,
    least: usize,
    most: usize,
    pub(super) run: Run,
}

impl Function {
    const fn global(name: &'static str, arguments: usize, run: Run) -> Self {
        Self {
            name,
            style: Style::Global,
            least: arguments,
            most: arguments,
            run,
        }
    }

    /// `arguments` counts the receiver.
    const fn member(name: &'static str, arguments: usize, run: Run) -> Self {
        Self {
            name,
            style: Style::Member,
            least: arguments,
            most: arguments,
            run,
        }
    }

    const fn either(name: &'static str, arguments: usize, run: Run) -> Self {
        Self {
            name,
            style: Style::Both,
            least: arguments,
            most: arguments,
            run,
        }
    }

    /// Some last arguments may be left out.
    const fn at_least(mut self, arguments: usize) -> Self {
        self.least = arguments;
        self
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

const LIBRARIES: [&[Function]; 11] = [
    conversion::FUNCTIONS,
    strings::FUNCTIONS,
    regex::FUNCTIONS,
    lists::FUNCTIONS,
    url::FUNCTIONS,
    address::FUNCTIONS,
    quantity::FUNCTIONS,
    time::FUNCTIONS,
    optional::FUNCTIONS,
    format::FUNCTIONS,
    version::FUNCTIONS,
];

/// The function that a call means.
pub(super) fn find(name: &str, style: Style, arguments: usize) -> Option<Function> {
    let fits = |function: &&Function| {
        function.name == name
            && (function.style == style || function.style == Style::Both)
            && (function.least..=function.most).contains(&arguments)
    };
    LIBRARIES
        .iter()
        .flat_map(|library| library.iter())
        .find(fits)
        .copied()
}

/// Whether functions stand in a name space of this name.
pub(super) fn is_space(name: &str) -> bool {
    matches!(
        name,
        "ip" | "cidr" | "sets" | "optional" | "format" | "semver" | "lists" | "strings"
    )
}

/// An argument that must be text.
fn text<'a>(arguments: &'a [Value<'_>], position: usize) -> Result<&'a str, Failure> {
    match arguments.get(position) {
        Some(Value::Text(text)) => Ok(text),
        other => Err(unexpected("string", other)),
    }
}

/// An argument that must be a whole number.
fn integer(arguments: &[Value<'_>], position: usize) -> Result<i64, Failure> {
    match arguments.get(position) {
        Some(Value::Integer(value)) => Ok(*value),
        other => Err(unexpected("int", other)),
    }
}

fn argument<'a, 'v>(arguments: &'a [Value<'v>], position: usize) -> Result<&'a Value<'v>, Failure> {
    arguments
        .get(position)
        .ok_or_else(|| unexpected("argument", None))
}

fn unexpected(wanted: &str, found: Option<&Value<'_>>) -> Failure {
    Failure::new(format!(
        "no such overload: expected {wanted}, found {}",
        found.map_or("nothing", Value::type_name)
    ))
}

fn owned<'v>(text: String) -> Value<'v> {
    Value::Text(std::borrow::Cow::Owned(text))
}

fn count<'v>(length: usize) -> Value<'v> {
    Value::Integer(i64::try_from(length).unwrap_or(i64::MAX))
}
