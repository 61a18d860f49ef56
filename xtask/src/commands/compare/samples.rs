//! Objects of every kind, made at random from its schema: mostly right values, sometimes a wrong one.

use schemas::{KindSchema, Schema, SchemaType, Scope, Store};
use serde_json::{Map, Value, json};

use super::Case;
use super::chance::Chance;
use super::faults::{inject, is_identity, kind_of, walk};

/// Fields below this depth are made only where they must be there.
const DEPTH: usize = 7;
/// Of a hundred fields that may be left out, so many are there.
const OPTIONAL: usize = 22;

/// `count` objects, the kinds taking turns.
pub(super) fn cases(
    store: &Store,
    minor: &str,
    kinds: &[&KindSchema],
    count: usize,
    chance: &mut Chance,
) -> Vec<Case> {
    (0..count)
        .filter_map(|turn| {
            let kind = kinds.get(turn % kinds.len().max(1))?;
            let mut maker = Maker {
                store,
                minor,
                chance,
            };
            let mut value = maker.object(kind, turn)?;
            let fault = maker.fault(&mut value);
            Some(Case {
                kind: kind_of(&value),
                fault,
                value,
            })
        })
        .collect()
}

/// Makes values from their schemas.
pub(super) struct Maker<'a> {
    pub(super) store: &'a Store,
    pub(super) minor: &'a str,
    pub(super) chance: &'a mut Chance,
}

impl Maker<'_> {
    fn object(&mut self, kind: &KindSchema, turn: usize) -> Option<Value> {
        let schema = self.store.resolve(self.minor, &kind.schema)?.clone();
        let mut fields = Map::new();
        for (name, property) in &schema.properties {
            if matches!(name, "apiVersion" | "kind" | "metadata" | "status") {
                continue;
            }
            // What is not `spec` is the object's own field: `data` of a ConfigMap, `rules` of a Role.
            let is_there = name == "spec"
                || schema.required.iter().any(|required| required == name)
                || self.chance.happens(60);
            if is_there {
                fields.insert(name.to_owned(), self.value(property, name, 0));
            }
        }
        let mut metadata = json!({ "name": format!("sample-{turn}") });
        if kind.scope == Scope::Namespaced {
            metadata["namespace"] = json!("default");
        }
        let mut object = json!({
            "apiVersion": kind.api_version(),
            "kind": kind.kind,
            "metadata": metadata,
        });
        object.as_object_mut()?.extend(fields);
        Some(object)
    }

    /// A fault in one object of three.
    fn fault(&mut self, object: &mut Value) -> String {
        if !self.chance.happens(33) {
            return "made".to_owned();
        }
        let mut pointers = Vec::new();
        walk(object, &mut String::new(), &mut pointers);
        pointers.retain(|pointer| !is_identity(pointer));
        let Some(pointer) = self.chance.one(&pointers).cloned() else {
            return "made".to_owned();
        };
        let fault = inject(object, &pointer, self.chance);
        fault.map_or_else(
            || "made".to_owned(),
            |fault| format!("made, {fault} {pointer}"),
        )
    }

    /// A value of a field of this name; `depth` says how deep it already stands.
    pub(super) fn value(&mut self, schema: &Schema, name: &str, depth: usize) -> Value {
        let Some(resolved) = self.store.resolve(self.minor, schema) else {
            return Value::Null;
        };
        let resolved = resolved.clone();
        if let Some(value) = self.chance.one(&resolved.enumeration) {
            return value.clone();
        }
        if let Some(default) = resolved.default.clone().filter(|_| self.chance.happens(40)) {
            return default;
        }
        match resolved.type_ {
            SchemaType::Object => self.fields(&resolved, depth),
            SchemaType::Array => self.items(&resolved, name, depth),
            SchemaType::String => Value::String(self.text(&resolved, name)),
            SchemaType::Integer => self.number(&resolved),
            SchemaType::Number => json!(0.5),
            SchemaType::Boolean => json!(self.chance.happens(50)),
            SchemaType::IntOrString => {
                if resolved.format.as_deref() == Some("quantity") || self.chance.happens(30) {
                    json!(self.chance.one(&["100m", "1Gi", "25%", "http"]))
                } else {
                    json!(self.chance.below(100))
                }
            }
            SchemaType::Any => self.any(&resolved, name, depth),
        }
    }

    /// A value whose type stands in a part of the schema, or that may be anything.
    fn any(&mut self, schema: &Schema, name: &str, depth: usize) -> Value {
        let parts: Vec<Schema> = [&schema.all_of, &schema.any_of, &schema.one_of]
            .into_iter()
            .flatten()
            .filter(|part| part.type_ != SchemaType::Any || part.reference.is_some())
            .cloned()
            .collect();
        match self.chance.one(&parts).cloned() {
            Some(part) => self.value(&part, name, depth),
            None if !schema.properties.is_empty() => self.fields(schema, depth),
            None => json!({ "key": "value" }),
        }
    }

    fn fields(&mut self, schema: &Schema, depth: usize) -> Value {
        let mut fields = Map::new();
        for (name, property) in &schema.properties {
            let required = schema.required.iter().any(|required| required == name);
            let chosen = depth < DEPTH && self.chance.happens(OPTIONAL);
            if required || chosen {
                fields.insert(name.to_owned(), self.value(property, name, depth + 1));
            }
        }
        if let Some(values) = &schema.additional_properties
            && fields.is_empty()
            && depth < DEPTH
        {
            for key in ["app", "example.com/key"]
                .into_iter()
                .take(1 + self.chance.below(2))
            {
                fields.insert(key.to_owned(), self.value(values, key, depth + 1));
            }
        }
        Value::Object(fields)
    }

    fn items(&mut self, schema: &Schema, name: &str, depth: usize) -> Value {
        let Some(item) = &schema.items else {
            return json!([]);
        };
        let least = usize::try_from(schema.min_items.unwrap_or(0)).unwrap_or(0);
        let count = if depth < DEPTH {
            least.max(1 + self.chance.below(2))
        } else {
            least
        };
        let items = (0..count).map(|_| self.value(item, name, depth + 1));
        Value::Array(items.collect())
    }

    fn number(&mut self, schema: &Schema) -> Value {
        let bound = |number: &Option<serde_json::Number>| {
            number.as_ref().and_then(serde_json::Number::as_i64)
        };
        let least = bound(&schema.minimum).unwrap_or(0);
        let most = bound(&schema.maximum).unwrap_or(least.saturating_add(9_000));
        let span = usize::try_from(most.saturating_sub(least)).unwrap_or(0);
        let step = i64::try_from(self.chance.below(span.min(9_000) + 1)).unwrap_or(0);
        json!(least.saturating_add(step))
    }

    /// A string that fits its format or, by its name, what such fields hold.
    fn text(&mut self, schema: &Schema, name: &str) -> String {
        let by_format = match schema.format.as_deref() {
            Some("date-time") => Some("2026-01-02T03:04:05Z"),
            Some("duration") => Some("30s"),
            Some("byte") => Some("aGVsbG8="),
            Some("cidr") => Some("10.0.0.0/16"),
            Some("ipv4" | "ip") => Some("10.1.2.3"),
            Some("ipv6") => Some("fd00::1"),
            Some("uri") => Some("https://example.com/a"),
            Some("quantity") => Some("100m"),
            Some("email") => Some("a@example.com"),
            Some("hostname") => Some("example.com"),
            Some("uuid") => Some("2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d"),
            _ => None,
        };
        if let Some(text) = by_format {
            return text.to_owned();
        }
        if let Some(pattern) = &schema.pattern {
            let fitting: Vec<&str> = SAMPLES
                .iter()
                .copied()
                .filter(|sample| check::matches(pattern, sample))
                .collect();
            if let Some(sample) = self.chance.one(&fitting) {
                return (*sample).to_owned();
            }
        }
        let by_name = by_name(name);
        let text = self.chance.one(by_name).copied().unwrap_or("a");
        let least = usize::try_from(schema.min_length.unwrap_or(0)).unwrap_or(0);
        let most = usize::try_from(schema.max_length.unwrap_or(253)).unwrap_or(253);
        let text: String = text.chars().take(most).collect();
        format!(
            "{text}{}",
            "a".repeat(least.saturating_sub(text.chars().count()))
        )
    }
}

/// What patterns are tried with.
const SAMPLES: [&str; 30] = [
    "a",
    "abc",
    "example.com",
    "10.0.0.0/16",
    "10.1.2.3",
    "1h",
    "30s",
    "100m",
    "1Gi",
    "80",
    "1",
    "1.2.3",
    "v1.2.3",
    "Key",
    "app.kubernetes.io/name",
    "https://example.com/a",
    "/a/b",
    "*.example.com",
    "a=b",
    "arn:aws:iam::123456789012:role/a",
    "subnet-0123456789abcdef0",
    "projects/a/locations/b",
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "A_B",
    "50%",
    "0 2 * * *",
    "aGVsbG8=",
    "2026-01-02T03:04:05Z",
    "TCP",
    "Always",
];

/// What fields of this name usually hold.
fn by_name(name: &str) -> &'static [&'static str] {
    let lower = name.to_ascii_lowercase();
    let ends = |end: &str| lower.ends_with(end);
    if ends("path") {
        &["/a", "/a/b"]
    } else if ends("image") {
        &["example.com/a:1.0"]
    } else if ends("host") || ends("hosts") || ends("domain") {
        &["example.com", "a.example.com"]
    } else if ends("url") || ends("uri") || ends("server") {
        &["https://example.com/a"]
    } else if ends("cidr") || ends("cidrs") {
        &["10.0.0.0/16"]
    } else if ends("ip") || ends("ips") || ends("address") {
        &["10.1.2.3"]
    } else if ends("schedule") {
        &["0 2 * * *"]
    } else if ends("apiversion") {
        &["v1", "apps/v1"]
    } else if lower == "kind" {
        &["Deployment", "Service", "ConfigMap"]
    } else if lower == "operator" {
        &["In", "Exists", "Equal"]
    } else if ends("timeout") || ends("interval") || ends("duration") || ends("period") {
        &["30s", "5m"]
    } else if ends("version") {
        &["v1", "1.2.3"]
    } else if ends("namespace") {
        &["default"]
    } else if ends("policy") {
        &["Always", "IfNotPresent", "Retain"]
    } else {
        &["a", "web", "value"]
    }
}
