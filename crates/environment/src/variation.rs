//! Makes other values for a place of an environment, so that what depends on it is seen by what moves.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::decode::Value;
use crate::path::{Path, Segment};
use crate::schema::Definitions;
use crate::tree::{Content, Key, Node, Scalar};
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

    /// The closed set of words that the value is one of.
    fn words(&self, path: &Path) -> Vec<String> {
        let schemas = self.schemas_at(path.segments());
        let words = schemas.into_iter().flat_map(words_of);
        words.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// What describes the value at the end of some steps.
    fn schemas_at(&self, segments: &[Segment]) -> Vec<&Json> {
        let mut schemas = vec![self.resolved(&self.schema)];
        for segment in segments {
            schemas = schemas
                .into_iter()
                .flat_map(|schema| self.below(schema, segment))
                .collect();
        }
        schemas
    }

    fn below<'s>(&'s self, schema: &'s Json, segment: &Segment) -> Vec<&'s Json> {
        let direct = match segment {
            Segment::Key(key) => schema
                .get("properties")
                .and_then(|properties| properties.get(key))
                .or_else(|| schema.get("additionalProperties"))
                .or_else(|| {
                    schema
                        .get("patternProperties")?
                        .as_object()?
                        .values()
                        .next()
                }),
            Segment::Index(_) => schema.get("items"),
        };
        let alternatives = ["anyOf", "oneOf", "allOf"]
            .into_iter()
            .filter_map(|key| schema.get(key)?.as_array())
            .flatten()
            .flat_map(|alternative| self.below(self.resolved(alternative), segment));
        let direct = direct.filter(|schema| schema.is_object());
        let mut below: Vec<&Json> = direct
            .map(|schema| self.resolved(schema))
            .into_iter()
            .collect();
        below.extend(alternatives);
        below
    }

    /// What a reference leads to; a description beside it stands in `allOf`.
    fn resolved<'s>(&'s self, schema: &'s Json) -> &'s Json {
        let only = schema.get("allOf").and_then(|all| all.get(0));
        let schema = only.unwrap_or(schema);
        let name = schema.get("$ref").and_then(Json::as_str);
        let name = name.and_then(|reference| reference.strip_prefix("#/definitions/"));
        name.and_then(|name| self.schema.get("definitions")?.get(name))
            .unwrap_or(schema)
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

/// Whether a schema knows a field of that name.
fn has_field(schema: &Json, name: &str) -> bool {
    schema
        .get("properties")
        .is_some_and(|properties| properties.get(name).is_some())
}

/// The words that a schema allows, where it names them.
fn words_of(schema: &Json) -> Vec<String> {
    let one_of = ["oneOf", "anyOf"].into_iter();
    let one_of = one_of
        .filter_map(|key| schema.get(key)?.as_array())
        .flatten();
    let constants = one_of.filter_map(|word| word.get("const"));
    let listed = schema
        .get("enum")
        .and_then(Json::as_array)
        .into_iter()
        .flatten();
    constants
        .chain(listed)
        .filter_map(Json::as_str)
        .map(str::to_owned)
        .collect()
}

/// A boolean has another value; a text with numbers has one side for each of them.
fn sides(scalar: &Scalar) -> Vec<Vec<Variation>> {
    let text = scalar.text.as_str();
    match text {
        "true" => return vec![vec![Variation::Text("false".to_owned())]],
        "false" => return vec![vec![Variation::Text("true".to_owned())]],
        _ => {}
    }
    numbers(text)
        .into_iter()
        .rev()
        .take(SIDES)
        .map(|range| {
            let other = |number: String| {
                let (before, after) = (&text[..range.start], &text[range.end..]);
                Variation::Text(format!("{before}{number}{after}"))
            };
            others(&text[range.clone()])
                .into_iter()
                .map(other)
                .collect()
        })
        .collect()
}

/// How many numbers of a text are varied.
const SIDES: usize = 4;

/// Where the decimal numbers of a text stand.
fn numbers(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    for (index, byte) in text.bytes().enumerate() {
        match ranges.last_mut() {
            _ if !byte.is_ascii_digit() => {}
            Some(last) if last.end == index => last.end = index + 1,
            _ => ranges.push(index..index + 1),
        }
    }
    ranges
}

/// Other numbers of the same form, the nearest first; the far ones are for values that come in steps.
fn others(number: &str) -> Vec<String> {
    let Ok(value) = number.parse::<u64>() else {
        return Vec::new();
    };
    let near = [value.checked_add(1), value.checked_sub(1)];
    let far = [value.checked_mul(2), Some(value / 2), value.checked_mul(10)];
    let width = if number.starts_with('0') {
        number.len()
    } else {
        0
    };
    near.into_iter()
        .chain(far)
        .flatten()
        .filter(|other| *other != value)
        .map(|other| format!("{other:0width$}"))
        .collect()
}

/// Texts that are nearly the same, for names, hosts and paths.
fn tweaks(text: &str) -> Vec<String> {
    let mut tweaks = vec![format!("{text}x"), format!("x{text}")];
    let letter = text
        .char_indices()
        .rev()
        .find(|(_, letter)| letter.is_ascii_alphabetic());
    if let Some((index, letter)) = letter {
        let other = match letter {
            'a'..='e' | 'A'..='E' => char::from(letter as u8 + 1),
            _ => char::from(letter as u8 - 1),
        };
        tweaks.push(format!("{}{other}{}", &text[..index], &text[index + 1..]));
    }
    tweaks
}

impl Node {
    /// Every key of every mapping with the way to its value.
    fn keys(&self) -> Vec<(Path, &Key)> {
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

    fn visit<'a>(&'a self, look: &mut impl FnMut(&'a Self)) {
        look(self);
        match &self.content {
            Content::Sequence(items) => items.iter().for_each(|item| item.visit(look)),
            Content::Mapping(entries) => entries.iter().for_each(|(_, value)| value.visit(look)),
            Content::Null | Content::Scalar(_) => {}
        }
    }

    /// The same tree with another name for the key at a path, and for every value that is the old name.
    fn with_name(&self, path: &Path, name: &str) -> Option<Self> {
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
