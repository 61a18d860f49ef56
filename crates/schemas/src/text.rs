//! The text format of the committed facts: one line a definition or kind, compact JSON with sorted
//! names.
//!
//! ```text
//! {"kind":"Rollout","version":"v1alpha1","group":"argoproj.io",…,"schema":{…}}
//! {"definition":"io.k8s.api.core.v1.EnvVar","schema":{"type":"object","props":{"name":"string",…}}}
//! ```
//!
//! A schema that says nothing but its type, or its type and format, is one string (`"string"`,
//! `"integer int32"`); one that says nothing but the name of a definition is `"#name"`. Lines begin
//! with what they are, so that a reader can index a file without parsing it.

use std::sync::{Arc, OnceLock};

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::{KindSchema, Properties, Schema, SchemaType};

/// What a line of a data file holds, told from its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Head<'a> {
    /// One version of a kind.
    Kind {
        /// `Deployment`.
        kind: &'a str,
        /// `v1`.
        version: &'a str,
        /// `apps`.
        group: &'a str,
    },
    /// A definition that kinds of the file refer to.
    Definition {
        /// The name in [`Schema::reference`].
        name: &'a str,
    },
}

/// Reads the head of a line; `None` for a line that is neither a kind nor a definition.
pub(crate) fn head(line: &str) -> Option<Head<'_>> {
    if let Some(rest) = line.strip_prefix("{\"kind\":\"") {
        let (kind, rest) = rest.split_once("\",\"version\":\"")?;
        let (version, rest) = rest.split_once("\",\"group\":\"")?;
        let (group, _) = rest.split_once('"')?;
        return Some(Head::Kind {
            kind,
            version,
            group,
        });
    }
    let rest = line.strip_prefix("{\"definition\":\"")?;
    let (name, _) = rest.split_once('"')?;
    Some(Head::Definition { name })
}

/// A definition as a line says it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DefinitionLine {
    /// The name in [`Schema::reference`].
    pub(crate) definition: String,
    /// What it stands for.
    pub(crate) schema: Schema,
}

/// Reads a line that [`head`] found to be a kind.
pub(crate) fn read_kind(line: &str) -> serde_json::Result<KindSchema> {
    serde_json::from_str(line)
}

/// Reads a line that [`head`] found to be a definition.
pub(crate) fn read_definition(line: &str) -> serde_json::Result<DefinitionLine> {
    serde_json::from_str(line)
}

/// The lines of a file: definitions by name, then kinds in the order given.
#[cfg(feature = "import")]
pub(crate) fn write<'a>(
    kinds: impl Iterator<Item = &'a KindSchema>,
    definitions: impl Iterator<Item = (&'a String, &'a Schema)>,
) -> serde_json::Result<String> {
    let mut text = String::new();
    for (name, schema) in definitions {
        let line = DefinitionLine {
            definition: name.clone(),
            schema: schema.clone(),
        };
        text.push_str(&serde_json::to_string(&line)?);
        text.push('\n');
    }
    for kind in kinds {
        text.push_str(&serde_json::to_string(kind)?);
        text.push('\n');
    }
    Ok(text)
}

impl Serialize for SchemaType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for SchemaType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = SchemaType;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("the name of a type")
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<SchemaType, E> {
                SchemaType::from_name(name)
                    .ok_or_else(|| E::custom(format_args!("unknown type {name:?}")))
            }
        }
        deserializer.deserialize_str(Name)
    }
}

impl Schema {
    /// The one-string form, for a schema that has one.
    fn shorthand(&self) -> Option<String> {
        let bare = Self {
            type_: self.type_,
            format: self.format.clone(),
            reference: self.reference.clone(),
            ..Self::default()
        };
        match (&self.reference, &self.format) {
            _ if *self != bare => None,
            (Some(name), None) if self.type_ == SchemaType::Any => Some(format!("#{name}")),
            (None, None) => Some(self.type_.as_str().to_owned()),
            (None, Some(format)) if !format.contains(' ') => {
                Some(format!("{} {format}", self.type_.as_str()))
            }
            _ => None,
        }
    }

    fn from_shorthand(text: &str) -> Option<Self> {
        if let Some(name) = text.strip_prefix('#') {
            return Some(Self::of_reference(name));
        }
        let (type_, format) = match text.split_once(' ') {
            Some((type_, format)) => (type_, Some(format.to_owned())),
            None => (text, None),
        };
        Some(Self {
            type_: SchemaType::from_name(type_)?,
            format,
            ..Self::default()
        })
    }
}

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.shorthand() {
            Some(text) => serializer.serialize_str(&text),
            None => Schema::serialize(self, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Schema {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Schema;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a schema")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Schema, E> {
                Schema::from_shorthand(text)
                    .ok_or_else(|| E::custom(format_args!("unknown type {text:?}")))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Schema, A::Error> {
                Schema::deserialize(MapAccessDeserializer::new(map))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// The schema of a field. Those that most fields have are in memory once.
struct Shared(Arc<Schema>);

/// What most fields are.
const COMMON: [&str; 9] = [
    "string",
    "boolean",
    "integer",
    "integer int32",
    "integer int64",
    "int-or-string",
    "number",
    "object",
    "string date-time",
];

static SHARED: [OnceLock<Arc<Schema>>; COMMON.len()] = [const { OnceLock::new() }; COMMON.len()];

impl Shared {
    fn from_shorthand(text: &str) -> Option<Self> {
        let read = || Schema::from_shorthand(text).map(Arc::new);
        let mut common = COMMON.iter().zip(&SHARED);
        let Some((_, shared)) = common.find(|(common, _)| **common == text) else {
            return read().map(Self);
        };
        if let Some(schema) = shared.get() {
            return Some(Self(Arc::clone(schema)));
        }
        let schema = read()?;
        Some(Self(Arc::clone(shared.get_or_init(|| schema))))
    }
}

impl<'de> Deserialize<'de> for Shared {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Shared;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a schema")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Shared, E> {
                Shared::from_shorthand(text)
                    .ok_or_else(|| E::custom(format_args!("unknown type {text:?}")))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Shared, A::Error> {
                let schema = Schema::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Shared(Arc::new(schema)))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl Serialize for Properties {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (name, schema) in self {
            map.serialize_entry(name, schema)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Properties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Properties;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a map of schemas")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Properties, A::Error> {
                let mut entries: Vec<(String, Arc<Schema>)> = Vec::new();
                while let Some((name, Shared(schema))) = map.next_entry::<String, Shared>()? {
                    if entries.last().is_some_and(|(last, _)| *last >= name) {
                        let out_of_order = format_args!("field {name:?} is out of order");
                        return Err(A::Error::custom(out_of_order));
                    }
                    entries.push((name, schema));
                }
                entries.shrink_to_fit();
                Ok(Properties::from_sorted(entries))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_in_one_word_is_written_in_one() {
        for (schema, text) in [
            (Schema::default(), r#""any""#),
            (Schema::of_type(SchemaType::String), r#""string""#),
            (
                Schema {
                    format: Some("int32".to_owned()),
                    ..Schema::of_type(SchemaType::Integer)
                },
                r#""integer int32""#,
            ),
            (
                Schema::of_reference("io.k8s.api.core.v1.EnvVar"),
                r##""#io.k8s.api.core.v1.EnvVar""##,
            ),
            (
                Schema {
                    format: Some("two words".to_owned()),
                    ..Schema::of_type(SchemaType::String)
                },
                r#"{"type":"string","format":"two words"}"#,
            ),
            (
                Schema {
                    nullable: true,
                    ..Schema::of_reference("a")
                },
                r#"{"ref":"a","nullable":true}"#,
            ),
            (
                Schema {
                    default: Some(serde_json::Value::Null),
                    ..Schema::default()
                },
                r#"{"default":null}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&schema).unwrap(), text);
            assert_eq!(
                serde_json::from_str::<Schema>(text).unwrap(),
                schema,
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_not_in_the_format_is_not_read() {
        for text in [
            r#""strnig""#,
            r#"{"type":"text"}"#,
            r#"{"description":"prose"}"#,
            r#"{"props":{"b":"string","a":"string"}}"#,
            r#"{"rules":[{"rule":"true","message":"prose"}]}"#,
            "3",
        ] {
            assert!(serde_json::from_str::<Schema>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_line_tells_what_it_is_from_its_beginning() {
        let kind = r#"{"kind":"Widget","version":"v1","group":"example.com","plural":"widgets"}"#;
        assert_eq!(
            head(kind),
            Some(Head::Kind {
                kind: "Widget",
                version: "v1",
                group: "example.com"
            })
        );
        let definition = r#"{"definition":"io.k8s.api.core.v1.EnvVar","schema":"string"}"#;
        assert_eq!(
            head(definition),
            Some(Head::Definition {
                name: "io.k8s.api.core.v1.EnvVar"
            })
        );
        for other in [
            "",
            "{}",
            r#"{"version":"v1"}"#,
            r#"{"kind":"Widget","group":"example.com"}"#,
        ] {
            assert_eq!(head(other), None, "{other}");
        }
    }
}
