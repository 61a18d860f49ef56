//! Looks up what the schema of an environment says about a place.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::Variations;
use crate::path::{Path, Segment};

impl Variations<'_> {
    /// The closed set of words that the value is one of.
    pub(super) fn words(&self, path: &Path) -> Vec<String> {
        let schemas = self.schemas_at(path.segments());
        let words = schemas.into_iter().flat_map(words_of);
        words.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// What describes the value at the end of some steps.
    pub(super) fn schemas_at(&self, segments: &[Segment]) -> Vec<&Json> {
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
}

/// Whether a schema knows a field of that name.
pub(super) fn has_field(schema: &Json, name: &str) -> bool {
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
