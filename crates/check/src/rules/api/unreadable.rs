//! API019: the file can be read.

use crate::rule::{Area, Rule, Severity};

/// The file can be read; judged by the reader in [`crate::read`].
pub(crate) static RULE: Rule = Rule {
    code: "API019",
    area: Area::Api,
    severity: Severity::Error,
    title: "the file can be read",
    why: "The API server refuses a document that is no YAML, and nothing after it in the file is looked at.",
    fix: "Correct the line that is named; a tab in the indentation and a bracket that is never closed are the usual causes.",
    absorbs: &["kubeconform invalid-yaml", "kubectl-validate decode"],
    check: None,
};
