//! Label keys, label values and annotation keys.

use crate::rules::{self, LABEL_MAXIMUM, SUBDOMAIN_MAXIMUM};
use crate::text::sealed::Trusted as _;
use crate::text::text;

/// A prefix, a slash and a name.
const QUALIFIED_MAXIMUM: usize = SUBDOMAIN_MAXIMUM + 1 + LABEL_MAXIMUM;

text! {
    /// The key of a label: a name of at most 63 characters, often behind a DNS prefix and a slash.
    LabelKey {
        kind: "label key",
        maximum: QUALIFIED_MAXIMUM,
        rule: rules::is_label_key,
        expected: "an optional DNS name and a slash, then at most 63 letters, digits, `-`, `_` or `.`, alphanumeric at both ends",
        example: "app.kubernetes.io/name",
    }
}

text! {
    /// The value of a label: at most 63 characters, and maybe none.
    LabelValue {
        kind: "label value",
        maximum: LABEL_MAXIMUM,
        rule: rules::is_label_value,
        expected: "at most 63 letters, digits, `-`, `_` or `.`, alphanumeric at both ends, or nothing",
        example: "api-gateway",
    }
}

text! {
    /// The key of an annotation: as a label key, but the prefix may have upper-case letters.
    AnnotationKey {
        kind: "annotation key",
        maximum: QUALIFIED_MAXIMUM,
        rule: rules::is_annotation_key,
        expected: "an optional DNS name and a slash, then at most 63 letters, digits, `-`, `_` or `.`, alphanumeric at both ends",
        example: "argocd.argoproj.io/sync-wave",
    }
}

impl LabelKey {
    /// The DNS name before the slash.
    pub fn prefix(&self) -> Option<&str> {
        self.as_str().split_once('/').map(|(prefix, _)| prefix)
    }
}

impl AnnotationKey {
    /// The DNS name before the slash.
    pub fn prefix(&self) -> Option<&str> {
        self.as_str().split_once('/').map(|(prefix, _)| prefix)
    }
}

impl From<LabelKey> for AnnotationKey {
    fn from(key: LabelKey) -> Self {
        Self::trusted(String::from(key).into())
    }
}
