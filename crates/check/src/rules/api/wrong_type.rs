//! API003: every value has the type of its field.

use crate::rule::{Area, Rule, Severity};

/// Every value has the type of its field; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API003",
    area: Area::Api,
    severity: Severity::Error,
    title: "every value has the type of its field",
    why: "The API server cannot decode a value of another type and refuses the object.",
    fix: "Write the value in the type that the message names.",
    absorbs: &["kubeconform type", "kube-linter schema-validation"],
    check: None,
};
