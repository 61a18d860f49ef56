//! Strings and numbers.

use schemas::{Schema, SchemaType};
use serde_json::{Number, Value as Json};

use super::array::same;
use super::validator::{Validator, is_quantity};
use crate::format;
use crate::path::Path;
use crate::quantity::Quantity;
use crate::rules::api::{enumeration, format as wrong_format, pattern, range, size};
use crate::syntax;

/// Values longer than this are shown shortened.
const SHOWN: usize = 60;

impl Validator<'_, '_, '_> {
    /// A string that a schema describes.
    pub(super) fn string(&mut self, schema: &Schema, text: &str, path: &Path<'_>) {
        if schema.min_length.is_some() || schema.max_length.is_some() {
            self.length(schema, text, path);
        }
        if let Some(expression) = &schema.pattern
            && let Some(compiled) = self.facts.evaluator.patterns.get(expression)
            && !compiled.is_match(text)
        {
            let shown = self.shown(text);
            self.report(
                &pattern::RULE,
                path,
                || format!("{shown} does not match {expression}"),
                || None,
            );
        }
        if let Some(format) = schema.format.as_deref()
            && !self.has_format(schema, format, text)
        {
            let shown = self.shown(text);
            let help = || Some(format!("for example {}", format::example(format)));
            self.report(
                &wrong_format::RULE,
                path,
                || format!("{shown} is no {}", format::title(format)),
                help,
            );
        }
    }

    fn has_format(&self, schema: &Schema, format: &str, text: &str) -> bool {
        if is_quantity(schema) {
            let text = if self.is_built_in {
                text.trim_matches(' ')
            } else {
                text
            };
            return Quantity::parse(text).is_some();
        }
        if schema.type_ == SchemaType::IntOrString {
            return true;
        }
        // In built-in kinds only these formats have a Go type that reads them.
        let is_enforced = !self.is_built_in || matches!(format, "date-time" | "byte");
        !is_enforced || format::is_valid(format, text)
    }

    fn length(&mut self, schema: &Schema, text: &str, path: &Path<'_>) {
        let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        if let Some(least) = schema.min_length.filter(|least| length < *least) {
            self.report(
                &size::RULE,
                path,
                || format!("needs at least {least} characters, has {length}"),
                || None,
            );
        }
        if let Some(most) = schema.max_length.filter(|most| length > *most) {
            self.report(
                &size::RULE,
                path,
                || format!("may have at most {most} characters, has {length}"),
                || None,
            );
        }
    }

    /// A number that a schema describes.
    pub(super) fn number(&mut self, schema: &Schema, number: &Number, path: &Path<'_>) {
        self.bounds(schema, number, path);
        if let Some(step) = schema.multiple_of.as_ref().and_then(Number::as_f64)
            && let Some(value) = number.as_f64()
            && step > 0.0
            && (value / step).fract().abs() > 1e-9
        {
            self.report(
                &range::RULE,
                path,
                || format!("must be a multiple of {step}, is {number}"),
                || None,
            );
        }
        // Whole numbers of built-in kinds are cut to 64 bits, or to 32 of them, without a word.
        let is_held = self.is_built_in && schema.type_ == SchemaType::Integer;
        let is_whole = matches!(schema.type_, SchemaType::Integer | SchemaType::IntOrString);
        if is_whole && !is_held && !is_quantity(schema) && !fits(number) {
            self.report(
                &range::RULE,
                path,
                || format!("{number} does not fit into 64 bits"),
                || None,
            );
        }
    }

    fn bounds(&mut self, schema: &Schema, number: &Number, path: &Path<'_>) {
        if let Some(least) = &schema.minimum
            && (less(number, least) || (schema.exclusive_minimum && !less(least, number)))
        {
            let or_more = if schema.exclusive_minimum {
                "more than"
            } else {
                "at least"
            };
            self.report(
                &range::RULE,
                path,
                || format!("must be {or_more} {least}, is {number}"),
                || None,
            );
        }
        if let Some(most) = &schema.maximum
            && (less(most, number) || (schema.exclusive_maximum && !less(number, most)))
        {
            let or_less = if schema.exclusive_maximum {
                "less than"
            } else {
                "at most"
            };
            self.report(
                &range::RULE,
                path,
                || format!("must be {or_less} {most}, is {number}"),
                || None,
            );
        }
    }

    /// The values that a schema allows.
    pub(super) fn enumeration(&mut self, schema: &Schema, value: &Json, path: &Path<'_>) {
        // The Go types of built-in kinds cannot tell empty text from none.
        // A signal is dropped before anybody looks, because the feature is off.
        let is_dropped = matches!(path, Path::Field(_, "stopSignal"));
        let is_unset = self.is_built_in && (is_dropped || value.as_str() == Some(""));
        if is_unset
            || schema.enumeration.is_empty()
            || schema
                .enumeration
                .iter()
                .any(|allowed| same(allowed, value))
        {
            return;
        }
        let shown = value
            .as_str()
            .map_or_else(|| value.to_string(), |text| self.shown(text));
        let allowed: Vec<String> = schema.enumeration.iter().map(Json::to_string).collect();
        let help = || {
            let known = schema.enumeration.iter().filter_map(Json::as_str);
            value
                .as_str()
                .and_then(|text| syntax::nearest(text, known))
                .map(|nearest| format!("did you mean `{nearest}`?"))
        };
        self.report(
            &enumeration::RULE,
            path,
            || format!("{shown} is none of {}", allowed.join(", ")),
            help,
        );
    }

    /// A value for a message; those of a Secret are not shown.
    fn shown(&self, text: &str) -> String {
        if self.is_secret() {
            "the value".to_owned()
        } else if text.chars().count() > SHOWN {
            format!("{:?} …", text.chars().take(SHOWN).collect::<String>())
        } else {
            format!("{text:?}")
        }
    }
}

fn less(left: &Number, right: &Number) -> bool {
    match (left.as_i64(), right.as_i64()) {
        (Some(left), Some(right)) => left < right,
        _ => left.as_f64() < right.as_f64(),
    }
}

fn fits(number: &Number) -> bool {
    let limit = 2.0_f64.powi(63);
    number.is_i64()
        || number
            .as_f64()
            .is_some_and(|value| value >= -limit && value < limit)
}
