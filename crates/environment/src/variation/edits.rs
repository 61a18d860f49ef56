//! Finds the names of a tree, and gives one of them another text.

use crate::path::{Path, Segment};
use crate::tree::{Content, Key, Node};

impl Node {
    /// Every key of every mapping with the way to its value.
    pub(super) fn keys(&self) -> Vec<(Path, &Key)> {
        let mut keys = Vec::new();
        self.collect_keys(&mut Path::default(), &mut keys);
        keys
    }

    fn collect_keys<'a>(&'a self, path: &mut Path, keys: &mut Vec<(Path, &'a Key)>) {
        match &self.content {
            Content::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    path.push(Segment::Index(index));
                    item.collect_keys(path, keys);
                    path.pop();
                }
            }
            Content::Mapping(entries) => {
                for (key, value) in entries {
                    path.push(Segment::Key(key.text.clone()));
                    keys.push((path.clone(), key));
                    value.collect_keys(path, keys);
                    path.pop();
                }
            }
            Content::Null | Content::Scalar(_) => {}
        }
    }

    pub(super) fn visit<'a>(&'a self, look: &mut impl FnMut(&'a Self)) {
        look(self);
        match &self.content {
            Content::Sequence(items) => items.iter().for_each(|item| item.visit(look)),
            Content::Mapping(entries) => entries.iter().for_each(|(_, value)| value.visit(look)),
            Content::Null | Content::Scalar(_) => {}
        }
    }

    /// The same tree with another name for the key at a path, and for every value that is the old name.
    pub(super) fn with_name(&self, path: &Path, name: &str) -> Option<Self> {
        let (Segment::Key(old), above) = path.segments().split_last()? else {
            return None;
        };
        let mut changed = self.clone();
        let parent = changed.at_mut(&above.iter().cloned().collect())?;
        let Content::Mapping(entries) = &mut parent.content else {
            return None;
        };
        let (key, _) = entries.iter_mut().find(|(key, _)| key.text == *old)?;
        name.clone_into(&mut key.text);
        changed.replace_words(old, name);
        Some(changed)
    }

    fn replace_words(&mut self, old: &str, new: &str) {
        match &mut self.content {
            Content::Scalar(scalar) if scalar.text == old => new.clone_into(&mut scalar.text),
            Content::Sequence(items) => {
                for item in items {
                    item.replace_words(old, new);
                }
            }
            Content::Mapping(entries) => {
                for (_, value) in entries {
                    value.replace_words(old, new);
                }
            }
            Content::Null | Content::Scalar(_) => {}
        }
    }
}
