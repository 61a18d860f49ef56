//! What the operators of CEL do, `&&` and `||` excepted.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::rc::Rc;

use super::Failure;
use super::evaluate::Outcome;
use super::expression::Operator;
use super::value::Value;

/// The result of `left operator right`.
pub(super) fn apply<'v>(operator: Operator, left: &Value<'v>, right: &Value<'v>) -> Outcome<'v> {
    let ordered = |accept: fn(Ordering) -> bool| {
        left.compare(right)
            .map(|order| Value::Boolean(accept(order)))
            .ok_or_else(|| mismatch(operator, left, right))
    };
    match operator {
        Operator::Equal => Ok(Value::Boolean(left.equals(right))),
        Operator::NotEqual => Ok(Value::Boolean(!left.equals(right))),
        Operator::Less => ordered(Ordering::is_lt),
        Operator::LessOrEqual => ordered(Ordering::is_le),
        Operator::Greater => ordered(Ordering::is_gt),
        Operator::GreaterOrEqual => ordered(Ordering::is_ge),
        Operator::In => contains(right, left).map(Value::Boolean),
        _ => arithmetic(operator, left, right),
    }
}

fn mismatch(operator: Operator, left: &Value<'_>, right: &Value<'_>) -> Failure {
    Failure::new(format!(
        "no such overload: {} {operator:?} {}",
        left.type_name(),
        right.type_name()
    ))
}

/// Whether a list has an element or a map a key.
fn contains<'v>(container: &Value<'v>, wanted: &Value<'v>) -> Result<bool, Failure> {
    if let Value::View(view) = container
        && view.json.is_object()
    {
        return Ok(matches!(wanted, Value::Text(key) if view.get(key).is_some()));
    }
    if let Some(items) = container.elements() {
        return Ok(items.iter().any(|item| item.equals(wanted)));
    }
    match container.entries() {
        Some(entries) => Ok(entries.iter().any(|(key, _)| key.equals(wanted))),
        None => Err(Failure::new(format!(
            "`in` needs a list or a map, found {}",
            container.type_name()
        ))),
    }
}

/// `-operand`.
pub(super) fn negate<'v>(operand: &Value<'v>) -> Outcome<'v> {
    match operand {
        Value::Integer(value) => value.checked_neg().map(Value::Integer).ok_or_else(overflow),
        Value::Double(value) => Ok(Value::Double(-value)),
        other => Err(Failure::new(format!(
            "a {} cannot be negated",
            other.type_name()
        ))),
    }
}

fn overflow() -> Failure {
    Failure::new("integer overflow")
}

fn arithmetic<'v>(operator: Operator, left: &Value<'v>, right: &Value<'v>) -> Outcome<'v> {
    match (left, right) {
        (Value::Integer(left), Value::Integer(right)) => integers(operator, *left, *right),
        (Value::Unsigned(left), Value::Unsigned(right)) => unsigned(operator, *left, *right),
        (Value::Double(left), Value::Double(right)) => match operator {
            Operator::Add => Ok(Value::Double(left + right)),
            Operator::Subtract => Ok(Value::Double(left - right)),
            Operator::Multiply => Ok(Value::Double(left * right)),
            Operator::Divide => Ok(Value::Double(left / right)),
            _ => Err(Failure::new("doubles have no remainder")),
        },
        _ if operator == Operator::Add => add(left, right),
        _ if operator == Operator::Subtract => subtract(left, right),
        _ => Err(mismatch(operator, left, right)),
    }
}

fn integers<'v>(operator: Operator, left: i64, right: i64) -> Outcome<'v> {
    let result = match operator {
        Operator::Add => left.checked_add(right),
        Operator::Subtract => left.checked_sub(right),
        Operator::Multiply => left.checked_mul(right),
        Operator::Divide | Operator::Remainder if right == 0 => {
            return Err(Failure::new("division by zero"));
        }
        Operator::Divide => left.checked_div(right),
        _ => left.checked_rem(right),
    };
    result.map(Value::Integer).ok_or_else(overflow)
}

fn unsigned<'v>(operator: Operator, left: u64, right: u64) -> Outcome<'v> {
    let result = match operator {
        Operator::Add => left.checked_add(right),
        Operator::Subtract => left.checked_sub(right),
        Operator::Multiply => left.checked_mul(right),
        Operator::Divide | Operator::Remainder if right == 0 => {
            return Err(Failure::new("division by zero"));
        }
        Operator::Divide => left.checked_div(right),
        _ => left.checked_rem(right),
    };
    result.map(Value::Unsigned).ok_or_else(overflow)
}

fn add<'v>(left: &Value<'v>, right: &Value<'v>) -> Outcome<'v> {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => {
            Ok(Value::Text(Cow::Owned(format!("{left}{right}"))))
        }
        (Value::Bytes(left), Value::Bytes(right)) => {
            Ok(Value::Bytes([&left[..], &right[..]].concat().into()))
        }
        (Value::Duration(left), Value::Duration(right)) => left
            .checked_add(*right)
            .map(Value::Duration)
            .ok_or_else(overflow),
        (Value::Timestamp(time), Value::Duration(span))
        | (Value::Duration(span), Value::Timestamp(time)) => {
            Ok(Value::Timestamp(time + i128::from(*span)))
        }
        _ => match (left.elements(), right.elements()) {
            (Some(left), Some(right)) => Ok(Value::List(Rc::new([&left[..], &right[..]].concat()))),
            _ => Err(mismatch(Operator::Add, left, right)),
        },
    }
}

fn subtract<'v>(left: &Value<'v>, right: &Value<'v>) -> Outcome<'v> {
    match (left, right) {
        (Value::Duration(left), Value::Duration(right)) => left
            .checked_sub(*right)
            .map(Value::Duration)
            .ok_or_else(overflow),
        (Value::Timestamp(time), Value::Duration(span)) => {
            Ok(Value::Timestamp(time - i128::from(*span)))
        }
        (Value::Timestamp(left), Value::Timestamp(right)) => i64::try_from(left - right)
            .map(Value::Duration)
            .map_err(|_| overflow()),
        _ => Err(mismatch(Operator::Subtract, left, right)),
    }
}
