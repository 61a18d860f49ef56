//! API023: no field, annotation or label is used that something else took the place of.

use crate::rule::{Area, Rule, Severity};

/// No field, annotation or label is used that something else took the place of; judged by the pass over each object in
/// [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API023",
    area: Area::Api,
    severity: Severity::Warning,
    title: "no field, annotation or label is used that something else took the place of",
    why: "What is deprecated may count no more already, and nobody is told: a profile that is not applied, a node that is never chosen.",
    fix: "Use what took its place.",
    absorbs: &[],
    check: None,
};
