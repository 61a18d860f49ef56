//! API021: an object says its namespace where it has one, and only there.

use crate::rule::{Area, Rule, Severity};

/// An object says its namespace where it has one, and only there; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API021",
    area: Area::Api,
    severity: Severity::Warning,
    title: "an object says its namespace where it has one, and only there",
    why: "Whoever applies the object fills in the namespace of the moment, or drops it: where the object ends up depends on who applies it.",
    fix: "Add `metadata.namespace` to objects of a namespace, and take it away from those of the whole cluster.",
    absorbs: &["kube-linter use-namespace", "datree namespace"],
    check: None,
};
