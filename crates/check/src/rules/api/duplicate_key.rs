//! API020: a key comes once.

use crate::rule::{Area, Rule, Severity};

/// A key comes once; judged by the reader in [`crate::read`].
pub(crate) static RULE: Rule = Rule {
    code: "API020",
    area: Area::Api,
    severity: Severity::Error,
    title: "a key comes once",
    why: "The API server refuses it where fields are validated strictly, and elsewhere the first of the two values is lost without a word.",
    fix: "Remove one of the two.",
    absorbs: &["kubeconform duplicate-keys", "kubectl-validate duplicate"],
    check: None,
};
