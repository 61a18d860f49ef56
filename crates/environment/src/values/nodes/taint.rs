//! A taint, written as `kubectl` takes it: `key=value:effect`.

use std::str::FromStr;

use names::{LabelKey, LabelValue};

use crate::{choice, from_text};

choice! {
    /// What becomes of pods that do not tolerate a taint.
    pub enum TaintEffect {
        /// None is put onto the node.
        NoSchedule = "NoSchedule",
        /// None is put there while there is another place.
        PreferNoSchedule = "PreferNoSchedule",
        /// None is put there, and those that run there have to go.
        NoExecute = "NoExecute",
    }
}

/// What keeps pods away from a node that do not tolerate it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Taint {
    /// Its key.
    pub key: LabelKey,
    /// Its value.
    pub value: LabelValue,
    /// What becomes of pods that do not tolerate it.
    pub effect: TaintEffect,
}

impl std::fmt::Display for Taint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}={}:{}", self.key, self.value, self.effect)
    }
}

/// Why a text is no taint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a taint as `key=value:effect`, for example `dedicated=database:NoSchedule`")]
pub struct InvalidTaint;

impl FromStr for Taint {
    type Err = InvalidTaint;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (label, effect) = text.rsplit_once(':').ok_or(InvalidTaint)?;
        let (key, value) = label.split_once('=').ok_or(InvalidTaint)?;
        let effect = TaintEffect::ALL
            .iter()
            .copied()
            .find(|known| known.as_str() == effect);
        Ok(Self {
            key: key.parse().map_err(|_| InvalidTaint)?,
            value: value.parse().map_err(|_| InvalidTaint)?,
            effect: effect.ok_or(InvalidTaint)?,
        })
    }
}

from_text! {
    Taint: "a taint as `key=value:effect`";
}
