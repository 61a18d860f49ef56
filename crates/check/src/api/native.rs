//! What the API server's hand-written validation demands of built-in kinds and no schema says.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use schemas::Schema;
use serde_json::{Map, Value as Json};

use super::demands::{ANY, TABLES};
use super::shapes::Demanded;
use super::special::Complaint;
pub(super) use super::syntax_of::Syntax;
use super::validator::Validator;
use crate::path::Path;
use crate::rules::api::{combination, enumeration, labels, pattern, range, required};
use crate::syntax;

/// One demand on an object of a definition.
pub(super) enum Demand {
    /// The field is there and not empty.
    Filled(&'static str),
    /// If the field is a number, it is within these bounds.
    Between(&'static str, i64, i64),
    /// If the field is there, it has this syntax.
    Text(&'static str, Syntax),
    /// Every value of the map has this syntax, and every key is that of a label.
    Labels(&'static str),
    /// Exactly one of these fields is there.
    One(&'static [&'static str]),
    /// At least one of these fields is there.
    Some(&'static [&'static str]),
    /// At most one of these fields is there.
    AtMostOne(&'static [&'static str]),
    /// If the field is there, it is one of these: an empty text is not.
    Word(&'static str, &'static [&'static str]),
    /// Every item of the list is one of these.
    Items(&'static str, &'static [&'static str]),
    /// Every item of the list that is a text has this syntax.
    TextItems(&'static str, Syntax),
    /// Every key of the map can be the name of a file.
    Keys(&'static str),
    /// No quantity of the map is below zero.
    NotNegative(&'static str),
    /// Labels and annotations of the metadata inside are those of an object.
    Meta,
    /// The fields agree with one another.
    Agree(fn(&Map<String, Json>) -> Result<(), Complaint>),
}

/// What the table demands of a definition.
pub(super) fn demands_of(definition: &str) -> &'static [&'static Demand] {
    static TABLE: OnceLock<BTreeMap<&str, Vec<&Demand>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = BTreeMap::<&str, Vec<&Demand>>::new();
        for (definition, demands) in TABLES.into_iter().flatten() {
            table.entry(definition).or_default().extend(*demands);
        }
        table
    });
    table.get(definition).map_or(&[], Vec::as_slice)
}

/// The name of a definition as the table has it.
pub(super) fn short(definition: &str) -> &str {
    definition
        .strip_prefix("io.k8s.api.")
        .or_else(|| definition.strip_prefix("io.k8s.apimachinery.pkg.apis."))
        .or_else(|| definition.strip_prefix("io.k8s.apiextensions-apiserver.pkg.apis."))
        .or_else(|| definition.strip_prefix("io.k8s.kube-aggregator.pkg.apis."))
        .unwrap_or(definition)
}

impl Validator<'_, '_, '_> {
    /// Holds an object to what is demanded of its definition.
    pub(super) fn native(
        &mut self,
        Demanded {
            demands,
            is_selector,
        }: Demanded,
        schema: &Schema,
        fields: &Map<String, Json>,
        path: &Path<'_>,
    ) {
        if self.is_lax && is_selector {
            return;
        }
        let before = self.complaints();
        for demand in demands {
            self.demand(demand, schema, fields, path);
        }
        // What several fields say together is only asked where each of them by itself says something.
        for demand in demands {
            if let Demand::Agree(agree) = demand
                && self.complaints() == before
                && let Err((field, message)) = agree(fields)
            {
                self.report(&combination::RULE, &path.field(field), || message, || None);
            }
        }
    }

    fn demand(
        &mut self,
        demand: &Demand,
        schema: &Schema,
        fields: &Map<String, Json>,
        path: &Path<'_>,
    ) {
        match demand {
            // What the schema requires is missed by the schema already.
            Demand::Filled(name)
                if schema.requires(name) && fields.get(*name).is_none_or(Json::is_null) => {}
            Demand::Filled(name) => self.filled(name, fields, path),
            Demand::Between(name, least, most) => {
                self.between(schema, name, (*least, *most), fields, path);
            }
            // What the schema does not list is judged by the schema already.
            Demand::Text(name, Syntax::OneOf(_)) | Demand::Word(name, _)
                if is_unlisted(schema, name, fields.get(*name)) => {}
            Demand::Word(name, words) => self.word(name, words, fields, path),
            Demand::Text(name, syntax) => self.text_of(name, *syntax, fields, path),
            Demand::TextItems(name, syntax) => self.text_items(name, *syntax, fields, path),
            Demand::Keys(name) => self.keys_of(name, fields, path),
            Demand::NotNegative(name) => self.not_negative(name, fields, path),
            Demand::Labels(name) => self.labels_of(name, fields, path),
            Demand::One(names) => self.counted(names, 1..=1, fields, path),
            Demand::Some(names) => self.counted(names, 1..=names.len(), fields, path),
            Demand::AtMostOne(names) => self.counted(names, 0..=1, fields, path),
            Demand::Items(name, allowed) => {
                self.items_of(schema, (name, allowed), fields, path);
            }
            Demand::Meta => self.meta_of(fields, path),
            Demand::Agree(_) => {}
        }
    }

    /// The metadata of a template: labels and annotations as those of an object.
    fn meta_of(&mut self, fields: &Map<String, Json>, path: &Path<'_>) {
        let Some(metadata) = fields.get("metadata").and_then(Json::as_object) else {
            return;
        };
        let path = path.field("metadata");
        self.labels_of("labels", metadata, &path);
        let annotations = metadata.get("annotations").and_then(Json::as_object);
        for key in annotations.into_iter().flatten().map(|(key, _)| key) {
            if !syntax::is_qualified_name(&key.to_ascii_lowercase()) {
                self.report(
                    &labels::RULE,
                    &path.field("annotations").key(key),
                    || format!("{key:?} is no annotation key"),
                    || None,
                );
            }
        }
    }

    fn filled(&mut self, name: &str, fields: &Map<String, Json>, path: &Path<'_>) {
        let is_empty = match fields.get(name) {
            None | Some(Json::Null) => true,
            Some(Json::String(text)) => text.is_empty(),
            Some(Json::Array(items)) => items.is_empty(),
            Some(Json::Object(fields)) => fields.is_empty(),
            Some(Json::Bool(_) | Json::Number(_)) => false,
        };
        if is_empty {
            self.report(
                &required::RULE,
                path,
                || format!("`{name}` is missing or empty"),
                || None,
            );
        }
    }

    fn between(
        &mut self,
        schema: &Schema,
        name: &str,
        (least, most): (i64, i64),
        fields: &Map<String, Json>,
        path: &Path<'_>,
    ) {
        let is_small = schema
            .properties
            .get(name)
            .is_some_and(|field| field.format.as_deref() == Some("int32"));
        let held = |number: i64| {
            if is_small {
                super::special::lower_half(number)
            } else {
                number
            }
        };
        if let Some(number) = fields
            .get(name)
            .and_then(super::special::whole)
            .filter(|number| !(least..=most).contains(&held(*number)))
        {
            let bounds = if most == ANY {
                format!("at least {least}")
            } else {
                format!("{least} to {most}")
            };
            self.report(
                &range::RULE,
                &path.field(name),
                || {
                    if held(number) == number {
                        format!("must be {bounds}, is {number}")
                    } else {
                        let held = held(number);
                        format!("must be {bounds}, is {number}, of which 32 bits hold {held}")
                    }
                },
                || None,
            );
        }
    }

    fn text_of(&mut self, name: &str, syntax: Syntax, fields: &Map<String, Json>, path: &Path<'_>) {
        // Empty text stands for none, except where it could be a number: that one is there.
        let counts = |value: &&Json| {
            let is_empty = value.as_str() == Some("");
            let is_port = matches!(syntax, Syntax::Port);
            !value.is_null() && (!is_empty || is_port || matches!(syntax, Syntax::Share))
        };
        let Some(value) = fields.get(name).filter(counts) else {
            return;
        };
        if let Err(wanted) = syntax.check(value) {
            self.report(
                &pattern::RULE,
                &path.field(name),
                || format!("{value} is no {wanted}"),
                || None,
            );
        }
    }

    fn word(&mut self, name: &str, words: &[&str], fields: &Map<String, Json>, path: &Path<'_>) {
        let Some(text) = fields.get(name).and_then(Json::as_str) else {
            return;
        };
        if !words.contains(&text) {
            self.report(
                &enumeration::RULE,
                &path.field(name),
                || format!("{text:?} is none of {}", words.join(", ")),
                || None,
            );
        }
    }

    fn items_of(
        &mut self,
        schema: &Schema,
        (name, allowed): (&str, &[&str]),
        fields: &Map<String, Json>,
        path: &Path<'_>,
    ) {
        let items = fields
            .get(name)
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .enumerate();
        let listed = schema
            .properties
            .get(name)
            .and_then(|field| field.items.as_deref());
        let is_wrong = |item: &Json| {
            item.as_str().is_none_or(|item| !allowed.contains(&item))
                && listed.is_none_or(|listed| !judges(listed, item))
        };
        for (index, item) in items.filter(|(_, item)| is_wrong(item)) {
            let message = || format!("{item} is none of {}", allowed.join(", "));
            self.report(
                &enumeration::RULE,
                &path.field(name).index(index),
                message,
                || None,
            );
        }
    }

    fn text_items(
        &mut self,
        name: &str,
        syntax: Syntax,
        fields: &Map<String, Json>,
        path: &Path<'_>,
    ) {
        let items = fields.get(name).and_then(Json::as_array);
        let empty = Json::String(String::new());
        for (index, item) in items.into_iter().flatten().enumerate() {
            // A null among texts is read as an empty one.
            let text = if item.is_null() { &empty } else { item };
            if let Err(wanted) = syntax.check(text) {
                self.report(
                    &pattern::RULE,
                    &path.field(name).index(index),
                    || format!("{item} is no {wanted}"),
                    || None,
                );
            }
        }
    }

    fn keys_of(&mut self, name: &str, fields: &Map<String, Json>, path: &Path<'_>) {
        let entries = fields.get(name).and_then(Json::as_object);
        for key in entries.into_iter().flatten().map(|(key, _)| key) {
            if !syntax::is_data_key(key) {
                let message = || {
                    format!(
                        "{key:?} is no key: letters, digits, `-`, `_` and `.`, at most 253 characters"
                    )
                };
                self.report(&labels::RULE, &path.field(name).key(key), message, || None);
            }
        }
    }

    fn not_negative(&mut self, name: &str, fields: &Map<String, Json>, path: &Path<'_>) {
        let amounts = fields.get(name).and_then(Json::as_object);
        for (resource, amount) in amounts.into_iter().flatten() {
            if super::special::quantity(amount).is_some_and(|amount| amount.sign() < 0) {
                self.report(
                    &range::RULE,
                    &path.field(name).key(resource),
                    || format!("must be 0 or more, is {amount}"),
                    || None,
                );
            }
        }
    }

    fn labels_of(&mut self, name: &str, fields: &Map<String, Json>, path: &Path<'_>) {
        for (key, value) in fields
            .get(name)
            .and_then(Json::as_object)
            .into_iter()
            .flatten()
        {
            let below = path.field(name);
            if !syntax::is_qualified_name(key) {
                self.report(
                    &labels::RULE,
                    &below.key(key),
                    || format!("{key:?} is no label key"),
                    || None,
                );
            }
            if let Some(text) = value.as_str().filter(|text| !syntax::is_label_value(text)) {
                let message = || {
                    format!(
                        "{text:?} is no label value: letters, digits, `-`, `_` and `.`, at most 63 characters"
                    )
                };
                self.report(&labels::RULE, &below.key(key), message, || None);
            }
        }
    }

    fn counted(
        &mut self,
        names: &[&str],
        allowed: std::ops::RangeInclusive<usize>,
        fields: &Map<String, Json>,
        path: &Path<'_>,
    ) {
        let is_set = |name: &&&str| {
            fields.get(**name).is_some_and(|value| {
                let is_empty_list = value.as_array().is_some_and(Vec::is_empty);
                !value.is_null() && !is_empty_list && value.as_str() != Some("")
            })
        };
        let count = names.iter().filter(is_set).count();
        if !allowed.contains(&count) {
            let wanted = match (allowed.start(), allowed.end()) {
                (1, 1) => "exactly one",
                (0, _) => "at most one",
                _ => "at least one",
            };
            let message = || {
                format!(
                    "{wanted} of {} must be there, found {count}",
                    names.join(", ")
                )
            };
            self.report(&combination::RULE, path, message, || None);
        }
    }
}

/// Whether the schema lists the values of a field, and this one is not among them.
fn is_unlisted(schema: &Schema, name: &str, value: Option<&Json>) -> bool {
    let field = schema.properties.get(name);
    value.is_some_and(|value| {
        field.is_some_and(|field| judges(field, value) && !field.enumeration.contains(value))
    })
}

/// Whether a schema lists the values that are allowed, which empty text escapes.
fn judges(schema: &Schema, value: &Json) -> bool {
    !schema.enumeration.is_empty() && value.as_str().is_some_and(|text| !text.is_empty())
}
