//! API006: a value has the format of its field.

use crate::rule::{Area, Rule, Severity};

/// A value has the format of its field; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API006",
    area: Area::Api,
    severity: Severity::Error,
    title: "a value has the format of its field",
    why: "The API server refuses a date, duration, address, base64 text or quantity that it cannot read.",
    fix: "Write the value in the form of the example.",
    absorbs: &["kubeconform format"],
    check: None,
};
