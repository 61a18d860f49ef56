//! API011: the value has one of the forms that the schema allows.

use crate::rule::{Area, Rule, Severity};

/// The value has one of the forms that the schema allows; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API011",
    area: Area::Api,
    severity: Severity::Error,
    title: "the value has one of the forms that the schema allows",
    why: "The API server refuses a value to which anyOf, oneOf, allOf or not of its schema does not apply.",
    fix: "Set exactly the fields that one of the forms needs.",
    absorbs: &[
        "kubeconform oneOf",
        "kube-linter mismatching-selector",
        "kube-linter restart-policy",
        "kube-score container-ports-check",
        "kube-score cronjob-restartpolicy",
        "kube-score deployment-pod-selector-labels-match-template-metadata-labels",
        "kube-score statefulset-pod-selector-labels-match-template-metadata-labels",
    ],
    check: None,
};
