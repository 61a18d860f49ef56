//! From the schemas of a group to shapes.

use schemas::{KindSchema, Schema, SchemaType};
use serde_json::Value;

use crate::core_types;
use crate::error::Error;
use crate::idents::{self, Scope};
use crate::shape::{Choice, Field, Object, Place, Shape, Shapes, Type};
use crate::words::{pascal, singular_pascal};

/// The fields of an object that every kind has, and the one that only the cluster writes.
const NOT_WRITTEN: [&str; 4] = ["apiVersion", "kind", "metadata", "status"];

/// Reads the schemas of one kind, keeping its shapes in those of the group.
pub(crate) struct Reader<'a> {
    kind: &'a KindSchema,
    shapes: &'a mut Shapes,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(kind: &'a KindSchema, shapes: &'a mut Shapes) -> Self {
        Self { kind, shapes }
    }

    /// The fields of the kind itself, without what every kind has and without `status`.
    pub(crate) fn root(&mut self, version: usize) -> Result<Object, Error> {
        let schema = &self.kind.schema;
        if schema.type_ != SchemaType::Object {
            return Err(Error::NotAnObject { kind: self.name() });
        }
        let place = Place::root(version, &self.kind.kind);
        let properties = schema
            .properties
            .iter()
            .filter(|(name, _)| !NOT_WRITTEN.contains(name));
        let mut names = Scope::default();
        names.take(&["metadata".to_owned()]);
        self.object(schema, properties, &place, names)
    }

    fn name(&self) -> String {
        format!("{} {}", self.kind.api_version(), self.kind.kind)
    }

    fn object<'s>(
        &mut self,
        schema: &Schema,
        properties: impl Iterator<Item = (&'s str, &'s Schema)>,
        place: &Place,
        mut names: Scope,
    ) -> Result<Object, Error> {
        let mut fields = Vec::new();
        for (wire, property) in properties {
            let word = if is_collection(property) {
                singular_pascal(wire)
            } else {
                pascal(wire)
            };
            let type_ = self.type_of(property, place.field(wire, &word))?;
            // The server fills in a default before it asks for what is required.
            let required = schema.requires(wire) && property.default.is_none();
            fields.push(Field {
                wire: wire.to_owned(),
                rust: names.take(&[idents::field(wire)]),
                word,
                type_,
                required,
            });
        }
        let open = schema.preserve_unknown_fields || schema.additional_properties.is_some();
        Ok(Object {
            word: place.last_word(),
            fields,
            rest: open.then(|| names.take(&["additional_fields".to_owned()])),
        })
    }

    fn type_of(&mut self, schema: &Schema, place: Place) -> Result<Type, Error> {
        if let Some(name) = schema.reference.as_deref().or(schema.core_type.as_deref()) {
            return core_types::definition(name).ok_or_else(|| Error::UnknownReference {
                kind: self.name(),
                path: place.path,
                reference: name.to_owned(),
            });
        }
        if !schema.enumeration.is_empty() {
            return Ok(self.choice(schema, place));
        }
        match schema.type_ {
            SchemaType::Array => self.list(schema, &place),
            SchemaType::Object | SchemaType::Any => self.map_or_object(schema, place),
            _ => Ok(core_types::scalar(schema)),
        }
    }

    fn list(&mut self, schema: &Schema, place: &Place) -> Result<Type, Error> {
        let item = match &schema.items {
            Some(items) => self.type_of(items, place.inside("[]"))?,
            None => Type::Any,
        };
        Ok(Type::List(Box::new(item)))
    }

    fn map_or_object(&mut self, schema: &Schema, place: Place) -> Result<Type, Error> {
        if schema.embedded_resource || schema.properties.is_empty() {
            return match &schema.additional_properties {
                Some(values) => Ok(Type::Map(Box::new(
                    self.type_of(values, place.inside("{}"))?,
                ))),
                None if is_marker(schema) => Ok(self.marker(place)),
                None => Ok(Type::Any),
            };
        }
        let object = self.object(schema, schema.properties.iter(), &place, Scope::default())?;
        Ok(self.keep(object, place))
    }

    fn marker(&mut self, place: Place) -> Type {
        self.keep(
            Object {
                word: place.last_word(),
                ..Object::default()
            },
            place,
        )
    }

    fn keep(&mut self, object: Object, place: Place) -> Type {
        Type::Shape(self.shapes.intern(Shape::Object(object), place))
    }

    fn choice(&mut self, schema: &Schema, place: Place) -> Type {
        let values: Option<Vec<String>> = schema
            .enumeration
            .iter()
            .map(|value| value.as_str().map(str::to_owned))
            .collect();
        let Some(mut values) = values else {
            return number_or_any(schema);
        };
        let mut seen = std::collections::BTreeSet::new();
        values.retain(|value| seen.insert(value.clone()));
        let default = schema.default.as_ref().and_then(Value::as_str);
        let default = default
            .and_then(|default| values.iter().position(|value| value == default))
            .unwrap_or(0);
        let variants = idents::variants(&values).into_iter().zip(values).collect();
        let word = place.last_word();
        Type::Shape(self.shapes.intern(
            Shape::Choice(Choice {
                word,
                variants,
                default,
            }),
            place,
        ))
    }
}

/// Numbers of a closed set stay numbers; a mixed set is any value.
fn number_or_any(schema: &Schema) -> Type {
    match schema.type_ {
        SchemaType::Integer | SchemaType::Number | SchemaType::Boolean => {
            core_types::scalar(schema)
        }
        _ => Type::Any,
    }
}

/// An object that cannot have fields: that it is there is what it says (`selfSigned: {}`).
fn is_marker(schema: &Schema) -> bool {
    schema.type_ == SchemaType::Object
        && !schema.preserve_unknown_fields
        && !schema.embedded_resource
}

/// Whether the name of a field is that of many things.
fn is_collection(schema: &Schema) -> bool {
    let is_map = schema.additional_properties.is_some() && schema.properties.is_empty();
    schema.type_ == SchemaType::Array || is_map
}
