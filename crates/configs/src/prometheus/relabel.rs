//! Relabelling: which targets and samples are kept, and what their labels become.

use serde::Serialize;

use super::label::LabelName;

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RelabelAction {
    /// Sets a label where the expression matches the joined sources.
    Replace,
    /// Sets a label to the joined sources in lower case.
    Lowercase,
    /// Sets a label to the joined sources in upper case.
    Uppercase,
    /// Drops what does not match.
    Keep,
    /// Drops what matches.
    Drop,
    /// Drops where a label is not equal to the joined sources.
    KeepEqual,
    /// Drops where a label is equal to the joined sources.
    DropEqual,
    /// Sets a label to the hash of the joined sources, modulo a number.
    HashMod,
    /// Copies labels whose names match to names made from the match.
    LabelMap,
    /// Removes labels whose names match.
    LabelDrop,
    /// Removes labels whose names do not match.
    LabelKeep,
}

/// One step. The constructors set what its action needs and nothing that it would refuse;
/// expressions are RE2 and match whole values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Relabel {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    source_labels: Vec<LabelName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    separator: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    regex: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modulus: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_label: Option<LabelName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replacement: Option<String>,
    action: RelabelAction,
}

impl Relabel {
    const fn new(action: RelabelAction) -> Self {
        Self {
            source_labels: Vec::new(),
            separator: None,
            regex: None,
            modulus: None,
            target_label: None,
            replacement: None,
            action,
        }
    }

    /// Keeps what has a label of this form.
    pub fn keep(source: LabelName, regex: impl Into<String>) -> Self {
        Self::keep_all([source], regex)
    }

    /// Keeps what has labels that, joined with `;`, are of this form.
    pub fn keep_all(
        sources: impl IntoIterator<Item = LabelName>,
        regex: impl Into<String>,
    ) -> Self {
        Self {
            source_labels: sources.into_iter().collect(),
            regex: Some(regex.into()),
            ..Self::new(RelabelAction::Keep)
        }
    }

    /// Drops what has a label of this form.
    pub fn drop(source: LabelName, regex: impl Into<String>) -> Self {
        Self::drop_all([source], regex)
    }

    /// Drops what has labels that, joined with `;`, are of this form.
    pub fn drop_all(
        sources: impl IntoIterator<Item = LabelName>,
        regex: impl Into<String>,
    ) -> Self {
        Self {
            source_labels: sources.into_iter().collect(),
            regex: Some(regex.into()),
            ..Self::new(RelabelAction::Drop)
        }
    }

    /// Copies a label; an empty one removes the target.
    pub fn copy(source: LabelName, target: LabelName) -> Self {
        Self {
            source_labels: vec![source],
            target_label: Some(target),
            ..Self::new(RelabelAction::Replace)
        }
    }

    /// Copies a label where it is of this form; otherwise the target stays as it is.
    pub fn copy_matching(source: LabelName, regex: impl Into<String>, target: LabelName) -> Self {
        Self {
            regex: Some(regex.into()),
            ..Self::copy(source, target)
        }
    }

    /// Composes a label from labels that, joined with `;`, are of this form; `$1` stands for the
    /// first group.
    pub fn compose(
        sources: impl IntoIterator<Item = LabelName>,
        regex: impl Into<String>,
        replacement: impl Into<String>,
        target: LabelName,
    ) -> Self {
        Self {
            source_labels: sources.into_iter().collect(),
            regex: Some(regex.into()),
            target_label: Some(target),
            replacement: Some(replacement.into()),
            ..Self::new(RelabelAction::Replace)
        }
    }

    /// Sets a label to the same value everywhere.
    pub fn set(target: LabelName, value: impl Into<String>) -> Self {
        Self {
            target_label: Some(target),
            replacement: Some(value.into()),
            ..Self::new(RelabelAction::Replace)
        }
    }

    /// Spreads targets over `modulus` shards by the hash of a label.
    pub fn hash(source: LabelName, modulus: std::num::NonZeroU64, target: LabelName) -> Self {
        Self {
            source_labels: vec![source],
            modulus: Some(modulus.get()),
            target_label: Some(target),
            ..Self::new(RelabelAction::HashMod)
        }
    }

    /// Copies every label whose name matches to the name that the first group makes.
    pub fn map_labels(regex: impl Into<String>) -> Self {
        Self {
            regex: Some(regex.into()),
            ..Self::new(RelabelAction::LabelMap)
        }
    }

    /// Removes every label whose name matches.
    pub fn drop_labels(regex: impl Into<String>) -> Self {
        Self {
            regex: Some(regex.into()),
            ..Self::new(RelabelAction::LabelDrop)
        }
    }
}
