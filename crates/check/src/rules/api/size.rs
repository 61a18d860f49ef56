//! API009: strings, lists and maps have an allowed size.

use crate::rule::{Area, Rule, Severity};

/// Strings, lists and maps have an allowed size; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API009",
    area: Area::Api,
    severity: Severity::Error,
    title: "strings, lists and maps have an allowed size",
    why: "The API server refuses what is too short, too long, too few or too many.",
    fix: "Bring it within the bounds that the message names.",
    absorbs: &["kubeconform minLength", "kubeconform maxItems"],
    check: None,
};
