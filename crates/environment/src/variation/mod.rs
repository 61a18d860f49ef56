//! Makes other values for a place of an environment, so that what depends on it is seen by what moves.

mod edits;
mod schema;
mod texts;

use std::collections::BTreeSet;

use serde_json::Value as Json;

use self::schema::has_field;
use self::texts::{sides, tweaks};
use crate::decode::Value;
use crate::path::{Path, Segment};
use crate::schema::Definitions;
use crate::tree::{Content, Node};
use crate::{Environment, Origin};

/// A value or a name in an environment file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The way to it.
    pub path: Path,
    /// Where it stands.
    pub origin: Origin,
    /// Whether it is the key and not what the key leads to.
    pub is_name: bool,
}

/// Something else that could stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Variation {
    /// Another text for the value.
    Text(String),
    /// Another name, also wherever the old one is referred to.
    Name(String),
    /// Nothing.
    Removal,
}

/// The places of a tree, in the order of the file: names in mappings, and values at the ends of branches.
pub fn places(tree: &Node) -> Vec<Place> {
    let values = tree.leaves().into_iter().map(|leaf| Place {
        path: leaf.path,
        origin: leaf.node.origin,
        is_name: false,
    });
    let names = tree.keys().into_iter().map(|(path, key)| Place {
        path,
        origin: key.origin,
        is_name: true,
    });
    let mut places: Vec<Place> = values.chain(names).collect();
    places.sort_by_key(|place| (place.origin.file, place.origin.start));
    places
}

/// What there is to try at the places of a tree.
#[derive(Debug)]
pub struct Variations<'a> {
    tree: &'a Node,
    schema: Json,
}

impl<'a> Variations<'a> {
    /// Those of the tree of an environment.
    pub fn of(tree: &'a Node) -> Self {
        let mut definitions = Definitions::default();
        let top = Environment::schema(&mut definitions);
        let schema = definitions.with(&top);
        Self { tree, schema }
    }

    /// Groups of variations. Each group looks at one side of the value, and one variation of it that is valid suffices;
    /// the groups after the first are for values that have several sides, such as both ends of a range.
    pub fn at(&self, place: &Place) -> Vec<Vec<Variation>> {
        if place.is_name {
            return self.of_name(&place.path);
        }
        let content = self.tree.at(&place.path).map(|node| &node.content);
        let Some(Content::Scalar(scalar)) = content else {
            return vec![vec![Variation::Removal]];
        };
        let mut groups: Vec<Vec<Variation>> = self
            .words(&place.path)
            .into_iter()
            .filter(|word| *word != scalar.text)
            .map(|word| vec![Variation::Text(word)])
            .collect();
        groups.extend(sides(scalar));
        if groups.is_empty() {
            groups.push(Vec::new());
        }
        // What refers to something else, or has to look like something, is tried with its like; taken away if all fails.
        let others = self.likes(&place.path, &scalar.text).into_iter();
        let others = others.chain(tweaks(&scalar.text)).map(Variation::Text);
        let last = others.chain([Variation::Removal]).collect();
        groups.push(last);
        groups
    }

    fn of_name(&self, path: &Path) -> Vec<Vec<Variation>> {
        let Some((Segment::Key(name), above)) = path.segments().split_last() else {
            return Vec::new();
        };
        // The name of a field is what it is; that of an entry was chosen.
        let is_chosen = !self
            .schemas_at(above)
            .into_iter()
            .any(|schema| has_field(schema, name));
        let renamed = tweaks(name)
            .into_iter()
            .filter(|_| is_chosen)
            .map(Variation::Name);
        vec![renamed.chain([Variation::Removal]).collect()]
    }

    /// Other texts of the same sort: names beside the one that is referred to, and what stands under the same key elsewhere.
    fn likes(&self, path: &Path, text: &str) -> Vec<String> {
        let mut likes = BTreeSet::new();
        self.tree.visit(&mut |node| {
            if let Content::Mapping(entries) = &node.content
                && entries.iter().any(|(key, _)| key.text == text)
            {
                likes.extend(entries.iter().map(|(key, _)| key.text.clone()));
            }
        });
        let key = last_key(path);
        let same = self
            .tree
            .leaves()
            .into_iter()
            .filter(|leaf| last_key(&leaf.path) == key);
        likes.extend(same.filter_map(|leaf| match &leaf.node.content {
            Content::Scalar(scalar) => Some(scalar.text.clone()),
            _ => None,
        }));
        likes.remove(text);
        likes.into_iter().take(LIKES).collect()
    }
}

/// How many texts of the same sort are tried.
const LIKES: usize = 12;

impl Variation {
    /// The tree with this at the place; `None` where the path leads nowhere.
    pub fn apply(&self, tree: &Node, path: &Path) -> Option<Node> {
        match self {
            Self::Text(text) => tree.with_text(path, text),
            Self::Removal => tree.without(path),
            Self::Name(name) => tree.with_name(path, name),
        }
    }
}

fn last_key(path: &Path) -> Option<&str> {
    path.segments()
        .iter()
        .rev()
        .find_map(|segment| match segment {
            Segment::Key(key) => Some(key.as_str()),
            Segment::Index(_) => None,
        })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn tree(text: &str) -> Node {
        let sources: BTreeMap<String, String> = [("e".to_owned(), text.to_owned())].into();
        crate::load_tree("e", &sources).unwrap().0
    }

    fn variations(text: &str, path: &str) -> Vec<Vec<Variation>> {
        let tree = tree(text);
        let place = places(&tree)
            .into_iter()
            .find(|place| place.path.to_string() == path && !place.is_name)
            .unwrap();
        Variations::of(&tree).at(&place)
    }

    #[test]
    fn a_closed_set_of_words_is_tried_word_by_word() {
        let groups = variations("role: active\n", "role");
        assert_eq!(groups[0], [Variation::Text("standby".to_owned())]);
    }

    #[test]
    fn both_ends_of_a_range_are_sides_of_their_own() {
        let groups = variations(
            "services: {a: {resources: {cpu: 200m..500m}}}\n",
            "services.a.resources.cpu",
        );
        assert_eq!(groups[0][0], Variation::Text("200m..501m".to_owned()));
        assert_eq!(groups[1][0], Variation::Text("201m..500m".to_owned()));
    }

    #[test]
    fn a_new_name_is_used_wherever_the_old_one_was() {
        let tree = tree("services: {shop: {}, front: {calls: [shop, other]}}\n");
        let renamed = tree
            .with_name(&"services.shop".parse().unwrap(), "shops")
            .unwrap();
        let at = |path: &str| {
            renamed
                .at(&path.parse().unwrap())
                .map(|node| node.content.clone())
        };
        assert!(at("services.shop").is_none() && at("services.shops").is_some());
        let calls = renamed
            .at(&"services.front.calls[0]".parse().unwrap())
            .unwrap();
        assert!(matches!(&calls.content, Content::Scalar(scalar) if scalar.text == "shops"));
    }

    #[test]
    fn places_are_names_and_values_in_the_order_of_the_file() {
        let tree = tree("a: 1\nb: [x, {c: 2}]\n");
        let shown: Vec<String> = places(&tree)
            .iter()
            .map(|place| format!("{}{}", place.path, if place.is_name { ":" } else { "" }))
            .collect();
        assert_eq!(shown, ["a:", "a", "b:", "b[0]", "b[1].c:", "b[1].c"]);
    }
}
