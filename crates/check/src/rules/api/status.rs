//! API017: a manifest carries no status.

use crate::rule::{Area, Rule, Severity};

/// A manifest carries no status; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API017",
    area: Area::Api,
    severity: Severity::Warning,
    title: "a manifest carries no status",
    why: "The cluster writes the status; the one in the manifest is ignored, and Argo CD reports a difference that never goes away.",
    fix: "Leave `status` out of the manifest.",
    absorbs: &[],
    check: None,
};
