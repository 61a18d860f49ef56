//! API004: every required field is there.

use crate::rule::{Area, Rule, Severity};

/// Every required field is there; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API004",
    area: Area::Api,
    severity: Severity::Error,
    title: "every required field is there",
    why: "The API server refuses an object that lacks a required field.",
    fix: "Add the field that the message names.",
    absorbs: &["kubeconform required", "kube-linter schema-validation"],
    check: None,
};
