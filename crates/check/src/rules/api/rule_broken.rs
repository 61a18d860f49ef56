//! API012: the CEL rules of a custom resource hold.

use crate::rule::{Area, Rule, Severity};

/// The CEL rules of a custom resource hold; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API012",
    area: Area::Api,
    severity: Severity::Error,
    title: "the CEL rules of a custom resource hold",
    why: "The API server evaluates these rules on every write and refuses the object where one does not hold.",
    fix: "Change the fields that the rule speaks of.",
    absorbs: &["flux-schema cel", "kubectl-validate cel"],
    check: None,
};
