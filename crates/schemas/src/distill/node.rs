//! One schema node of a source (a CRD's structural schema, `OpenAPI`, JSON Schema) as a [`Schema`].

use serde_json::{Map, Number, Value};

use super::Problem;
use crate::model::{ListType, MapType, Properties, Rule, Schema, SchemaType};

/// Reads a schema with everything inside it.
pub(crate) fn schema(source: &Value) -> Result<Schema, Problem> {
    let Value::Object(source) = source else {
        return Err(Problem::wrong_shape("schema", "an object"));
    };
    let mut node = Schema::default();
    for (keyword, value) in source {
        let known = structure(&mut node, keyword, value)?
            || bounds(&mut node, keyword, value)?
            || junctors(&mut node, keyword, value)?
            || extensions(&mut node, keyword, value)?
            || is_prose(keyword);
        if !known {
            return Err(Problem::unknown_keyword(keyword));
        }
    }
    if source.get("x-kubernetes-int-or-string") == Some(&Value::Bool(true)) {
        make_int_or_string(&mut node);
    }
    lift_single_reference(&mut node);
    Ok(node)
}

/// Keywords for people and for tools that have nothing to do with what a value may be.
fn is_prose(keyword: &str) -> bool {
    matches!(
        keyword,
        "description"
            | "title"
            | "example"
            | "examples"
            | "externalDocs"
            | "deprecated"
            | "readOnly"
    ) || keyword.starts_with("x-")
}

fn structure(node: &mut Schema, keyword: &str, value: &Value) -> Result<bool, Problem> {
    match keyword {
        "type" => set_type(node, value)?,
        "$ref" => node.reference = Some(reference(text(keyword, value)?)),
        "properties" => node.properties = properties(value)?,
        "required" => {
            node.required = texts(keyword, value)?;
            node.required.sort();
            node.required.dedup();
        }
        "additionalProperties" => node.additional_properties = additional_properties(value)?,
        "items" => {
            node.items = Some(Box::new(
                schema(value).map_err(|problem| problem.inside("items"))?,
            ));
        }
        "enum" => node.enumeration.clone_from(list(keyword, value)?),
        "format" => node.format = Some(text(keyword, value)?.to_owned()),
        "default" => node.default = Some(value.clone()),
        "nullable" => node.nullable |= flag(keyword, value)?,
        _ => return Ok(false),
    }
    Ok(true)
}

fn bounds(node: &mut Schema, keyword: &str, value: &Value) -> Result<bool, Problem> {
    match keyword {
        "pattern" => node.pattern = Some(text(keyword, value)?.to_owned()),
        "minimum" => node.minimum = Some(number(keyword, value)?),
        "maximum" => node.maximum = Some(number(keyword, value)?),
        "exclusiveMinimum" => node.exclusive_minimum = flag(keyword, value)?,
        "exclusiveMaximum" => node.exclusive_maximum = flag(keyword, value)?,
        "multipleOf" => node.multiple_of = Some(number(keyword, value)?),
        "minLength" => node.min_length = Some(count(keyword, value)?),
        "maxLength" => node.max_length = Some(count(keyword, value)?),
        "minItems" => node.min_items = Some(count(keyword, value)?),
        "maxItems" => node.max_items = Some(count(keyword, value)?),
        "minProperties" => node.min_properties = Some(count(keyword, value)?),
        "maxProperties" => node.max_properties = Some(count(keyword, value)?),
        "uniqueItems" => node.unique_items = flag(keyword, value)?,
        _ => return Ok(false),
    }
    Ok(true)
}

fn junctors(node: &mut Schema, keyword: &str, value: &Value) -> Result<bool, Problem> {
    match keyword {
        "allOf" => node.all_of = schemas(keyword, value)?,
        "anyOf" => node.any_of = schemas(keyword, value)?,
        "oneOf" => node.one_of = schemas(keyword, value)?,
        "not" => {
            node.not = Some(Box::new(
                schema(value).map_err(|problem| problem.inside("not"))?,
            ));
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn extensions(node: &mut Schema, keyword: &str, value: &Value) -> Result<bool, Problem> {
    match keyword {
        "x-kubernetes-list-type" => node.list_type = Some(list_type(keyword, value)?),
        "x-kubernetes-list-map-keys" => node.list_map_keys = texts(keyword, value)?,
        "x-kubernetes-patch-merge-key" => {
            node.patch_merge_key = Some(text(keyword, value)?.to_owned());
        }
        "x-kubernetes-map-type" => node.map_type = Some(map_type(keyword, value)?),
        "x-kubernetes-preserve-unknown-fields" => {
            node.preserve_unknown_fields = flag(keyword, value)?;
        }
        "x-kubernetes-embedded-resource" => node.embedded_resource = flag(keyword, value)?,
        "x-kubernetes-validations" => {
            node.rules = list(keyword, value)?
                .iter()
                .map(rule)
                .collect::<Result<_, _>>()?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// A name, or (in JSON Schema) a list of a name and `null`.
fn set_type(node: &mut Schema, value: &Value) -> Result<(), Problem> {
    let wrong = || {
        Problem::wrong_shape(
            "type",
            "one of object, array, string, integer, number, boolean",
        )
    };
    let name = match value {
        Value::String(name) => name,
        Value::Array(names) => {
            let (null, others): (Vec<_>, Vec<_>) = names.iter().partition(|name| *name == "null");
            node.nullable |= !null.is_empty();
            let [Value::String(name)] = others[..] else {
                return Err(wrong());
            };
            name
        }
        _ => return Err(wrong()),
    };
    node.type_ = match SchemaType::from_name(name) {
        Some(SchemaType::Any | SchemaType::IntOrString) | None => return Err(wrong()),
        Some(type_) => type_,
    };
    Ok(())
}

/// An integer or a string, whatever else the source says about the type: the alternatives that it
/// must spell out (`anyOf` directly or inside `allOf`) say the same once more.
fn make_int_or_string(node: &mut Schema) {
    fn spelled_out(alternatives: &[Schema]) -> bool {
        let types: Vec<SchemaType> = alternatives
            .iter()
            .map(|alternative| alternative.type_)
            .collect();
        types == [SchemaType::Integer, SchemaType::String]
            || types == [SchemaType::String, SchemaType::Integer]
    }
    node.type_ = SchemaType::IntOrString;
    if spelled_out(&node.any_of) {
        node.any_of.clear();
    }
    node.all_of.retain(|part| !spelled_out(&part.any_of));
}

/// `OpenAPI` 3.0 cannot say anything beside `$ref`, so its writers put a lone reference into
/// `allOf`.
fn lift_single_reference(node: &mut Schema) {
    if let [
        Schema {
            reference: Some(name),
            ..
        },
    ] = &node.all_of[..]
    {
        node.reference = Some(name.clone());
        node.all_of.clear();
    }
}

fn reference(pointer: &str) -> String {
    pointer.rsplit('/').next().unwrap_or(pointer).to_owned()
}

fn properties(value: &Value) -> Result<Properties, Problem> {
    object("properties", value)?
        .iter()
        .map(|(name, value)| {
            Ok((
                name.as_str(),
                schema(value).map_err(|problem| problem.inside(name))?,
            ))
        })
        .collect()
}

/// `false` says what every structural schema says anyway: what is not named is not there.
fn additional_properties(value: &Value) -> Result<Option<Box<Schema>>, Problem> {
    Ok(match value {
        Value::Bool(false) => None,
        Value::Bool(true) => Some(Box::default()),
        _ => Some(Box::new(
            schema(value).map_err(|problem| problem.inside("*"))?,
        )),
    })
}

fn rule(value: &Value) -> Result<Rule, Problem> {
    let keyword = "x-kubernetes-validations";
    let fields = object(keyword, value)?;
    let optional = |name: &str| {
        fields
            .get(name)
            .map(|value| Ok(text(name, value)?.to_owned()))
            .transpose()
    };
    Ok(Rule {
        rule: optional("rule")?.ok_or_else(|| Problem::missing("rule").inside(keyword))?,
        optional_old_self: fields
            .get("optionalOldSelf")
            .map_or(Ok(false), |value| flag("optionalOldSelf", value))?,
        field_path: optional("fieldPath")?,
        reason: optional("reason")?,
    })
}

fn list_type(keyword: &str, value: &Value) -> Result<ListType, Problem> {
    match text(keyword, value)? {
        "atomic" => Ok(ListType::Atomic),
        "set" => Ok(ListType::Set),
        "map" => Ok(ListType::Map),
        _ => Err(Problem::wrong_shape(keyword, "one of atomic, set, map")),
    }
}

fn map_type(keyword: &str, value: &Value) -> Result<MapType, Problem> {
    match text(keyword, value)? {
        "atomic" => Ok(MapType::Atomic),
        "granular" => Ok(MapType::Granular),
        _ => Err(Problem::wrong_shape(keyword, "one of atomic, granular")),
    }
}

fn schemas(keyword: &str, value: &Value) -> Result<Vec<Schema>, Problem> {
    list(keyword, value)?
        .iter()
        .map(|part| schema(part).map_err(|problem| problem.inside(keyword)))
        .collect()
}

pub(crate) fn object<'a>(
    keyword: &str,
    value: &'a Value,
) -> Result<&'a Map<String, Value>, Problem> {
    value
        .as_object()
        .ok_or_else(|| Problem::wrong_shape(keyword, "an object"))
}

pub(crate) fn list<'a>(keyword: &str, value: &'a Value) -> Result<&'a Vec<Value>, Problem> {
    value
        .as_array()
        .ok_or_else(|| Problem::wrong_shape(keyword, "a list"))
}

pub(crate) fn text<'a>(keyword: &str, value: &'a Value) -> Result<&'a str, Problem> {
    value
        .as_str()
        .ok_or_else(|| Problem::wrong_shape(keyword, "a string"))
}

pub(crate) fn flag(keyword: &str, value: &Value) -> Result<bool, Problem> {
    value
        .as_bool()
        .ok_or_else(|| Problem::wrong_shape(keyword, "true or false"))
}

fn texts(keyword: &str, value: &Value) -> Result<Vec<String>, Problem> {
    list(keyword, value)?
        .iter()
        .map(|item| Ok(text(keyword, item)?.to_owned()))
        .collect()
}

fn number(keyword: &str, value: &Value) -> Result<Number, Problem> {
    match value {
        Value::Number(number) => Ok(number.clone()),
        _ => Err(Problem::wrong_shape(keyword, "a number")),
    }
}

fn count(keyword: &str, value: &Value) -> Result<u64, Problem> {
    value
        .as_u64()
        .ok_or_else(|| Problem::wrong_shape(keyword, "a whole number"))
}
