//! What the API demands of a field: the facts of its schema, and the rules above it that speak of it.

use render::influence::Made;
use schemas::{Schema, Store};
use serde_json::Value;

use super::subject::{Step, steps};

/// What the API demands of the field at `path`, a line each; nothing where no schema is known.
pub(super) fn demands(minor: &str, made: &Made, path: &str) -> Vec<String> {
    let store = Store::embedded();
    let api_version = &*made.id.api_version;
    let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
    let Some(kind) = store.kind(minor, group, version, &made.id.kind) else {
        return Vec::new();
    };
    let mut schema = &kind.schema;
    let mut rules = Vec::new();
    let mut required = false;
    for step in steps(path).unwrap_or_default() {
        let Some(resolved) = store.resolve(minor, schema) else {
            return rules;
        };
        let (Step::Field(word) | Step::Bracket(word)) = step;
        rules.extend(rules_about(resolved, word));
        required = resolved.required.iter().any(|name| name == word);
        let below = resolved
            .properties
            .get(word)
            .or(resolved.additional_properties.as_deref())
            .or(resolved.items.as_deref());
        let Some(below) = below else {
            return rules;
        };
        schema = below;
    }
    let mut lines = Vec::new();
    let described = [Some(schema), store.resolve(minor, schema)];
    let facts = described
        .into_iter()
        .flatten()
        .map(facts)
        .find(|facts| !facts.is_empty());
    let facts = facts.unwrap_or_default();
    let needed = required.then(|| "required".to_owned());
    let facts: Vec<String> = needed.into_iter().chain(facts).collect();
    if !facts.is_empty() {
        lines.push(facts.join(", "));
    }
    lines.extend(schema.rules.iter().map(|rule| rule.rule.clone()));
    lines.extend(rules);
    lines
}

/// The rules of an object that speak of one of its fields.
fn rules_about<'s>(schema: &'s Schema, field: &str) -> impl Iterator<Item = String> + use<'s> {
    let access = format!("self.{field}");
    let speaks = move |rule: &str| {
        rule.match_indices(&access).any(|(start, found)| {
            let after = rule[start + found.len()..].chars().next();
            after.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_')
        })
    };
    schema
        .rules
        .iter()
        .map(|rule| rule.rule.clone())
        .filter(move |rule| speaks(rule))
}

/// What a schema says of a value by itself.
fn facts(schema: &Schema) -> Vec<String> {
    let mut facts = Vec::new();
    let mut add = |name: &str, value: Option<String>| {
        facts.extend(value.map(|value| {
            if name.is_empty() {
                value
            } else {
                format!("{name} {value}")
            }
        }));
    };
    let kind = schema.type_.as_str();
    add("", (kind != "any").then(|| kind.to_owned()));
    add("format", schema.format.clone());
    let words: Vec<String> = schema.enumeration.iter().map(word).collect();
    add("one of", (!words.is_empty()).then(|| words.join(", ")));
    add("matching", schema.pattern.clone());
    add("at least", schema.minimum.as_ref().map(ToString::to_string));
    add("at most", schema.maximum.as_ref().map(ToString::to_string));
    add(
        "characters at least",
        schema.min_length.map(|length| length.to_string()),
    );
    add(
        "characters at most",
        schema.max_length.map(|length| length.to_string()),
    );
    add(
        "items at least",
        schema.min_items.map(|items| items.to_string()),
    );
    add(
        "items at most",
        schema.max_items.map(|items| items.to_string()),
    );
    add("by default", schema.default.as_ref().map(word));
    facts
}

fn word(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
