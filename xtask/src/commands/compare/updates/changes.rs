//! Changes of one field: taken away, given another value, or added.

use schemas::{Schema, Store};
use serde_json::{Value, json};

use super::{Change, Seed};
use crate::commands::compare::Case;
use crate::commands::compare::chance::Chance;
use crate::commands::compare::faults::{is_identity, kind_of, walk};
use crate::commands::compare::samples::Maker;

/// Up to `count` changes, all there are where these are fewer.
pub(super) fn changes(
    seeds: &[Seed],
    minor: &str,
    count: usize,
    chance: &mut Chance,
) -> Vec<Change> {
    let mut all = Vec::new();
    for (seed, object) in seeds.iter().enumerate() {
        let mut found = Vec::new();
        of_fields(&object.value, &mut found);
        additions(&object.value, minor, chance, &mut found);
        let kind = kind_of(&object.value);
        all.extend(found.into_iter().map(|(fault, value)| Change {
            seed,
            case: Case {
                kind: kind.clone(),
                fault,
                value,
            },
        }));
    }
    while all.len() > count {
        let gone = chance.below(all.len());
        all.swap_remove(gone);
    }
    all
}

/// The description of a change, and the object after it.
type Changed = (String, Value);

fn of_fields(object: &Value, found: &mut Vec<Changed>) {
    let mut pointers = Vec::new();
    walk(object, &mut String::new(), &mut pointers);
    for pointer in pointers.iter().filter(|pointer| !is_identity(pointer)) {
        let Some(value) = object.pointer(pointer) else {
            continue;
        };
        for other in others(value) {
            let mut changed = object.clone();
            if let Some(place) = changed.pointer_mut(pointer) {
                let said = other.to_string().chars().take(60).collect::<String>();
                *place = other;
                found.push((format!("{pointer} becomes {said}"), changed));
            }
        }
        let mut changed = object.clone();
        if remove(&mut changed, pointer).is_some() {
            found.push((format!("without {pointer}"), changed));
        }
    }
}

/// Values of the same type that could stand in the place of another.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Bool(flag) => vec![json!(!flag)],
        Value::Number(number) => {
            let number = number.as_i64().unwrap_or(1);
            vec![
                json!(number + 1),
                json!(number.saturating_sub(1).max(0)),
                json!(0),
            ]
        }
        Value::String(text) => texts(text).into_iter().map(Value::String).collect(),
        Value::Array(items) => {
            let mut others = vec![json!([])];
            if let Some(first) = items.first() {
                let mut more = items.clone();
                more.push(differing(first));
                others.push(Value::Array(more));
                let mut turned = items.clone();
                turned.reverse();
                others.push(Value::Array(turned));
            }
            others
        }
        Value::Object(fields) => {
            let is_map = fields.values().all(Value::is_string);
            let mut more = fields.clone();
            more.insert("added".to_owned(), json!("value"));
            if is_map {
                vec![Value::Object(more), json!({})]
            } else {
                vec![json!({})]
            }
        }
    }
}

/// Words of which one usually takes the place of another.
const WORDS: [&[&str]; 16] = [
    &["ClusterIP", "NodePort", "LoadBalancer", "None"],
    &["Parallel", "OrderedReady"],
    &["Delete", "Retain"],
    &["Immediate", "WaitForFirstConsumer"],
    &["Never", "PreemptLowerPriority", "OnFailure", "Always"],
    &["Filesystem", "Block"],
    &["ReadWriteOnce", "ReadWriteMany", "ReadOnlyMany"],
    &["Indexed", "NonIndexed"],
    &["Terminating", "NotTerminating"],
    &["Namespaced", "Cluster"],
    &["IPv4", "IPv6"],
    &["TCP", "UDP"],
    &["Persistent", "Ephemeral"],
    &["Cluster", "Local"],
    &["In", "NotIn", "Exists"],
    &["Opaque", "example.com/other"],
];

fn texts(text: &str) -> Vec<String> {
    let mut others = vec![format!("{text}x"), String::new()];
    let sets = WORDS.iter().filter(|words| words.contains(&text));
    others.extend(sets.flat_map(|words| words.iter().map(|word| (*word).to_owned())));
    for suffix in ["Gi", "Mi", "m"] {
        if let Some(number) = text
            .strip_suffix(suffix)
            .and_then(|number| number.parse::<u32>().ok())
        {
            others.extend([
                format!("{}{suffix}", number * 2),
                format!("{}{suffix}", number / 2),
            ]);
        }
    }
    if text.parse::<std::net::Ipv4Addr>().is_ok() {
        others.push("10.77.0.9".to_owned());
    }
    others.retain(|other| other != text);
    others.dedup();
    others
}

/// An item like another that is not the same.
fn differing(item: &Value) -> Value {
    let mut item = item.clone();
    match &mut item {
        Value::String(text) => text.push('2'),
        Value::Object(fields) => {
            for key in ["name", "key", "mountPath", "ip"] {
                if let Some(Value::String(text)) = fields.get_mut(key) {
                    text.push('2');
                    break;
                }
            }
            for key in ["port", "containerPort"] {
                if let Some(port) = fields.get(key).and_then(Value::as_i64) {
                    fields.insert(key.to_owned(), json!(port + 1));
                }
            }
        }
        _ => {}
    }
    item
}

fn remove(object: &mut Value, pointer: &str) -> Option<()> {
    let (parent, last) = pointer.rsplit_once('/')?;
    let last = last.replace("~1", "/").replace("~0", "~");
    match object.pointer_mut(parent)? {
        Value::Object(fields) => fields.remove(&last).map(drop),
        Value::Array(items) => {
            items.remove(last.parse().ok()?);
            Some(())
        }
        _ => None,
    }
}

/// Every field that could be there and is not, made from its schema.
fn additions(object: &Value, minor: &str, chance: &mut Chance, found: &mut Vec<Changed>) {
    let store = Store::embedded();
    let text = |key: &str| object[key].as_str().unwrap_or_default();
    let (group, version) = text("apiVersion")
        .split_once('/')
        .unwrap_or(("", text("apiVersion")));
    let Some(kind) = store.kind(minor, group, version, text("kind")) else {
        return;
    };
    let mut missing = Vec::new();
    absent(
        store,
        minor,
        &kind.schema,
        object,
        &mut String::new(),
        &mut missing,
    );
    for (pointer, name, schema) in missing {
        if pointer.is_empty() && matches!(name, "status" | "apiVersion" | "kind" | "metadata") {
            continue;
        }
        let mut maker = Maker {
            store,
            minor,
            chance,
        };
        let value = maker.value(schema, name, 4);
        let mut changed = object.clone();
        let place = if pointer.is_empty() {
            Some(&mut changed)
        } else {
            changed.pointer_mut(&pointer)
        };
        if let Some(fields) = place.and_then(Value::as_object_mut) {
            let said: String = value.to_string().chars().take(60).collect();
            fields.insert(name.to_owned(), value);
            found.push((format!("{pointer}/{name} added: {said}"), changed));
        }
    }
}

/// Where a field is missing, its name and its schema.
type Missing<'s> = (String, &'s str, &'s Schema);

fn absent<'s>(
    store: &'s Store,
    minor: &str,
    schema: &'s Schema,
    value: &Value,
    pointer: &mut String,
    found: &mut Vec<Missing<'s>>,
) {
    let Some(schema) = store.resolve(minor, schema) else {
        return;
    };
    let length = pointer.len();
    match value {
        // What metadata lacks is the server's own.
        Value::Object(_) if pointer == "/metadata" => {}
        Value::Object(fields) => {
            for (name, property) in &schema.properties {
                let Some(inner) = fields.get(name) else {
                    found.push((pointer.clone(), name, property));
                    continue;
                };
                pointer.push('/');
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
                absent(store, minor, property, inner, pointer, found);
                pointer.truncate(length);
            }
        }
        Value::Array(items) => {
            let Some(of) = &schema.items else { return };
            for (index, item) in items.iter().enumerate().take(1) {
                pointer.push('/');
                pointer.push_str(&index.to_string());
                absent(store, minor, of, item, pointer, found);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}
