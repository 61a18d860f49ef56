//! Functions on lists and sets.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::rc::Rc;

use super::{Function, Library, Value, argument, count, integer, unexpected};
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
    Function::member("distinct", 1, |library, arguments| {
        let items = items(arguments, 0)?;
        library.pay(items.len().saturating_mul(items.len()))?;
        let mut distinct: Vec<Value<'_>> = Vec::new();
        for item in items.iter() {
            if !distinct.iter().any(|known| known.equals(item)) {
                distinct.push(item.clone());
            }
        }
        Ok(list(distinct))
    }),
    Function::member("flatten", 2, flatten).at_least(1),
    Function::member("slice", 3, |_, arguments| {
        let items = items(arguments, 0)?;
        let bound = |position| integer(arguments, position).map(usize::try_from);
        match (bound(1)?, bound(2)?) {
            (Ok(start), Ok(end)) => items
                .get(start..end)
                .map(|part| list(part.to_vec()))
                .ok_or_else(|| Failure::new("the bounds of the slice are out of range")),
            _ => Err(Failure::new("a bound of the slice is negative")),
        }
    }),
    Function::member("sort", 1, |_, arguments| {
        let mut sorted = items(arguments, 0)?.into_owned();
        let mut comparable = true;
        sorted.sort_by(|left, right| {
            left.compare(right).unwrap_or_else(|| {
                comparable = false;
                Ordering::Equal
            })
        });
        if comparable {
            Ok(list(sorted))
        } else {
            Err(unexpected("values with an order", sorted.first()))
        }
    }),
    Function::global("lists.range", 1, |library, arguments| {
        let count = usize::try_from(integer(arguments, 0)?).unwrap_or(0);
        library.pay(count)?;
        Ok(list((0..count).map(super::count).collect()))
    }),
    Function::global("sets.contains", 2, |library, arguments| {
        let (whole, part) = (items(arguments, 0)?, items(arguments, 1)?);
        library.pay(whole.len().saturating_mul(part.len()))?;
        Ok(Value::Boolean(holds_all(&whole, &part)))
    }),
    Function::global("sets.equivalent", 2, |library, arguments| {
        let (left, right) = (items(arguments, 0)?, items(arguments, 1)?);
        library.pay(left.len().saturating_mul(right.len()))?;
        Ok(Value::Boolean(
            holds_all(&left, &right) && holds_all(&right, &left),
        ))
    }),
    Function::global("sets.intersects", 2, |library, arguments| {
        let (left, right) = (items(arguments, 0)?, items(arguments, 1)?);
        library.pay(left.len().saturating_mul(right.len()))?;
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

fn list(items: Vec<Value<'_>>) -> Value<'_> {
    Value::List(Rc::new(items))
}

/// The items of the lists in a list, and those of the lists in these down to a depth.
fn flatten<'v>(_: &Library<'_>, arguments: &[Value<'v>]) -> Outcome<'v> {
    let depth = if arguments.len() > 1 {
        integer(arguments, 1)?
    } else {
        1
    };
    if depth < 0 {
        return Err(Failure::new(
            "a list cannot be flattened to a negative depth",
        ));
    }
    let mut flat = items(arguments, 0)?.into_owned();
    // A list is nowhere nested deeper than the value that it stands in.
    for _ in 0..depth.min(100) {
        if flat.iter().all(|item| item.elements().is_none()) {
            break;
        }
        flat = flat
            .into_iter()
            .flat_map(|item| match item.elements() {
                Some(inner) => inner.into_owned(),
                None => vec![item.clone()],
            })
            .collect();
    }
    Ok(list(flat))
}

/// A list, or a text, from its end to its beginning.
pub(super) fn reverse<'v>(arguments: &[Value<'v>]) -> Outcome<'v> {
    let mut items = items(arguments, 0)?.into_owned();
    items.reverse();
    Ok(list(items))
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
