//! Functions on lists and sets.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::{Function, Value, argument, count, unexpected};
use crate::cel::Failure;
use crate::cel::evaluate::Outcome;
use crate::cel::expression::Operator;
use crate::cel::operators;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::member("isSorted", 1, |_, arguments| is_sorted(arguments)),
    Function::member("sum", 1, |_, arguments| sum(arguments)),
    Function::member("min", 1, |_, arguments| extreme(arguments, Ordering::Less)),
    Function::member("max", 1, |_, arguments| {
        extreme(arguments, Ordering::Greater)
    }),
    Function::global("sets.contains", 2, |_, arguments| {
        let (whole, part) = (items(arguments, 0)?, items(arguments, 1)?);
        Ok(Value::Boolean(holds_all(&whole, &part)))
    }),
    Function::global("sets.equivalent", 2, |_, arguments| {
        let (left, right) = (items(arguments, 0)?, items(arguments, 1)?);
        Ok(Value::Boolean(
            holds_all(&left, &right) && holds_all(&right, &left),
        ))
    }),
    Function::global("sets.intersects", 2, |_, arguments| {
        let (left, right) = (items(arguments, 0)?, items(arguments, 1)?);
        Ok(Value::Boolean(
            left.iter()
                .any(|item| right.iter().any(|other| item.equals(other))),
        ))
    }),
];

fn items<'a, 'v>(
    arguments: &'a [Value<'v>],
    position: usize,
) -> Result<Cow<'a, [Value<'v>]>, Failure> {
    let list = argument(arguments, position)?;
    list.elements()
        .ok_or_else(|| unexpected("list", Some(list)))
}

fn holds_all<'v>(whole: &[Value<'v>], part: &[Value<'v>]) -> bool {
    part.iter()
        .all(|item| whole.iter().any(|other| item.equals(other)))
}

fn is_sorted<'v>(arguments: &[Value<'v>]) -> Outcome<'v> {
    let items = items(arguments, 0)?;
    let mut sorted = true;
    for pair in items.windows(2) {
        let order = pair[0]
            .compare(&pair[1])
            .ok_or_else(|| unexpected("values with an order", pair.first()))?;
        sorted &= order.is_le();
    }
    Ok(Value::Boolean(sorted))
}

fn sum<'v>(arguments: &[Value<'v>]) -> Outcome<'v> {
    let items = items(arguments, 0)?;
    let Some((first, rest)) = items.split_first() else {
        return Ok(Value::Integer(0));
    };
    rest.iter().try_fold(first.clone(), |total, item| {
        operators::apply(Operator::Add, &total, item)
    })
}

fn extreme<'v>(arguments: &[Value<'v>], wanted: Ordering) -> Outcome<'v> {
    let items = items(arguments, 0)?;
    let Some((first, rest)) = items.split_first() else {
        return Err(Failure::new("the list is empty"));
    };
    let mut best = first;
    for item in rest {
        if item
            .compare(best)
            .ok_or_else(|| unexpected("values with an order", Some(item)))?
            == wanted
        {
            best = item;
        }
    }
    Ok(best.clone())
}

/// The first or last position of an element, -1 where it is not there.
pub(super) fn index_of<'v>(arguments: &[Value<'v>], last: bool) -> Outcome<'v> {
    let (items, wanted) = (items(arguments, 0)?, argument(arguments, 1)?);
    let found = if last {
        items.iter().rposition(|item| item.equals(wanted))
    } else {
        items.iter().position(|item| item.equals(wanted))
    };
    Ok(found.map_or(Value::Integer(-1), count))
}
