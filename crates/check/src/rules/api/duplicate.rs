//! API010: entries that must be unique come once.

use crate::rule::{Area, Rule, Severity};

/// Entries that must be unique come once; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API010",
    area: Area::Api,
    severity: Severity::Error,
    title: "entries that must be unique come once",
    why: "The API server refuses a set or keyed list with an entry that comes twice; without server-side apply one of the two would win silently.",
    fix: "Remove one of the two, or give it another key.",
    absorbs: &[
        "kubeconform uniqueItems",
        "kube-linter duplicate-env-var",
        "kube-score environment-variable-key-duplication",
        "datree duplicate-env",
    ],
    check: None,
};
