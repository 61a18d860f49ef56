//! All facts in memory, as they are read from and written to the files under `data/`.

use std::collections::BTreeMap;

use crate::model::{KindSchema, Schema};
use crate::store::Store;
use crate::{share, text};

/// Kind and version inside a group: the order of the lines of a file.
pub(crate) type Place = (String, String);

/// The built-in kinds of one Kubernetes minor.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Minor {
    /// By group, then kind and version.
    pub(crate) kinds: BTreeMap<(String, Place), KindSchema>,
    /// By name.
    pub(crate) definitions: BTreeMap<String, Schema>,
}

impl Minor {
    pub(crate) fn add_kind(&mut self, kind: KindSchema) {
        self.kinds.insert(
            (
                kind.group.clone(),
                (kind.kind.clone(), kind.version.clone()),
            ),
            kind,
        );
    }
}

/// All facts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Facts {
    /// Custom kinds by group, then kind and version.
    pub(crate) groups: BTreeMap<String, BTreeMap<Place, KindSchema>>,
    /// Built-in kinds by minor.
    pub(crate) minors: BTreeMap<String, Minor>,
}

impl Facts {
    pub(crate) fn add_custom_kind(&mut self, kind: KindSchema) {
        let group = self.groups.entry(kind.group.clone()).or_default();
        group.insert((kind.kind.clone(), kind.version.clone()), kind);
    }

    /// Everything that a store knows.
    pub(crate) fn of_store(store: &Store) -> Self {
        let mut facts = Self::default();
        for name in store.custom_kinds() {
            if let Some(kind) = store.custom_kind(name.group, name.version, name.kind) {
                facts.add_custom_kind(kind.clone());
            }
        }
        for name in store.minors() {
            let mut minor = Minor::default();
            for kind in store.kinds(name).filter(|kind| !kind.custom) {
                if let Some(kind) = store.kind(name, kind.group, kind.version, kind.kind) {
                    minor.add_kind(kind.clone());
                }
            }
            for definition in store.definitions(name) {
                if let Some(schema) = store.definition(name, definition) {
                    minor
                        .definitions
                        .insert(definition.to_owned(), schema.clone());
                }
            }
            facts.minors.insert(name.to_owned(), minor);
        }
        facts
    }

    /// The texts of the data files: `custom/<group>` and `kubernetes/<minor>` → lines.
    pub(crate) fn texts(&self) -> serde_json::Result<BTreeMap<String, String>> {
        let mut texts = BTreeMap::new();
        for (group, kinds) in self.groups.iter().filter(|(_, kinds)| !kinds.is_empty()) {
            texts.insert(format!("custom/{group}"), share::write(kinds.values())?);
        }
        for (name, minor) in &self.minors {
            let text = text::write(minor.kinds.values(), minor.definitions.iter())?;
            texts.insert(format!("kubernetes/{name}"), text);
        }
        Ok(texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_committed_is_written_the_same_again() {
        let texts = Facts::of_store(Store::embedded()).texts().unwrap();
        let committed: BTreeMap<String, String> = crate::store::embedded_texts()
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .collect();
        assert!(committed.len() > 40, "{}", committed.len());
        for (name, text) in &committed {
            assert!(texts.get(name) == Some(text), "{name}");
        }
        assert_eq!(texts.len(), committed.len());
    }
}
