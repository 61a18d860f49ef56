//! What the API server's hand-written validation demands of built-in kinds and no schema says.

use std::collections::BTreeMap;

use schemas::Schema;
use serde_json::{Map, Value as Json};

use super::demands::{ANY, DEMANDS};
use super::special::Complaint;
use super::validator::Validator;
use crate::format;
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
    /// Every item of the list is one of these.
    Items(&'static str, &'static [&'static str]),
    /// The fields agree with one another.
    Agree(fn(&Map<String, Json>) -> Result<(), Complaint>),
}

/// The syntax of a text.
#[derive(Clone, Copy)]
pub(super) enum Syntax {
    Label,
    Subdomain,
    QualifiedName,
    /// A port by number or name.
    Port,
    PortName,
    Cidr,
    AbsolutePath,
    /// A whole number or a percentage.
    Share,
    OneOf(&'static [&'static str]),
}

/// The table, by definition.
pub(super) type Demands = BTreeMap<&'static str, &'static [Demand]>;

/// The table, ready for look-up.
pub(super) fn demands() -> Demands {
    DEMANDS
        .iter()
        .map(|(definition, demands)| (*definition, *demands))
        .collect()
}

/// The name of a definition as the table has it.
pub(super) fn short(definition: &str) -> &str {
    definition
        .strip_prefix("io.k8s.api.")
        .or_else(|| definition.strip_prefix("io.k8s.apimachinery.pkg.apis."))
        .unwrap_or(definition)
}

impl Validator<'_, '_> {
    /// Holds an object to what is demanded of its definition.
    pub(super) fn native(
        &mut self,
        definition: &str,
        schema: &Schema,
        fields: &Map<String, Json>,
        path: &Path<'_>,
    ) {
        let Some(demands) = self.facts.demands.get(short(definition)) else {
            return;
        };
        for demand in *demands {
            match demand {
                // What the schema requires is missed by the schema already.
                Demand::Filled(name)
                    if schema.requires(name) && fields.get(*name).is_none_or(Json::is_null) => {}
                Demand::Filled(name) => self.filled(name, fields, path),
                Demand::Between(name, least, most) => {
                    self.between(name, (*least, *most), fields, path);
                }
                // What the schema lists is judged by the schema already.
                Demand::Items(name, _) | Demand::Text(name, Syntax::OneOf(_))
                    if is_listed(schema, name) => {}
                Demand::Text(name, syntax) => self.text_of(name, *syntax, fields, path),
                Demand::Labels(name) => self.labels_of(name, fields, path),
                Demand::One(names) => self.counted(names, 1..=1, fields, path),
                Demand::Some(names) => self.counted(names, 1..=names.len(), fields, path),
                Demand::AtMostOne(names) => self.counted(names, 0..=1, fields, path),
                Demand::Items(name, allowed) => self.items_of(name, allowed, fields, path),
                Demand::Agree(agree) => {
                    if let Err((field, message)) = agree(fields) {
                        self.report(&combination::RULE, &path.field(field), || message, || None);
                    }
                }
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
        name: &str,
        (least, most): (i64, i64),
        fields: &Map<String, Json>,
        path: &Path<'_>,
    ) {
        if let Some(number) = fields
            .get(name)
            .and_then(Json::as_i64)
            .filter(|number| !(least..=most).contains(number))
        {
            let bounds = if most == ANY {
                format!("at least {least}")
            } else {
                format!("{least} to {most}")
            };
            self.report(
                &range::RULE,
                &path.field(name),
                || format!("must be {bounds}, is {number}"),
                || None,
            );
        }
    }

    fn text_of(&mut self, name: &str, syntax: Syntax, fields: &Map<String, Json>, path: &Path<'_>) {
        let Some(value) = fields
            .get(name)
            .filter(|value| !value.is_null() && value.as_str() != Some(""))
        else {
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

    fn items_of(
        &mut self,
        name: &str,
        allowed: &[&str],
        fields: &Map<String, Json>,
        path: &Path<'_>,
    ) {
        let items = fields
            .get(name)
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .enumerate();
        for (index, item) in
            items.filter(|(_, item)| item.as_str().is_none_or(|item| !allowed.contains(&item)))
        {
            let message = || format!("{item} is none of {}", allowed.join(", "));
            self.report(
                &enumeration::RULE,
                &path.field(name).index(index),
                message,
                || None,
            );
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
            fields
                .get(**name)
                .is_some_and(|value| !value.is_null() && value.as_str() != Some(""))
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

/// Whether the schema lists the values of a field or of its items.
fn is_listed(schema: &Schema, name: &str) -> bool {
    schema.properties.get(name).is_some_and(|field| {
        let items = field
            .items
            .as_deref()
            .map_or(&[][..], |items| &items.enumeration);
        !field.enumeration.is_empty() || !items.is_empty()
    })
}

impl Syntax {
    /// What the value should be, where it is not.
    fn check(self, value: &Json) -> Result<(), String> {
        let text = value.as_str();
        let is = |valid: fn(&str) -> bool, wanted: &str| {
            if text.is_none_or(valid) {
                Ok(())
            } else {
                Err(wanted.to_owned())
            }
        };
        match self {
            Self::Label => is(
                syntax::is_label,
                "name of lower-case letters, digits and `-`, at most 63 characters",
            ),
            Self::Subdomain => is(
                syntax::is_subdomain,
                "name of lower-case letters, digits, `-` and `.`",
            ),
            Self::QualifiedName => is(
                syntax::is_qualified_name,
                "qualified name such as `example.com/name`",
            ),
            Self::PortName => is(
                is_port_name,
                "port name: at most 15 lower-case letters, digits and single `-`, one letter at least",
            ),
            Self::Cidr => is(format::is_cidr, "network such as `10.0.0.0/16`"),
            Self::AbsolutePath => is(|text| text.starts_with('/'), "path that begins with `/`"),
            Self::Share
                if value
                    .as_i64()
                    .is_some_and(|number| i32::try_from(number).is_err() || number < 0) =>
            {
                Err("whole number from 0 on, or percentage".to_owned())
            }
            Self::Share => is(is_percentage, "whole number or percentage"),
            Self::Port => match value.as_i64() {
                Some(number) if !(1..=65535).contains(&number) => {
                    Err("port: 1 to 65535".to_owned())
                }
                Some(_) => Ok(()),
                None => is(
                    is_port_name,
                    "port name: at most 15 lower-case letters, digits and single `-`, one letter at least",
                ),
            },
            Self::OneOf(values) => match text {
                Some(text) if !values.contains(&text) => {
                    Err(format!("allowed value; allowed are {}", values.join(", ")))
                }
                _ => Ok(()),
            },
        }
    }
}

fn is_port_name(text: &str) -> bool {
    text.len() <= 15
        && syntax::is_label(text)
        && !text.contains("--")
        && text.bytes().any(|byte| byte.is_ascii_lowercase())
}

fn is_percentage(text: &str) -> bool {
    text.strip_suffix('%').is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}
