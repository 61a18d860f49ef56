//! Which CEL rules a kind has, and whether each can be read and evaluated here.

use schemas::{KindSchema, Schema, SchemaType};
use serde_json::{Map, Value, json};

use crate::cel::{Before, Program};
use crate::pattern::Patterns;

/// Schemas nested deeper than this have no rules of their own.
const DEEPEST: usize = 60;

/// A rule at its place in the schema of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// Where in the object the rule stands, `spec.parts[*]`.
    pub path: String,
    /// The rule.
    pub rule: String,
    /// Whether it compares with the object before.
    pub is_transition: bool,
    /// Why it cannot be evaluated; `None` where it can.
    pub fault: Option<String>,
}

/// The rules of a kind, with the verdict on each: it is read, and evaluated on a value made from the schema around it.
pub fn of_kind(kind: &KindSchema) -> Vec<Expression> {
    let patterns = Patterns::default();
    let mut found = Vec::new();
    walk(&kind.schema, "", 0, &patterns, &mut found);
    found
}

fn walk(
    schema: &Schema,
    path: &str,
    depth: usize,
    patterns: &Patterns,
    found: &mut Vec<Expression>,
) {
    if depth > DEEPEST {
        return;
    }
    if !schema.rules.is_empty() {
        let value = sample(schema, 0);
        found.extend(schema.rules.iter().map(|rule| {
            let (is_transition, fault) =
                verdict(&rule.rule, rule.optional_old_self, schema, &value, patterns);
            Expression {
                path: path.to_owned(),
                rule: rule.rule.clone(),
                is_transition,
                fault,
            }
        }));
    }
    let joint = if path.is_empty() { "" } else { "." };
    for (name, property) in &schema.properties {
        walk(
            property,
            &format!("{path}{joint}{name}"),
            depth + 1,
            patterns,
            found,
        );
    }
    if let Some(items) = &schema.items {
        walk(items, &format!("{path}[*]"), depth + 1, patterns, found);
    }
    if let Some(values) = &schema.additional_properties {
        walk(
            values,
            &format!("{path}{joint}*"),
            depth + 1,
            patterns,
            found,
        );
    }
    for part in &schema.all_of {
        walk(part, path, depth + 1, patterns, found);
    }
}

fn verdict(
    rule: &str,
    is_optional: bool,
    schema: &Schema,
    value: &Value,
    patterns: &Patterns,
) -> (bool, Option<String>) {
    let program = match Program::parse(rule) {
        Ok(program) => program,
        Err(error) => return (rule.contains("oldSelf"), Some(error.to_string())),
    };
    let before = match (program.is_transition, is_optional) {
        (false, _) => Before::Nothing,
        (true, false) => Before::Value(value),
        (true, true) => Before::Optional(value),
    };
    // A rule may well fail on a value that nobody meant; what counts is that there is an answer.
    let fault = match program.holds(value, schema, before, patterns) {
        Err(failure) if failure.is_undecided => Some(failure.message.into_owned()),
        _ => None,
    };
    (program.is_transition, fault)
}

/// A value with every field that there can be, so that a rule finds what it looks for.
fn sample(schema: &Schema, depth: usize) -> Value {
    if let Some(value) = schema.default.as_ref().or(schema.enumeration.first()) {
        return value.clone();
    }
    match schema.type_ {
        SchemaType::Object | SchemaType::Any => {
            if depth > 8 {
                return json!({});
            }
            let mut fields: Map<String, Value> = schema
                .properties
                .iter()
                .map(|(name, property)| (name.to_owned(), sample(property, depth + 1)))
                .collect();
            if let Some(values) = &schema.additional_properties {
                fields.insert("key".to_owned(), sample(values, depth + 1));
            }
            Value::Object(fields)
        }
        SchemaType::Array => {
            let item = schema.items.as_deref();
            json!(
                item.map(|item| sample(item, depth + 1))
                    .into_iter()
                    .collect::<Vec<_>>()
            )
        }
        SchemaType::String => json!(match schema.format.as_deref() {
            Some("date-time") => "2026-01-02T03:04:05Z",
            Some("duration") => "30s",
            _ => "a",
        }),
        SchemaType::Integer | SchemaType::IntOrString => json!(1),
        SchemaType::Number => json!(0.5),
        SchemaType::Boolean => json!(true),
    }
}
