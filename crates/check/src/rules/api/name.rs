//! API014: the object has a valid name.

use crate::rule::{Area, Rule, Severity};

/// The object has a valid name; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API014",
    area: Area::Api,
    severity: Severity::Error,
    title: "the object has a valid name",
    why: "The API server refuses a name outside of the syntax for its kind.",
    fix: "Take a name in the syntax that the message describes.",
    absorbs: &["kubectl-validate name"],
    check: None,
};
