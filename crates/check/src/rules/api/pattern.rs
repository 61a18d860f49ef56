//! API007: a value matches the pattern of its field.

use crate::rule::{Area, Rule, Severity};

/// A value matches the pattern of its field; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API007",
    area: Area::Api,
    severity: Severity::Error,
    title: "a value matches the pattern of its field",
    why: "The API server refuses a value that does not match.",
    fix: "Write a value that the regular expression accepts.",
    absorbs: &[
        "kubeconform pattern",
        "kube-linter invalid-target-ports",
        "kube-score container-ports-check",
    ],
    check: None,
};
