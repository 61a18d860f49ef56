//! Kubernetes' named formats, and text made from a pattern.

use std::rc::Rc;

use super::{Function, Value, argument, owned, text, unexpected};
use crate::cel::Failure;
use crate::cel::evaluate::Outcome;
use crate::format;
use crate::syntax;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::global("format.named", 1, |_, arguments| {
        let wanted = text(arguments, 0)?;
        let known = NAMES.into_iter().find(|name| *name == wanted);
        Ok(Value::Optional(
            known.map(|name| Rc::new(Value::Format(name))),
        ))
    }),
    Function::global("format.dns1123Label", 0, |_, _| {
        Ok(Value::Format("dns1123Label"))
    }),
    Function::global("format.dns1123Subdomain", 0, |_, _| {
        Ok(Value::Format("dns1123Subdomain"))
    }),
    Function::global("format.dns1035Label", 0, |_, _| {
        Ok(Value::Format("dns1035Label"))
    }),
    Function::global("format.dns1123LabelPrefix", 0, |_, _| {
        Ok(Value::Format("dns1123LabelPrefix"))
    }),
    Function::global("format.dns1123SubdomainPrefix", 0, |_, _| {
        Ok(Value::Format("dns1123SubdomainPrefix"))
    }),
    Function::global("format.dns1035LabelPrefix", 0, |_, _| {
        Ok(Value::Format("dns1035LabelPrefix"))
    }),
    Function::global("format.qualifiedName", 0, |_, _| {
        Ok(Value::Format("qualifiedName"))
    }),
    Function::global("format.labelValue", 0, |_, _| {
        Ok(Value::Format("labelValue"))
    }),
    Function::global("format.uri", 0, |_, _| Ok(Value::Format("uri"))),
    Function::global("format.uuid", 0, |_, _| Ok(Value::Format("uuid"))),
    Function::global("format.byte", 0, |_, _| Ok(Value::Format("byte"))),
    Function::global("format.date", 0, |_, _| Ok(Value::Format("date"))),
    Function::global("format.datetime", 0, |_, _| Ok(Value::Format("datetime"))),
    Function::member("validate", 2, |_, arguments| validate(arguments)),
    Function::member("format", 2, |_, arguments| formatted(arguments)),
];

const NAMES: [&str; 13] = [
    "dns1123Label",
    "dns1123Subdomain",
    "dns1035Label",
    "dns1123LabelPrefix",
    "dns1123SubdomainPrefix",
    "dns1035LabelPrefix",
    "qualifiedName",
    "labelValue",
    "uri",
    "uuid",
    "byte",
    "date",
    "datetime",
];

fn is_valid(name: &str, text: &str) -> bool {
    match name {
        "dns1123Label" => syntax::is_label(text),
        "dns1123Subdomain" => syntax::is_subdomain(text),
        "dns1035Label" => syntax::is_dns_1035_label(text),
        "dns1123LabelPrefix" => syntax::is_label(text.trim_end_matches('-')),
        "dns1123SubdomainPrefix" => syntax::is_subdomain(text.trim_end_matches('-')),
        "dns1035LabelPrefix" => syntax::is_dns_1035_label(text.trim_end_matches('-')),
        "qualifiedName" => syntax::is_qualified_name(text),
        "labelValue" => syntax::is_label_value(text),
        other => format::is_valid(other, text),
    }
}

/// No value where the text is valid, else what is wrong with it.
fn validate<'v>(arguments: &[Value<'v>]) -> Outcome<'v> {
    let Value::Format(name) = argument(arguments, 0)? else {
        return Err(unexpected("format", arguments.first()));
    };
    if is_valid(name, text(arguments, 1)?) {
        return Ok(Value::Optional(None));
    }
    let errors = vec![owned(format!("the value does not have the format {name}"))];
    Ok(Value::Optional(Some(Rc::new(Value::List(Rc::new(errors))))))
}

/// `'%s has %d'.format([a, b])`
fn formatted<'v>(arguments: &[Value<'v>]) -> Outcome<'v> {
    let list = argument(arguments, 1)?;
    let values = list
        .elements()
        .ok_or_else(|| unexpected("list", Some(list)))?;
    let mut values = values.iter();
    let mut result = String::new();
    let mut rest = text(arguments, 0)?;
    while let Some(position) = rest.find('%') {
        result.push_str(&rest[..position]);
        let verb = rest[position + 1..]
            .trim_start_matches(|character: char| character == '.' || character.is_ascii_digit());
        let modifier = &rest[position + 1..rest.len() - verb.len()];
        let letter = verb
            .chars()
            .next()
            .ok_or_else(|| Failure::new("a format ends with a percent sign"))?;
        if letter == '%' {
            result.push('%');
        } else {
            let value = values
                .next()
                .ok_or_else(|| Failure::new("a format has more verbs than values"))?;
            result.push_str(&shown(value, letter, precision(modifier)?)?);
        }
        rest = &verb[letter.len_utf8()..];
    }
    result.push_str(rest);
    Ok(owned(result))
}

/// How many digits stand behind the point: six where nothing is said.
fn precision(modifier: &str) -> Result<usize, Failure> {
    match modifier.strip_prefix('.') {
        None => Ok(6),
        Some(digits) => digits
            .parse()
            .ok()
            .filter(|precision| *precision <= 100)
            .ok_or_else(|| Failure::undecided("the precision of a format is not known here")),
    }
}

fn shown(value: &Value<'_>, verb: char, precision: usize) -> Result<String, Failure> {
    let wrong = || {
        Failure::undecided(format!(
            "the format verb `{verb}` for a {} is not known here",
            value.type_name()
        ))
    };
    match (verb, value) {
        ('s', Value::Text(text)) => Ok(text.to_string()),
        ('s', Value::Boolean(value)) => Ok(value.to_string()),
        ('s' | 'd', Value::Integer(_) | Value::Unsigned(_)) => value
            .whole()
            .map(|value| value.to_string())
            .ok_or_else(wrong),
        ('s', Value::Double(value)) => Ok(value.to_string()),
        ('x', Value::Integer(value)) => Ok(format!("{value:x}")),
        ('X', Value::Integer(value)) => Ok(format!("{value:X}")),
        ('o', Value::Integer(value)) => Ok(format!("{value:o}")),
        ('b', Value::Integer(value)) => Ok(format!("{value:b}")),
        ('f', _) => value
            .double()
            .map(|value| format!("{value:.precision$}"))
            .ok_or_else(wrong),
        _ => Err(wrong()),
    }
}
