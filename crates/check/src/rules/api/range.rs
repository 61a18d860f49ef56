//! API008: a number is within the bounds of its field.

use crate::rule::{Area, Rule, Severity};

/// A number is within the bounds of its field; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API008",
    area: Area::Api,
    severity: Severity::Error,
    title: "a number is within the bounds of its field",
    why: "The API server refuses a number outside of the bounds.",
    fix: "Take a number within the bounds.",
    absorbs: &["kubeconform minimum", "kubeconform maximum"],
    check: None,
};
