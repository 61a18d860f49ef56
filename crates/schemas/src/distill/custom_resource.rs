//! The served versions of a `CustomResourceDefinition`.

use serde_json::Value;

use super::{Problem, is_name, node};
use crate::model::{KindSchema, Scale, Schema, SchemaType, Scope, Subresources};

/// The definition that the `metadata` of every object follows.
pub(crate) const OBJECT_META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

/// Whether the document is a `CustomResourceDefinition` of any version.
pub(crate) fn is_one(document: &Value) -> bool {
    document.get("kind").and_then(Value::as_str) == Some("CustomResourceDefinition")
}

/// The kinds that a `CustomResourceDefinition` makes, one for each served version.
///
/// # Errors
///
/// What the document lacks, or has in a shape that no API server takes.
pub fn kinds(document: &Value) -> Result<Vec<KindSchema>, Problem> {
    let api_version = text_at(document, "apiVersion")?;
    if api_version != "apiextensions.k8s.io/v1" {
        return Err(Problem::old_definition(api_version));
    }
    let spec = at(document, "spec")?;
    definition_spec(spec).map_err(|problem| problem.inside("spec"))
}

fn definition_spec(spec: &Value) -> Result<Vec<KindSchema>, Problem> {
    let names = at(spec, "names")?;
    let scope = match text_at(spec, "scope")? {
        "Namespaced" => Scope::Namespaced,
        "Cluster" => Scope::Cluster,
        _ => return Err(Problem::wrong_shape("scope", "one of Namespaced, Cluster")),
    };
    let mut kinds = Vec::new();
    for version in node::list("versions", at(spec, "versions")?)? {
        let name = &name_at(version, "name")?;
        if !flag_at(version, "served")? {
            continue;
        }
        let kind = KindSchema {
            kind: name_at(names, "kind")?,
            version: name.clone(),
            group: name_at(spec, "group")?,
            plural: name_at(names, "plural")?,
            scope,
            served: true,
            storage: flag_at(version, "storage")?,
            deprecated: version
                .get("deprecated")
                .is_some_and(|value| value == &Value::Bool(true)),
            subresources: subresources(version).map_err(|problem| problem.inside(name))?,
            schema: root(version, name).map_err(|problem| problem.inside(name))?,
        };
        kinds.push(kind);
    }
    if kinds.is_empty() {
        Err(Problem::nothing_served())
    } else {
        Ok(kinds)
    }
}

fn root(version: &Value, name: &str) -> Result<Schema, Problem> {
    let source = version
        .pointer("/schema/openAPIV3Schema")
        .ok_or_else(|| Problem::no_schema(name))?;
    let mut schema = node::schema(source)?;
    complete_object(&mut schema);
    Ok(schema)
}

/// Adds what the API server adds to the schema of every custom resource: `apiVersion`, `kind` and
/// `metadata`.
///
/// What a source demands of `metadata` (the length of the name is all it may) becomes a part of
/// `all_of`.
pub(crate) fn complete_object(schema: &mut Schema) {
    schema.type_ = SchemaType::Object;
    for name in ["apiVersion", "kind"] {
        if !schema.properties.contains_key(name) {
            schema
                .properties
                .insert(name, Schema::of_type(SchemaType::String));
        }
    }
    let metadata = schema
        .properties
        .insert("metadata", Schema::of_reference(OBJECT_META));
    if let Some(narrower) =
        metadata.filter(|metadata| *metadata != Schema::of_type(SchemaType::Object))
    {
        schema.all_of.push(Schema {
            properties: [("metadata", narrower)].into(),
            ..Schema::default()
        });
    }
}

fn subresources(version: &Value) -> Result<Subresources, Problem> {
    let Some(source) = version.get("subresources") else {
        return Ok(Subresources::default());
    };
    let scale = match source.get("scale") {
        Some(scale) => Some(Scale {
            spec_replicas_path: text_at(scale, "specReplicasPath")?.to_owned(),
            status_replicas_path: text_at(scale, "statusReplicasPath")?.to_owned(),
            label_selector_path: scale
                .get("labelSelectorPath")
                .and_then(Value::as_str)
                .map(str::to_owned),
        }),
        None => None,
    };
    Ok(Subresources {
        status: source.get("status").is_some(),
        scale,
    })
}

fn at<'a>(value: &'a Value, keyword: &str) -> Result<&'a Value, Problem> {
    value.get(keyword).ok_or_else(|| Problem::missing(keyword))
}

fn text_at<'a>(value: &'a Value, keyword: &str) -> Result<&'a str, Problem> {
    node::text(keyword, at(value, keyword)?)
}

fn name_at(value: &Value, keyword: &str) -> Result<String, Problem> {
    let name = text_at(value, keyword)?;
    if is_name(name) {
        Ok(name.to_owned())
    } else {
        Err(Problem::wrong_shape(
            keyword,
            "a name of letters, digits, dots and dashes",
        ))
    }
}

fn flag_at(value: &Value, keyword: &str) -> Result<bool, Problem> {
    node::flag(keyword, at(value, keyword)?)
}
