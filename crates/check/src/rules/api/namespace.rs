//! API015: the name of a namespace is one.

use crate::rule::{Area, Rule, Severity};

/// The name of a namespace is one; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API015",
    area: Area::Api,
    severity: Severity::Error,
    title: "the name of a namespace is one",
    why: "The API server refuses an object in a namespace that cannot exist.",
    fix: "Take lower-case letters, digits and `-`, at most 63 characters.",
    absorbs: &[],
    check: None,
};
