//! Equal subtrees of a file written once: generated CRDs repeat whole pod templates in every kind
//! and version.

use std::collections::BTreeMap;

use crate::digest::sha256;
use crate::model::{KindSchema, Schema};
use crate::text;

/// Subtrees shorter than this stay where they are: a line of their own would cost more than it
/// saves.
const WORTH_A_LINE: usize = 160;

/// The lines of a file of kinds, with what they have in common in lines of its own.
pub(crate) fn write<'a>(
    kinds: impl Iterator<Item = &'a KindSchema> + Clone,
) -> serde_json::Result<String> {
    let mut seen = BTreeMap::new();
    for kind in kinds.clone() {
        count(&kind.schema, &mut seen)?;
    }
    let names: BTreeMap<String, String> = seen
        .iter()
        .filter(|(text, seen)| seen.times > 1 && text.len() >= WORTH_A_LINE)
        .map(|(text, _)| (text.clone(), name(text)))
        .collect();
    let mut definitions = BTreeMap::new();
    for (text, name) in &names {
        if let Some(seen) = seen.get(text) {
            definitions.insert(name.clone(), with_references_inside(seen.schema, &names)?);
        }
    }
    let kinds = kinds.map(|kind| {
        Ok(KindSchema {
            schema: with_references_inside(&kind.schema, &names)?,
            ..kind.clone()
        })
    });
    let kinds: Vec<KindSchema> = kinds.collect::<serde_json::Result<_>>()?;
    text::write(kinds.iter(), definitions.iter())
}

/// One subtree and how often it stands in the file, equal subtrees that it is inside of counted
/// once.
struct Seen<'a> {
    schema: &'a Schema,
    times: usize,
}

fn count<'a>(schema: &'a Schema, seen: &mut BTreeMap<String, Seen<'a>>) -> serde_json::Result<()> {
    let text = serde_json::to_string(schema)?;
    if let Some(known) = seen.get_mut(&text) {
        known.times += 1;
        return Ok(());
    }
    seen.insert(text, Seen { schema, times: 1 });
    schema.children().try_for_each(|child| count(child, seen))
}

/// The subtree with references in the place of whatever inside it has a name.
fn with_references_inside(
    schema: &Schema,
    names: &BTreeMap<String, String>,
) -> serde_json::Result<Schema> {
    let mut schema = schema.clone();
    for child in schema.children_mut() {
        *child = match names.get(&serde_json::to_string(child)?) {
            Some(name) => Schema::of_reference(name),
            None => with_references_inside(child, names)?,
        };
    }
    Ok(schema)
}

/// A name that says what it stands for, so that an unrelated change to the file does not rename it.
fn name(text: &str) -> String {
    sha256(text.as_bytes()).chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{SchemaType, Scope, Subresources};
    use crate::store::Store;

    fn kind(name: &str, schema: Schema) -> KindSchema {
        KindSchema {
            kind: name.to_owned(),
            version: "v1".to_owned(),
            group: "example.com".to_owned(),
            plural: name.to_lowercase(),
            scope: Scope::Namespaced,
            served: true,
            storage: true,
            deprecated: false,
            subresources: Subresources::default(),
            schema,
        }
    }

    fn object(name: &str, inside: Schema) -> Schema {
        let long = Schema {
            pattern: Some("x".repeat(200)),
            ..Schema::of_type(SchemaType::String)
        };
        Schema {
            properties: [(name, inside), ("long", long)].into(),
            ..Schema::of_type(SchemaType::Object)
        }
    }

    #[test]
    fn equal_subtrees_are_written_once_and_read_back_in_every_place() {
        let inner = object("inner", Schema::of_type(SchemaType::Boolean));
        let outer = object("outer", inner.clone());
        let kinds = [
            kind("First", object("a", outer.clone())),
            kind("Second", object("b", outer)),
            kind("Third", object("c", inner)),
        ];
        let text = write(kinds.iter()).unwrap();
        assert_eq!(text.matches("\"inner\":").count(), 1, "{text}");
        assert_eq!(text.matches("\"outer\":").count(), 1, "{text}");
        let store = Store::from_texts([("custom/example.com".to_owned(), text)]);
        for kind in &kinds {
            assert_eq!(
                store.custom_kind("example.com", "v1", &kind.kind),
                Some(kind)
            );
        }
    }
}
