//! Functions on text; positions count characters.

use std::rc::Rc;

use super::{Function, Library, Value, argument, count, integer, lists, owned, text, unexpected};
use crate::cel::Failure;
use crate::cel::evaluate::Outcome;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::member("contains", 2, |_, arguments| {
        Ok(Value::Boolean(
            text(arguments, 0)?.contains(text(arguments, 1)?),
        ))
    }),
    Function::member("startsWith", 2, |_, arguments| {
        Ok(Value::Boolean(
            text(arguments, 0)?.starts_with(text(arguments, 1)?),
        ))
    }),
    Function::member("endsWith", 2, |_, arguments| {
        Ok(Value::Boolean(
            text(arguments, 0)?.ends_with(text(arguments, 1)?),
        ))
    }),
    Function::member("charAt", 2, |_, arguments| {
        character_at(text(arguments, 0)?, integer(arguments, 1)?)
    }),
    Function::member("indexOf", 3, index_of).at_least(2),
    Function::member("lastIndexOf", 3, last_index_of).at_least(2),
    Function::member("join", 2, join).at_least(1),
    Function::member("lowerAscii", 1, |_, arguments| {
        Ok(owned(text(arguments, 0)?.to_ascii_lowercase()))
    }),
    Function::member("upperAscii", 1, |_, arguments| {
        Ok(owned(text(arguments, 0)?.to_ascii_uppercase()))
    }),
    Function::member("replace", 4, replace).at_least(3),
    Function::member("split", 3, split).at_least(2),
    Function::member("substring", 3, substring).at_least(2),
    Function::member("trim", 1, |_, arguments| {
        Ok(owned(text(arguments, 0)?.trim().to_owned()))
    }),
    Function::member("reverse", 1, |_, arguments| lists::reverse(arguments)),
    Function::global("strings.quote", 1, |_, arguments| {
        Ok(owned(quote(text(arguments, 0)?)))
    }),
];

/// Text in quotes, with what cannot stand there escaped.
fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{b}' => quoted.push_str("\\v"),
            '\\' => quoted.push_str("\\\\"),
            '"' => quoted.push_str("\\\""),
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

fn out_of_range() -> Failure {
    Failure::new("index out of range")
}

fn position(value: i64, length: usize) -> Result<usize, Failure> {
    usize::try_from(value)
        .ok()
        .filter(|position| *position <= length)
        .ok_or_else(out_of_range)
}

fn character_at<'v>(text: &str, index: i64) -> Outcome<'v> {
    let characters: Vec<char> = text.chars().collect();
    let index = position(index, characters.len())?;
    Ok(owned(
        characters
            .get(index)
            .map(char::to_string)
            .unwrap_or_default(),
    ))
}

fn index_of<'v>(library: &Library<'_>, arguments: &[Value<'v>]) -> Outcome<'v> {
    if !matches!(argument(arguments, 0)?, Value::Text(_)) {
        return lists::index_of(arguments, false);
    }
    let (whole, part) = (
        characters(text(arguments, 0)?),
        characters(text(arguments, 1)?),
    );
    library.pay_for_text(whole.len().saturating_mul(part.len()))?;
    let from = if arguments.len() > 2 {
        position(integer(arguments, 2)?, whole.len())?
    } else {
        0
    };
    let found = (from..=whole.len().saturating_sub(part.len()))
        .find(|start| whole[*start..].starts_with(&part));
    Ok(found.map_or(Value::Integer(-1), count))
}

fn last_index_of<'v>(library: &Library<'_>, arguments: &[Value<'v>]) -> Outcome<'v> {
    if !matches!(argument(arguments, 0)?, Value::Text(_)) {
        return lists::index_of(arguments, true);
    }
    let (whole, part) = (
        characters(text(arguments, 0)?),
        characters(text(arguments, 1)?),
    );
    library.pay_for_text(whole.len().saturating_mul(part.len()))?;
    let from = if arguments.len() > 2 {
        position(integer(arguments, 2)?, whole.len())?
    } else {
        whole.len()
    };
    let found = (0..=from)
        .rev()
        .find(|start| whole[*start..].starts_with(&part));
    Ok(found.map_or(Value::Integer(-1), count))
}

fn characters(text: &str) -> Vec<char> {
    text.chars().collect()
}

fn join<'v>(library: &Library<'_>, arguments: &[Value<'v>]) -> Outcome<'v> {
    let items = argument(arguments, 0)?;
    let items = items
        .elements()
        .ok_or_else(|| unexpected("list", Some(items)))?;
    let parts = (0..items.len())
        .map(|index| text(&items, index))
        .collect::<Result<Vec<_>, _>>()?;
    let separator = if arguments.len() > 1 {
        text(arguments, 1)?
    } else {
        ""
    };
    let length: usize = parts.iter().map(|part| part.len()).sum();
    library.pay_for_text(length.saturating_add(separator.len().saturating_mul(parts.len())))?;
    Ok(owned(parts.join(separator)))
}

/// The number of replacements or parts; a negative one means all.
fn limit(arguments: &[Value<'_>], position: usize) -> Result<Option<usize>, Failure> {
    if arguments.len() <= position {
        Ok(None)
    } else {
        Ok(usize::try_from(integer(arguments, position)?).ok())
    }
}

fn replace<'v>(library: &Library<'_>, arguments: &[Value<'v>]) -> Outcome<'v> {
    let (whole, from, to) = (
        text(arguments, 0)?,
        text(arguments, 1)?,
        text(arguments, 2)?,
    );
    // What comes out can be as long as the product of both.
    let places = if from.is_empty() {
        whole.len() + 1
    } else {
        whole.matches(from).count()
    };
    library.pay_for_text(places.saturating_mul(to.len()))?;
    Ok(owned(match limit(arguments, 3)? {
        Some(limit) => whole.replacen(from, to, limit),
        None => whole.replace(from, to),
    }))
}

fn split<'v>(_: &Library<'_>, arguments: &[Value<'v>]) -> Outcome<'v> {
    let (whole, separator) = (text(arguments, 0)?, text(arguments, 1)?);
    let limit = limit(arguments, 2)?.unwrap_or(usize::MAX);
    let parts: Vec<Value<'v>> = if separator.is_empty() {
        let mut parts: Vec<String> = whole.chars().map(String::from).collect();
        if parts.len() > limit && limit > 0 {
            let rest = parts.split_off(limit - 1).concat();
            parts.push(rest);
        }
        parts.into_iter().take(limit).map(owned).collect()
    } else if limit == 0 {
        Vec::new()
    } else {
        whole
            .splitn(limit, separator)
            .map(|part| owned(part.to_owned()))
            .collect()
    };
    Ok(Value::List(Rc::new(parts)))
}

fn substring<'v>(_: &Library<'_>, arguments: &[Value<'v>]) -> Outcome<'v> {
    let characters = characters(text(arguments, 0)?);
    let start = position(integer(arguments, 1)?, characters.len())?;
    let end = if arguments.len() > 2 {
        position(integer(arguments, 2)?, characters.len())?
    } else {
        characters.len()
    };
    characters
        .get(start..end)
        .map(|part| owned(part.iter().collect()))
        .ok_or_else(out_of_range)
}
