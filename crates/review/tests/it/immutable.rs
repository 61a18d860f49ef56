//! Every field that never changes, and every rule that compares with the value before: a change of it is refused.

use std::collections::BTreeSet;

use check::Context;
use check::change::{Hold, immutable_paths};
use review::{Files, Review, Trees, review};
use schemas::{KindSchema, ListType, Schema, SchemaType, Store};
use serde_json::{Map, Value as Json, json};

const MINOR: &str = "1.35";
/// Values nested deeper than this are left out.
const DEEPEST: usize = 6;

/// A step from a schema to one inside of it.
#[derive(Clone, Debug)]
enum Step {
    Field(String),
    Item,
    Value,
}

/// A value that a schema describes; the letters make two that differ.
fn value(schema: &Schema, is_second: bool, depth: usize) -> Json {
    let schema = Store::embedded().resolve(MINOR, schema).unwrap_or(schema);
    let known = &schema.enumeration;
    if let Some(known) = if is_second {
        known.last()
    } else {
        known.first()
    } {
        return known.clone();
    }
    match schema.type_ {
        SchemaType::Object => {
            let fields = schema.properties.iter().filter(|_| depth < DEEPEST);
            let mut object: Map<String, Json> = fields
                .map(|(name, field)| (name.to_owned(), value(field, is_second, depth + 1)))
                .collect();
            if let Some(values) = &schema.additional_properties {
                object.insert("key".to_owned(), value(values, is_second, depth + 1));
            }
            // Objects that may hold anything, and those that are nested too deep.
            if object.is_empty() {
                object.insert("key".to_owned(), json!(is_second.to_string()));
            }
            Json::Object(object)
        }
        SchemaType::Array => {
            let items = schema.items.as_deref();
            items.map_or(json!([]), |items| {
                json!([value(items, is_second, depth + 1)])
            })
        }
        SchemaType::Integer | SchemaType::Number => json!(if is_second { 2 } else { 1 }),
        SchemaType::Boolean => json!(is_second),
        _ if schema.format.as_deref() == Some("quantity") => {
            json!(if is_second { "2" } else { "1" })
        }
        _ => json!(if is_second { "b" } else { "a" }),
    }
}

/// The rules below a schema that compare with the value before, each with the way to it.
fn rules<'s>(
    schema: &'s Schema,
    way: &[Step],
    found: &mut Vec<(Vec<Step>, &'s Schema, &'s schemas::Rule)>,
) {
    let compare = schema
        .rules
        .iter()
        .filter(|rule| rule.rule.contains("oldSelf"));
    found.extend(compare.map(|rule| (way.to_vec(), schema, rule)));
    let mut below = |step: Step, inner: &'s Schema| {
        let way: Vec<Step> = way.iter().cloned().chain([step]).collect();
        rules(inner, &way, found);
    };
    for (name, field) in &schema.properties {
        below(Step::Field(name.to_owned()), field);
    }
    if let Some(items) = schema.items.as_deref() {
        below(Step::Item, items);
    }
    if let Some(values) = schema.additional_properties.as_deref() {
        below(Step::Value, values);
    }
}

/// An object in which nothing stands but a value at the end of the way.
fn around(schema: &Schema, way: &[Step], inner: &Json) -> Json {
    let resolved = Store::embedded().resolve(MINOR, schema).unwrap_or(schema);
    let Some((step, rest)) = way.split_first() else {
        return inner.clone();
    };
    match step {
        Step::Field(name) => {
            let field = resolved.properties.get(name).expect("a field");
            json!({ name: around(field, rest, inner) })
        }
        Step::Value => {
            let values = resolved.additional_properties.as_deref().expect("values");
            json!({ "key": around(values, rest, inner) })
        }
        Step::Item => {
            let items = resolved.items.as_deref().expect("items");
            let mut item = around(items, rest, inner);
            if resolved.list_type == Some(ListType::Map) {
                for key in &resolved.list_map_keys {
                    item[key] = json!("a");
                }
            }
            json!([item])
        }
    }
}

fn object(kind: &KindSchema, fields: Json) -> Json {
    let mut object = fields;
    object["apiVersion"] = json!(kind.api_version());
    object["kind"] = json!(kind.kind);
    object["metadata"] = json!({"name": "one", "namespace": "here"});
    if kind.scope == schemas::Scope::Cluster {
        object["metadata"] = json!({"name": "one"});
    }
    object
}

fn reviewed(before: &Json, after: &Json) -> Review {
    let files = |object: &Json| -> Files {
        [("object.yaml".to_owned(), object.to_string().into_bytes())].into()
    };
    let trees = Trees::new(files(before), files(after));
    let context = Context::new(MINOR.parse().unwrap(), Store::embedded());
    review("all", &trees, &context)
}

fn refuses(review: &Review, text: &str) -> bool {
    let mut fields = review.objects.iter().flat_map(|object| &object.fields);
    fields.any(|field| field.refused && field.reason.contains(text))
}

/// Pairs of values of which a rule may refuse the second after the first.
fn pairs(schema: &Schema) -> Vec<(Json, Json)> {
    let (first, second) = (value(schema, false, 0), value(schema, true, 0));
    let mut pairs = vec![(first.clone(), second)];
    for name in first.as_object().into_iter().flat_map(Map::keys) {
        let mut without = first.clone();
        without.as_object_mut().unwrap().remove(name);
        pairs.push((first.clone(), without.clone()));
        pairs.push((without, first.clone()));
    }
    pairs
}

#[test]
fn every_rule_of_an_imported_kind_that_compares_is_reported() {
    let store = Store::embedded();
    let (mut proven, mut unproven) = (0, Vec::new());
    for name in store.custom_kinds() {
        let kind = store
            .custom_kind(name.group, name.version, name.kind)
            .unwrap();
        let mut found = Vec::new();
        rules(&kind.schema, &[], &mut found);
        for (way, schema, rule) in found {
            // The status is not written with the object.
            let in_status = matches!(way.first(), Some(Step::Field(name)) if name == "status");
            if in_status && kind.subresources.status {
                continue;
            }
            let start: String = rule.rule.split_whitespace().collect::<Vec<_>>().join(" ");
            let start: String = start.chars().take(40).collect();
            let is_reported = pairs(schema).iter().any(|(before, after)| {
                let before = object(kind, around(&kind.schema, &way, before));
                let after = object(kind, around(&kind.schema, &way, after));
                refuses(&reviewed(&before, &after), &start)
            });
            if is_reported {
                proven += 1;
            } else {
                unproven.push(format!(
                    "{} {}: {way:?} {}",
                    name.group, name.kind, rule.rule
                ));
            }
        }
    }
    assert!(proven >= 60, "only {proven}");
    assert!(unproven.is_empty(), "{}", unproven.join("\n"));
}

#[test]
fn every_field_of_a_built_in_kind_that_never_changes_is_reported() {
    let store = Store::embedded();
    let (mut proven, mut unproven) = (BTreeSet::new(), Vec::new());
    for name in store.kinds(MINOR) {
        let Some(kind) = store.kind(MINOR, name.group, name.version, name.kind) else {
            continue;
        };
        let facts = immutable_paths(name.group, name.kind).iter();
        for fact in facts.filter(|fact| fact.hold != Hold::Partly) {
            let way: Vec<Step> = fact
                .path
                .split('.')
                .map(|name| Step::Field(name.to_owned()))
                .collect();
            let mut schema = store.resolve(MINOR, &kind.schema).unwrap();
            let steps = way.iter().try_for_each(|step| {
                let Step::Field(name) = step else { return None };
                schema = store.resolve(MINOR, schema.properties.get(name)?)?;
                Some(())
            });
            // Another version of the kind may not have the field.
            if steps.is_none() {
                continue;
            }
            let [before, after] = [false, true].map(|is_second| {
                let inner = value(schema, is_second, 0);
                let mut object = object(kind, around(&kind.schema, &way, &inner));
                if fact.hold == Hold::WhileImmutable {
                    object["immutable"] = json!(fact.path != "immutable" || !is_second);
                }
                object
            });
            let review = reviewed(&before, &after);
            let path = format!("{}.{} {}", name.kind, name.group, fact.path);
            if review.is_refused() {
                proven.insert(path);
            } else {
                unproven.push(path);
            }
        }
    }
    assert!(proven.len() >= 80, "only {}: {proven:?}", proven.len());
    assert!(unproven.is_empty(), "{}", unproven.join("\n"));
}
