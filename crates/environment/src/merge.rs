//! Lays one tree over another: what an environment says counts, what it leaves out comes from the one it extends.

use std::collections::BTreeMap;

use crate::tree::{Content, Key, Node};

/// Merges key by key. Mappings merge, everything else replaces, and `null` removes the key.
///
/// A `null` that removes nothing stays, and is a mistake when the tree is decoded.
pub fn merge(parent: Node, child: Node) -> Node {
    match (parent.content, child.content) {
        (Content::Mapping(below), Content::Mapping(above)) => Node {
            content: Content::Mapping(merge_entries(below, above)),
            origin: child.origin,
        },
        (_, content) => Node {
            content,
            origin: child.origin,
        },
    }
}

/// Keys keep the place that the parent gave them, new ones follow.
fn merge_entries(below: Vec<(Key, Node)>, above: Vec<(Key, Node)>) -> Vec<(Key, Node)> {
    let mut merged: Vec<Option<(Key, Node)>> = below.into_iter().map(Some).collect();
    let places: BTreeMap<String, usize> = merged
        .iter()
        .flatten()
        .enumerate()
        .map(|(index, (key, _))| (key.text.clone(), index))
        .collect();
    for (key, value) in above {
        let inherited = places
            .get(&key.text)
            .and_then(|index| merged.get_mut(*index));
        match inherited {
            None => merged.push(Some((key, value))),
            Some(entry) => {
                let below = entry.take().filter(|_| value.content != Content::Null);
                *entry = below.map(|(_, below)| (key, merge(below, value)));
            }
        }
    }
    merged.into_iter().flatten().collect()
}
