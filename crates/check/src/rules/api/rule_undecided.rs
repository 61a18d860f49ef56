//! API013: every CEL rule can be decided here.

use crate::rule::{Area, Rule, Severity};

/// Every CEL rule can be decided here; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API013",
    area: Area::Api,
    severity: Severity::Error,
    title: "every CEL rule can be decided here",
    why: "A rule that was not evaluated says nothing about the object; the cluster may refuse it.",
    fix: "Have the evaluator learn what the message names; until then excuse the finding with the reason why the rule holds.",
    absorbs: &[],
    check: None,
};
