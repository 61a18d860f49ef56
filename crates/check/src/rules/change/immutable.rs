//! CHG001: fields that never change keep their values.

use crate::rule::{Area, Rule, Severity};

/// Fields that never change keep their values; judged by [`crate::change`].
pub(crate) static RULE: Rule = Rule {
    code: "CHG001",
    area: Area::Change,
    severity: Severity::Error,
    title: "fields that never change keep their values",
    why: "The API server keeps some fields of built-in kinds as they were made, and refuses the whole update.",
    fix: "Leave the field as it is; or delete the object and make it anew, in the knowledge of what goes with it: pods, claims, addresses.",
    absorbs: &[],
    check: None,
};
