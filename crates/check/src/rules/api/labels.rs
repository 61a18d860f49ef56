//! API016: label and annotation keys and values are valid.

use crate::rule::{Area, Rule, Severity};

/// Label and annotation keys and values are valid; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API016",
    area: Area::Api,
    severity: Severity::Error,
    title: "label and annotation keys and values are valid",
    why: "The API server refuses keys and values outside of their syntax, and more than 256 KiB of annotations.",
    fix: "Take keys `prefix/name` and values of letters, digits, `-`, `_` and `.`.",
    absorbs: &[
        "kube-score label-values",
        "datree WORKLOAD_INVALID_LABELS_VALUE",
    ],
    check: None,
};
