//! CHG005: every rule for changing a custom resource can be decided.

use crate::rule::{Area, Rule, Severity};

/// Every CEL rule that compares can be decided; judged by [`crate::change`].
pub(crate) static RULE: Rule = Rule {
    code: "CHG005",
    area: Area::Change,
    severity: Severity::Warning,
    title: "every rule for changing a custom resource can be decided",
    why: "The API server evaluates the rule on every update; nobody knows here what it will say.",
    fix: "Try the change against the API server: kubectl apply --server-side --dry-run=server.",
    absorbs: &[],
    check: None,
};
