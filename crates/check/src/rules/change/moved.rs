//! CHG004: an object that changes stays itself.

use crate::rule::{Area, Rule, Severity};

/// An object before and an object after are one; judged by [`crate::change`].
pub(crate) static RULE: Rule = Rule {
    code: "CHG004",
    area: Area::Change,
    severity: Severity::Error,
    title: "an object that changes stays itself",
    why: "Group, kind, namespace and name tell objects apart: another name is another object, and the one before is deleted or left behind.",
    fix: "Compare objects of the same name; to rename one, make the new object first and delete the old one afterwards.",
    absorbs: &[],
    check: None,
};
