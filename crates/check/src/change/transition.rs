//! Custom resources: the CEL rules that compare an object with the one before (`oldSelf`).

use schemas::{KindSchema, ListType, MapType, Schema};
use serde_json::Value as Json;

use crate::api::expression::{Evaluator, reported_at, said};
use crate::cel::Before;
use crate::document::Document;
use crate::path::Path;
use crate::report::Finding;
use crate::rules::change::{transition, transition_undecided};

/// Values nested deeper than this are not judged.
const DEEPEST: usize = 500;

/// Evaluates transition rules; what has been read is kept for the next object.
#[derive(Default)]
pub(super) struct Transitions(Evaluator);

impl Transitions {
    /// Judges an update of a custom resource.
    ///
    /// Rules that do not speak of the value before are not asked: the server tolerates that one is broken where
    /// nothing changed, and where something did the rule is broken by the object itself.
    pub(super) fn check(
        &self,
        kind: &KindSchema,
        old: &Document,
        new: &Document,
        found: &mut Vec<Finding>,
    ) {
        if !has_transitions(&kind.schema) {
            return;
        }
        let mut walk = Walk {
            evaluator: &self.0,
            document: new,
            without_status: kind.subresources.status,
            found,
        };
        walk.node(&kind.schema, &new.value, Some(&old.value), &Path::Root, 0);
    }
}

/// The way through an object after and the object before, side by side.
struct Walk<'w> {
    evaluator: &'w Evaluator,
    document: &'w Document,
    /// The status is written through its own endpoint, and what the object says of it is ignored.
    without_status: bool,
    found: &'w mut Vec<Finding>,
}

impl<'v> Walk<'_> {
    fn node(
        &mut self,
        schema: &'v Schema,
        new: &'v Json,
        old: Option<&'v Json>,
        path: &Path<'_>,
        depth: usize,
    ) {
        let old = old.filter(|old| !old.is_null());
        if new.is_null() || depth > DEEPEST {
            return;
        }
        for rule in &schema.rules {
            self.rule(rule, schema, (new, old), path);
        }
        for part in &schema.all_of {
            self.node(part, new, old, path, depth + 1);
        }
        match new {
            Json::Object(_) => self.fields(schema, new, old, path, depth),
            Json::Array(items) => self.items(schema, items, old, path, depth),
            _ => {}
        }
    }

    fn fields(
        &mut self,
        schema: &'v Schema,
        new: &'v Json,
        old: Option<&'v Json>,
        path: &Path<'_>,
        depth: usize,
    ) {
        let is_correlated = schema.map_type != Some(MapType::Atomic);
        for (name, property) in &schema.properties {
            if depth == 0 && (name == "metadata" || (name == "status" && self.without_status)) {
                continue;
            }
            // Rules stand below few fields; the others are not looked at.
            if !has_transitions(property) {
                continue;
            }
            // The server filled in what has a default, before and after.
            let value_of = |object: &'v Json| {
                let given = object.get(name).filter(|value| !value.is_null());
                given.or(property.default.as_ref())
            };
            let before = old.filter(|_| is_correlated).and_then(value_of);
            if let Some(after) = value_of(new) {
                self.node(property, after, before, &path.field(name), depth + 1);
            }
        }
        let Some(values) = schema.additional_properties.as_deref() else {
            return;
        };
        for (key, value) in new.as_object().into_iter().flatten() {
            if schema.properties.get(key).is_none() {
                let before = old.filter(|_| is_correlated).and_then(|old| old.get(key));
                self.node(values, value, before, &path.key(key), depth + 1);
            }
        }
    }

    /// Only the items of a list with keys have something before them.
    fn items(
        &mut self,
        schema: &'v Schema,
        items: &'v [Json],
        old: Option<&'v Json>,
        path: &Path<'_>,
        depth: usize,
    ) {
        let Some(item_schema) = schema
            .items
            .as_deref()
            .filter(|items| has_transitions(items))
        else {
            return;
        };
        let before = old
            .filter(|_| schema.list_type == Some(ListType::Map))
            .and_then(Json::as_array)
            .map_or(&[][..], Vec::as_slice);
        let key = |item: &Json, name: &str| {
            let default = || {
                item_schema
                    .properties
                    .get(name)
                    .and_then(|key| key.default.clone())
            };
            item.get(name).cloned().or_else(default)
        };
        for (index, item) in items.iter().enumerate() {
            let is_same = |other: &&Json| {
                let mut keys = schema.list_map_keys.iter();
                keys.all(|name| key(item, name) == key(other, name))
            };
            let before = before.iter().find(is_same);
            self.node(item_schema, item, before, &path.index(index), depth + 1);
        }
    }

    fn rule(
        &mut self,
        rule: &schemas::Rule,
        schema: &Schema,
        (new, old): (&Json, Option<&Json>),
        path: &Path<'_>,
    ) {
        let program = match self.evaluator.program(rule) {
            Ok(program) if !program.is_transition => return,
            Ok(program) => program,
            // What cannot be read is reported for the object as such.
            Err(_) => return,
        };
        let before = match (old, rule.optional_old_self) {
            (Some(old), false) => Before::Value(old),
            (Some(old), true) => Before::Optional(old),
            // Without a value before it is a rule on new values, or none at all.
            (None, true) => Before::Nothing,
            (None, false) => return,
        };
        let outcome = program.holds(new, schema, before, &self.evaluator.patterns);
        if let Some((undecided, message)) = said(rule, outcome) {
            let rule_of_ours = match undecided {
                Some(_) => &transition_undecided::RULE,
                None => &transition::RULE,
            };
            let place = reported_at(rule, &path.to_string());
            self.found
                .push(Finding::new(rule_of_ours, self.document, place, message));
        }
    }
}

/// Whether a rule that compares stands somewhere in a schema.
fn has_transitions(schema: &Schema) -> bool {
    schema
        .rules
        .iter()
        .any(|rule| rule.rule.contains("oldSelf"))
        || schema.children().any(has_transitions)
}
