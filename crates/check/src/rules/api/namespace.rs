//! API015: a namespaced object names its namespace, another does not.

use crate::rule::{Area, Rule, Severity};

/// A namespaced object names its namespace, another does not; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API015",
    area: Area::Api,
    severity: Severity::Error,
    title: "a namespaced object names its namespace, another does not",
    why: "Without a namespace the object lands wherever the client happens to point; with one on a cluster-wide kind the request is refused.",
    fix: "Name the namespace, or remove it.",
    absorbs: &["kube-linter use-namespace", "datree namespace"],
    check: None,
};
