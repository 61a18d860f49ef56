//! DELV001: every exception excuses something.

use crate::rule::{Area, Rule, Severity};

/// Every exception excuses something; judged when the findings are settled.
pub(crate) static RULE: Rule = Rule {
    code: "DELV001",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "every exception excuses something",
    why: "An exception without a finding hides the next fault of its kind that comes to this object.",
    fix: "Remove the exception.",
    absorbs: &[],
    check: None,
};
