//! A value against its schema.

use manifest::ResourceId;
use schemas::{KindSchema, Schema, SchemaType};
use serde_json::Value as Json;

use super::Facts;
use super::shapes::{Demanded, Shape};
use crate::document::Document;
use crate::path::Path;
use crate::report::Finding;
use crate::rule::Rule;
use crate::rules::api::{
    combination, duplicate, format as wrong_format, not_allowed, unknown_field, wrong_type,
};

/// Values nested deeper than this are not judged; the server refuses them too.
const DEEPEST: usize = 500;

/// A place where CEL rules stand, and the value there.
pub(super) struct Site<'v, 's> {
    pub(super) schema: &'s Schema,
    pub(super) value: &'v Json,
    pub(super) path: String,
}

/// How a schema is applied.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// The schema describes the value: fields that it does not name are unknown.
    Whole,
    /// The schema is part of an `anyOf` or the like: it only restricts what it names.
    Part,
}

/// The state of judging one object.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is about the place that is being judged"
)]
pub(super) struct Validator<'v, 's, 'f> {
    document: &'v Document,
    pub(super) facts: &'v Facts<'s>,
    /// Whether the kind is built in, not a custom resource.
    pub(super) is_built_in: bool,
    found: &'f mut Vec<Finding>,
    /// Trying out a part: what is wrong is counted, not reported.
    trying: Option<usize>,
    sites: Vec<Site<'v, 's>>,
    depth: usize,
    /// Below a value that keeps unknown fields: the server publishes no fields of anything in there, so that it misses
    /// unknown ones.
    pub(super) is_free: bool,
    /// Below a place where the server takes any selector.
    pub(super) is_lax: bool,
    /// Below what the server drops before it looks, because a feature is off.
    pub(super) is_dropped: bool,
    /// Inside of the metadata of a custom resource, of which the server drops what it cannot read.
    pub(super) is_custom_meta: bool,
    /// Whether the object's status is written by another way, and dropped from this one.
    pub(super) drops_status: bool,
}

impl<'v, 's, 'f> Validator<'v, 's, 'f> {
    pub(super) fn new(
        document: &'v Document,
        facts: &'v Facts<'s>,
        is_built_in: bool,
        found: &'f mut Vec<Finding>,
    ) -> Self {
        Self {
            document,
            facts,
            is_built_in,
            found,
            trying: None,
            sites: Vec::new(),
            depth: 0,
            is_free: false,
            is_lax: false,
            is_dropped: false,
            is_custom_meta: false,
            drops_status: false,
        }
    }

    /// Judges the whole object.
    pub(super) fn whole(&mut self, kind: &'s KindSchema) {
        let schema = &kind.schema;
        self.drops_status = kind.subresources.status;
        if let Some(Shape { schema, .. }) = self.facts.shapes.of(schema) {
            let document = self.document;
            if let Some(fields) = document.value.as_object() {
                let demanded = Demanded::of(&root_definition(&document.id));
                self.native(demanded, schema, fields, &Path::Root);
                self.is_free = schema.preserve_unknown_fields;
                self.resource(schema, fields, &document.value, &Path::Root);
            } else {
                self.report(
                    &wrong_type::RULE,
                    &Path::Root,
                    || "the document is no object".to_owned(),
                    || None,
                );
            }
        }
    }

    /// Where rules stand.
    pub(super) fn into_sites(self) -> Vec<Site<'v, 's>> {
        self.sites
    }

    /// Something is wrong; text is only made when it is going to be read.
    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        path: &Path<'_>,
        message: impl FnOnce() -> String,
        help: impl FnOnce() -> Option<String>,
    ) {
        let is_told = [
            unknown_field::RULE.code,
            wrong_type::RULE.code,
            duplicate::RULE.code,
        ]
        .contains(&rule.code);
        if self.is_dropped && !is_told {
            return;
        }
        match &mut self.trying {
            Some(count) => *count += 1,
            None => self.found.push(
                Finding::new(rule, self.document, path.to_string(), message()).with_help(help()),
            ),
        }
    }

    /// How much has been complained about.
    pub(super) fn complaints(&self) -> usize {
        self.trying.unwrap_or(self.found.len())
    }

    /// The kind of the document.
    pub(super) fn kind(&self) -> &'v str {
        &self.document.id.kind
    }

    /// Whether this is an object whose values must not be shown.
    pub(super) fn is_secret(&self) -> bool {
        self.document.id.kind == "Secret" && self.document.id.group().is_empty()
    }

    /// Remembers a place where rules stand.
    pub(super) fn note(&mut self, schema: &'s Schema, value: &'v Json, path: &Path<'_>) {
        if !schema.rules.is_empty() && self.trying.is_none() && !self.is_dropped {
            self.sites.push(Site {
                schema,
                value,
                path: path.to_string(),
            });
        }
    }

    /// Judges a value.
    pub(super) fn node(
        &mut self,
        written: &'s Schema,
        value: &'v Json,
        path: &Path<'_>,
        mode: Mode,
    ) {
        let Some(Shape { schema, definition }) = self.facts.shapes.of(written) else {
            return;
        };
        self.depth += 1;
        if self.depth <= DEEPEST {
            let outer = (self.is_free, self.is_lax, self.is_dropped);
            if let Some(definition) = definition {
                if let Some(text) = value.as_str().filter(|_| definition.is_micro_time) {
                    self.micro_time(text, path);
                }
                if let Some(fields) = value.as_object() {
                    self.native(definition.demands, schema, fields, path);
                }
                self.is_lax |= definition.takes_any_selector;
                self.is_dropped |= definition.is_of_a_feature;
            }
            self.is_free |= schema.preserve_unknown_fields;
            self.resolved(schema, value, path, mode);
            (self.is_free, self.is_lax, self.is_dropped) = outer;
        } else if self.depth == DEEPEST + 1 {
            self.report(
                &not_allowed::RULE,
                path,
                || "the value is nested too deeply".to_owned(),
                || None,
            );
        }
        self.depth -= 1;
    }

    fn resolved(&mut self, schema: &'s Schema, value: &'v Json, path: &Path<'_>, mode: Mode) {
        if value.is_null() {
            if !schema.nullable && schema.type_ != SchemaType::Any && !self.is_built_in {
                self.report(
                    &wrong_type::RULE,
                    path,
                    || format!("expected {}, found null", wanted(schema)),
                    || None,
                );
            }
            return;
        }
        if !has_type(schema, value) {
            self.report(
                &wrong_type::RULE,
                path,
                || mismatch(schema, value),
                || retyped(schema, value),
            );
            return;
        }
        if mode == Mode::Whole {
            self.note(schema, value, path);
        }
        match value {
            Json::Object(fields) => self.object(schema, fields, path, mode),
            Json::Array(items) => self.array(schema, items, path, mode),
            Json::String(text) => self.string(schema, text, path),
            Json::Number(number) => self.number(schema, number, path),
            Json::Bool(_) | Json::Null => {}
        }
        self.enumeration(schema, value, path);
        self.combinations(schema, value, path);
    }

    /// `allOf`, `anyOf`, `oneOf` and `not`.
    pub(super) fn combinations(&mut self, schema: &'s Schema, value: &'v Json, path: &Path<'_>) {
        for part in &schema.all_of {
            self.node(part, value, path, Mode::Part);
        }
        if !schema.any_of.is_empty()
            && !schema
                .any_of
                .iter()
                .any(|part| self.accepts_defaulted(schema, part, value))
        {
            let message = || format!("none of the {} allowed forms fits", schema.any_of.len());
            self.report(&combination::RULE, path, message, || {
                alternatives(&schema.any_of)
            });
        }
        if !schema.one_of.is_empty() {
            let count = schema
                .one_of
                .iter()
                .filter(|part| self.accepts_defaulted(schema, part, value))
                .count();
            if count != 1 {
                let message = || {
                    format!(
                        "exactly one of {} forms must fit, {count} do",
                        schema.one_of.len()
                    )
                };
                self.report(&combination::RULE, path, message, || {
                    alternatives(&schema.one_of)
                });
            }
        }
        if let Some(not) = &schema.not
            && self.accepts_defaulted(schema, not, value)
        {
            self.report(
                &combination::RULE,
                path,
                || "the value has a form that is excluded".to_owned(),
                || None,
            );
        }
    }

    /// A time that Kubernetes' own types write with exactly six digits after the point.
    fn micro_time(&mut self, text: &str, path: &Path<'_>) {
        let fraction = text.split_once('.').map_or("", |(_, rest)| rest);
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if digits != 6 {
            self.report(
                &wrong_format::RULE,
                path,
                || "this time needs six digits after the point, even if they are zero".to_owned(),
                || Some("for example 2026-01-31T12:00:00.000000Z".to_owned()),
            );
        }
    }

    /// Whether a part of a schema accepts a value with the defaults that the schema around it puts in first.
    fn accepts_defaulted(&mut self, around: &'s Schema, part: &'s Schema, value: &'v Json) -> bool {
        let Some(fields) = value.as_object() else {
            return self.accepts(part, value);
        };
        let missing = around.properties.iter().filter_map(|(name, field)| {
            let default = field
                .default
                .as_ref()
                .filter(|_| !fields.contains_key(name))?;
            Some((name.to_owned(), default.clone()))
        });
        let mut whole = fields.clone();
        whole.extend(missing);
        if whole.len() == fields.len() {
            return self.accepts(part, value);
        }
        let whole = Json::Object(whole);
        let mut found = Vec::new();
        let mut inner = Validator::new(self.document, self.facts, self.is_built_in, &mut found);
        inner.accepts(part, &whole)
    }

    /// Whether a part of a schema accepts a value.
    fn accepts(&mut self, part: &'s Schema, value: &'v Json) -> bool {
        let outer = self.trying.replace(0);
        self.node(part, value, &Path::Root, Mode::Part);
        let errors = std::mem::replace(&mut self.trying, outer);
        errors == Some(0)
    }
}

/// The name of the definition of a built-in kind: `apps.v1.Deployment`.
fn root_definition(id: &ResourceId) -> String {
    let group = match id.group() {
        "" => "core",
        group => group.split('.').next().unwrap_or(group),
    };
    format!("{group}.{}.{}", id.version(), id.kind)
}

/// Which fields each alternative asks for.
fn alternatives(parts: &[Schema]) -> Option<String> {
    let required: Vec<String> = parts
        .iter()
        .filter(|part| !part.required.is_empty())
        .map(|part| part.required.join(" and "))
        .collect();
    (!required.is_empty()).then(|| format!("the forms need: {}", required.join("; or ")))
}

/// Whether a value has the type of its schema.
fn has_type(schema: &Schema, value: &Json) -> bool {
    match schema.type_ {
        SchemaType::Any => true,
        SchemaType::Object => value.is_object(),
        SchemaType::Array => value.is_array(),
        SchemaType::String => value.is_string() || (is_quantity(schema) && value.is_number()),
        SchemaType::Integer => is_whole(value),
        SchemaType::Number => value.is_number(),
        SchemaType::Boolean => value.is_boolean(),
        SchemaType::IntOrString => {
            value.is_string() || is_whole(value) || (is_quantity(schema) && value.is_number())
        }
    }
}

/// Quantities may be written as numbers.
pub(super) fn is_quantity(schema: &Schema) -> bool {
    schema.format.as_deref() == Some("quantity")
}

fn is_whole(value: &Json) -> bool {
    value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0)
}

fn wanted(schema: &Schema) -> &'static str {
    match schema.type_ {
        SchemaType::Object => "an object",
        SchemaType::Array => "a list",
        SchemaType::String => "a string",
        SchemaType::Integer => "a whole number",
        SchemaType::Number => "a number",
        SchemaType::Boolean => "true or false",
        SchemaType::IntOrString => "a whole number or a string",
        SchemaType::Any => "a value",
    }
}

fn mismatch(schema: &Schema, value: &Json) -> String {
    let found = match value {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    };
    format!("expected {}, found {found}", wanted(schema))
}

/// A value that only lacks or has too many quotes.
fn retyped(schema: &Schema, value: &Json) -> Option<String> {
    match (schema.type_, value) {
        (
            SchemaType::Integer | SchemaType::Number | SchemaType::IntOrString,
            Json::String(text),
        ) if text.parse::<f64>().is_ok() => Some("write the number without quotes".to_owned()),
        (SchemaType::Boolean, Json::String(text)) if matches!(text.as_str(), "true" | "false") => {
            Some(format!("write {text} without quotes"))
        }
        (SchemaType::String, Json::Bool(_) | Json::Number(_)) => {
            Some("write the value in quotes".to_owned())
        }
        (SchemaType::Array, Json::Object(_)) => {
            Some("write the object as an item of a list".to_owned())
        }
        _ => None,
    }
}
