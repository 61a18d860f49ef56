//! What the `OpenAPI` documents of one Kubernetes minor say together: its kinds and the definitions
//! they use.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Problem, is_name, node};
use crate::facts::Minor;
use crate::model::{KindSchema, Scale, Schema, SchemaType, Scope, Subresources};

/// One document, as far as it matters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Document {
    /// `io.k8s.api.core.v1.PodSpec` → its schema.
    pub(crate) definitions: BTreeMap<String, Schema>,
    /// The resources that objects can be created of.
    pub(crate) resources: Vec<Resource>,
}

/// A resource that objects can be created of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resource {
    pub(crate) group: String,
    pub(crate) version: String,
    pub(crate) kind: String,
    pub(crate) plural: String,
    pub(crate) scope: Scope,
    pub(crate) subresources: Subresources,
    /// The definition of a whole object.
    pub(crate) definition: String,
}

/// Reads definitions and paths; `body` finds the reference to the created object's definition in a
/// `post` operation, which is where the versions of `OpenAPI` differ.
pub(crate) fn document(
    definitions: &Map<String, Value>,
    paths: &Map<String, Value>,
    body: impl Fn(&Value) -> Option<&str>,
) -> Result<Document, Problem> {
    let mut document = Document::default();
    for (name, source) in definitions.iter().filter(|(name, _)| is_name(name)) {
        let schema = node::schema(source).map_err(|problem| problem.inside(name))?;
        document
            .definitions
            .insert(name.clone(), known_by_name(name).unwrap_or(schema));
    }
    for (path, operations) in paths {
        if let Some(resource) = resource(path, operations, paths, &body) {
            document.resources.push(resource);
        }
    }
    Ok(document)
}

/// The types with a JSON form of their own, which the documents describe in words.
fn known_by_name(name: &str) -> Option<Schema> {
    let (_, short) = name.rsplit_once('.')?;
    Some(match short {
        "IntOrString" => Schema::of_type(SchemaType::IntOrString),
        "Quantity" => Schema {
            format: Some("quantity".to_owned()),
            one_of: vec![
                Schema::of_type(SchemaType::String),
                Schema::of_type(SchemaType::Number),
            ],
            ..Schema::default()
        },
        "RawExtension" | "FieldsV1" => Schema {
            preserve_unknown_fields: true,
            ..Schema::of_type(SchemaType::Object)
        },
        "JSON"
        | "JSONSchemaPropsOrArray"
        | "JSONSchemaPropsOrBool"
        | "JSONSchemaPropsOrStringArray" => Schema {
            preserve_unknown_fields: true,
            ..Schema::default()
        },
        _ => return None,
    })
}

/// `/apis/<group>/<version>[/namespaces/{namespace}]/<plural>` with a `post` is a resource; what is
/// longer is a subresource, what has no `post` (`componentstatuses`) can be in no manifest.
fn resource<'a>(
    path: &str,
    operations: &'a Value,
    paths: &Map<String, Value>,
    body: impl Fn(&'a Value) -> Option<&'a str>,
) -> Option<Resource> {
    let (group, rest) = match path.strip_prefix("/apis/") {
        Some(rest) => rest.split_once('/')?,
        None => ("", path.strip_prefix("/api/")?),
    };
    let (version, rest) = rest.split_once('/')?;
    let (scope, plural) = match rest.strip_prefix("namespaces/{namespace}/") {
        Some(plural) => (Scope::Namespaced, plural),
        None => (Scope::Cluster, rest),
    };
    let post = operations.get("post")?;
    let kind = post
        .pointer("/x-kubernetes-group-version-kind/kind")?
        .as_str()?;
    if !is_name(plural) || !is_name(version) || !is_name(kind) {
        return None;
    }
    let has = |subresource: &str| paths.contains_key(&format!("{path}/{{name}}/{subresource}"));
    Some(Resource {
        group: group.to_owned(),
        version: version.to_owned(),
        kind: kind.to_owned(),
        plural: plural.to_owned(),
        scope,
        subresources: Subresources {
            status: has("status"),
            scale: has("scale").then(Scale::default),
        },
        definition: body(post)?.rsplit('/').next()?.to_owned(),
    })
}

/// The facts of a minor, of its documents.
///
/// The second version of `OpenAPI` is where enum values are, the third where defaults are. Without
/// a `swagger.json` the kinds of the third version's documents are taken as they are.
pub(crate) fn minor(swagger: Option<&Document>, groups: &[&Document]) -> Result<Minor, Problem> {
    let mut all = swagger.cloned().unwrap_or_else(|| {
        let mut all = Document::default();
        for group in groups {
            all.definitions.extend(group.definitions.clone());
            all.resources.extend(group.resources.clone());
        }
        all
    });
    for group in groups {
        for (name, schema) in &group.definitions {
            if let Some(known) = all.definitions.get_mut(name) {
                take_defaults(known, schema);
            }
        }
    }
    for schema in all.definitions.values_mut() {
        drop_zero_defaults(schema);
    }
    kinds_with_definitions(&all)
}

fn take_defaults(known: &mut Schema, other: &Schema) {
    for (name, property) in known.properties.iter_mut() {
        if let Some(source) = other.properties.get(name) {
            property.default.clone_from(&source.default);
        }
    }
}

/// The documents give every field that Go always writes its zero value as a default (`""` for the
/// name of a container): that is how Go encodes, not what the API server fills in.
fn drop_zero_defaults(schema: &mut Schema) {
    let zero = match &schema.default {
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Number(number)) => number.as_f64() == Some(0.0),
        Some(Value::Bool(flag)) => !flag,
        Some(Value::Object(fields)) => fields.is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::Null) | None => true,
    };
    if zero {
        schema.default = None;
    }
    schema.children_mut().for_each(drop_zero_defaults);
}

/// Kinds hold their own definition; what they refer to, directly or not, stays beside them.
fn kinds_with_definitions(all: &Document) -> Result<Minor, Problem> {
    let definition = |name: &str| {
        all.definitions
            .get(name)
            .ok_or_else(|| Problem::no_definition(name))
    };
    let mut minor = Minor::default();
    let mut waiting: BTreeSet<String> = BTreeSet::new();
    for resource in &all.resources {
        let schema = definition(&resource.definition)?.clone();
        collect_references(&schema, &mut waiting);
        let kind = KindSchema {
            kind: resource.kind.clone(),
            version: resource.version.clone(),
            group: resource.group.clone(),
            plural: resource.plural.clone(),
            scope: resource.scope,
            served: !resource.version.contains("alpha") && !resource.version.contains("beta"),
            storage: false,
            deprecated: false,
            subresources: resource.subresources.clone(),
            schema,
        };
        minor.add_kind(kind);
    }
    while let Some(name) = waiting.pop_first() {
        let schema = definition(&name)?;
        if minor.definitions.insert(name, schema.clone()).is_none() {
            collect_references(schema, &mut waiting);
        }
    }
    Ok(minor)
}

fn collect_references(schema: &Schema, names: &mut BTreeSet<String>) {
    names.extend(schema.reference.clone());
    schema
        .children()
        .for_each(|child| collect_references(child, names));
}
