//! API018: the object is not nested beyond measure.

use crate::rule::{Area, Rule, Severity};

/// The object is not nested beyond measure; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API018",
    area: Area::Api,
    severity: Severity::Error,
    title: "the object is not nested beyond measure",
    why: "The API server refuses to decode it.",
    fix: "Flatten the object; the server stops at some hundred levels.",
    absorbs: &[],
    check: None,
};
