//! API002: every field is known to the schema.

use crate::rule::{Area, Rule, Severity};

/// Every field is known to the schema; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API002",
    area: Area::Api,
    severity: Severity::Error,
    title: "every field is known to the schema",
    why: "The API server refuses an unknown field in strict mode and drops it without a word otherwise: what it was meant to do does not happen.",
    fix: "Correct the spelling or the level at which the field stands.",
    absorbs: &[
        "kubeconform strict",
        "kube-linter schema-validation",
        "istioctl IST0106",
    ],
    check: None,
};
