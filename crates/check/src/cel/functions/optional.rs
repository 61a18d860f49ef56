//! Optional values.

use std::rc::Rc;

use super::{Function, Value, argument, unexpected};
use crate::cel::Failure;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::global("optional.of", 1, |_, arguments| {
        Ok(Value::Optional(Some(Rc::new(
            argument(arguments, 0)?.clone(),
        ))))
    }),
    Function::global("optional.none", 0, |_, _| Ok(Value::Optional(None))),
    Function::global("optional.ofNonZeroValue", 1, |_, arguments| {
        let value = argument(arguments, 0)?;
        Ok(Value::Optional(
            (!is_zero(value)).then(|| Rc::new(value.clone())),
        ))
    }),
    Function::member("hasValue", 1, |_, arguments| {
        Ok(Value::Boolean(held(arguments, 0)?.is_some()))
    }),
    Function::member("value", 1, |_, arguments| {
        held(arguments, 0)?
            .map(|value| (*value).clone())
            .ok_or_else(|| Failure::new("optional.none() has no value"))
    }),
    Function::member("orValue", 2, |_, arguments| {
        let value = held(arguments, 0)?;
        value.map_or_else(
            || argument(arguments, 1).cloned(),
            |value| Ok((*value).clone()),
        )
    }),
    Function::member("or", 2, |_, arguments| {
        let value = held(arguments, 0)?;
        Ok(if value.is_some() {
            Value::Optional(value)
        } else {
            Value::Optional(held(arguments, 1)?)
        })
    }),
];

fn held<'v>(arguments: &[Value<'v>], position: usize) -> Result<Option<Rc<Value<'v>>>, Failure> {
    match argument(arguments, position)? {
        Value::Optional(held) => Ok(held.clone()),
        other => Err(unexpected("optional", Some(other))),
    }
}

fn is_zero(value: &Value<'_>) -> bool {
    match value {
        Value::Null => true,
        Value::Boolean(value) => !value,
        Value::Text(text) => text.is_empty(),
        Value::Bytes(bytes) => bytes.is_empty(),
        Value::Duration(nanos) => *nanos == 0,
        Value::View(view) => view.len() == 0,
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Optional(held) => held.is_none(),
        other => other.double() == Some(0.0),
    }
}
