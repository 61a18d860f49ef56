//! API005: a field with a closed set of values has one of them.

use crate::rule::{Area, Rule, Severity};

/// A field with a closed set of values has one of them; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API005",
    area: Area::Api,
    severity: Severity::Error,
    title: "a field with a closed set of values has one of them",
    why: "The API server refuses any other value; spelling and case count.",
    fix: "Take one of the values that the message lists.",
    absorbs: &["kubeconform enum"],
    check: None,
};
