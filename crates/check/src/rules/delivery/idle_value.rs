//! DELV024: every value of an environment moves something.

use crate::rule::{Area, Rule, Severity};

/// Every value of an environment moves something. Found by whoever renders the environment with other values.
pub(crate) static RULE: Rule = Rule {
    code: "DELV024",
    area: Area::Delivery,
    severity: Severity::Warning,
    title: "every value of an environment moves something",
    why: "Somebody will change the value and believe that the cluster follows.",
    fix: "Take the value away, or turn on what it is for. `cargo xtask check ENV --values` looks for such values.",
    absorbs: &[],
    check: None,
};
