//! API001: the kind has a schema.

use crate::rule::{Area, Rule, Severity};

/// The kind has a schema; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API001",
    area: Area::Api,
    severity: Severity::Error,
    title: "the kind has a schema",
    why: "Without a schema nothing about the object can be judged, and a cluster without its definition refuses it.",
    fix: "Correct apiVersion and kind, or import the CustomResourceDefinition with `cargo xtask schemas import`.",
    absorbs: &[
        "kubeconform missing-schemas",
        "pluto removed-apis",
        "kubent removed-apis",
        "kube-linter no-extensions-v1beta",
        "kube-score stable-version",
        "istioctl IST0002",
    ],
    check: None,
};
