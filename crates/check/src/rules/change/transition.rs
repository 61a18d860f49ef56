//! CHG002: the rules for changing a custom resource hold.

use crate::rule::{Area, Rule, Severity};

/// The CEL rules that compare an object with the one before hold; judged by [`crate::change`].
pub(crate) static RULE: Rule = Rule {
    code: "CHG002",
    area: Area::Change,
    severity: Severity::Error,
    title: "the rules for changing a custom resource hold",
    why: "The API server evaluates the rules that compare with the object before on every update, and refuses it where one does not hold.",
    fix: "Leave the fields that the rule speaks of as they are; or delete the object and make it anew.",
    absorbs: &["flux-schema cel"],
    check: None,
};
