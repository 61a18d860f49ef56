//! The CEL rules of a structural schema.

use serde_json::Value as Json;

use super::super::Fields;
use super::super::fields::{has, inner, objects, said};
use super::{Judged, Place};
use crate::cel::declared::{Names, Wanted, complaint as compile};

/// What the rules of a schema may name.
const OF_RULES: Names<'_> = Names {
    declared: &["self", "oldSelf"],
    variables: &[],
};

/// Rules are there, and can be compiled.
pub(super) fn rules(schema: &Fields, place: &Place<'_>) -> Judged {
    for rule in objects(schema, "x-kubernetes-validations") {
        let (text, message) = (said(rule, "rule").trim(), said(rule, "message"));
        place.ensure(!text.is_empty(), "a rule is empty")?;
        place.ensure(
            message.is_empty() || !message.trim().is_empty(),
            "the message of a rule is blank",
        )?;
        place.ensure(
            !message.trim().contains('\n'),
            "the message of a rule has several lines",
        )?;
        place.ensure(
            !text.contains('\n') || !message.trim().is_empty(),
            "a rule of several lines needs a message",
        )?;
        let reason = said(rule, "reason");
        let reasons = [
            "FieldValueInvalid",
            "FieldValueForbidden",
            "FieldValueRequired",
            "FieldValueDuplicate",
        ];
        place.hold(!has(rule, "reason") || reasons.contains(&reason), || {
            format!("there is no reason {reason:?}")
        })?;
        let path = said(rule, "fieldPath");
        place.hold(path.is_empty() || leads_somewhere(schema, path), || {
            format!("the fieldPath {path:?} leads nowhere")
        })?;
        if let Some(why) = compile(text, OF_RULES, Wanted::Boolean) {
            return place.wrong(&format!("the rule `{text}` cannot be compiled: {why}"));
        }
        let by = said(rule, "messageExpression").trim();
        if let Some(why) = compile(by, OF_RULES, Wanted::Text).filter(|_| !by.is_empty()) {
            return place.wrong(&format!("the message `{by}` cannot be compiled: {why}"));
        }
    }
    Ok(())
}

/// Whether a path such as `.spec.a['b']` leads to a field of the schema.
fn leads_somewhere(schema: &Fields, path: &str) -> bool {
    let mut schema = schema;
    let mut rest = path.trim();
    while !rest.is_empty() {
        let (name, after) = if let Some(quoted) = rest.strip_prefix("['") {
            match quoted.split_once("']") {
                Some(step) => step,
                None => return false,
            }
        } else if let Some(plain) = rest.strip_prefix('.') {
            let end = plain.find(['.', '[']).unwrap_or(plain.len());
            plain.split_at(end)
        } else {
            return false;
        };
        let below = inner(schema, "properties")
            .and_then(|fields| fields.get(name))
            .or_else(|| schema.get("additionalProperties"))
            .and_then(Json::as_object);
        match below {
            Some(below) => schema = below,
            None => return false,
        }
        rest = after;
    }
    true
}
