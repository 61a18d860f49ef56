//! The evaluation of a syntax tree.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::rc::Rc;

use super::Failure;
use super::expression::{
    Comprehension, Expression, FieldName, Literal, Macro, Operator, OptionalMap,
};
use super::functions::Library;
use super::operators;
use super::value::Value;

pub(super) type Outcome<'v> = Result<Value<'v>, Failure>;

/// The variables in scope: a chain of frames on the stack.
pub(super) struct Scope<'s, 'v> {
    pub(super) name: &'v str,
    pub(super) value: Value<'v>,
    pub(super) outer: Option<&'s Scope<'s, 'v>>,
}

impl<'v> Scope<'_, 'v> {
    fn find(&self, name: &str) -> Option<Value<'v>> {
        let mut scope = Some(self);
        while let Some(present) = scope {
            if present.name == name {
                return Some(present.value.clone());
            }
            scope = present.outer;
        }
        None
    }
}

/// The value of an expression.
pub(super) fn evaluate<'v>(
    expression: &'v Expression,
    scope: &Scope<'_, 'v>,
    library: &Library<'_>,
) -> Outcome<'v> {
    library.descend()?;
    let outcome = node(expression, scope, library);
    library.ascend();
    outcome
}

fn node<'v>(
    expression: &'v Expression,
    scope: &Scope<'_, 'v>,
    library: &Library<'_>,
) -> Outcome<'v> {
    let value = |expression: &'v Expression| evaluate(expression, scope, library);
    match expression {
        Expression::Literal(literal) => Ok(constant(literal)),
        Expression::Variable(name) => scope
            .find(name)
            .ok_or_else(|| Failure::new(format!("no variable `{name}`"))),
        Expression::TypeName(name) => Ok(Value::Type(name)),
        Expression::Select(operand, field, optional) => select(value(operand)?, field, *optional),
        Expression::Has(operand, field) => has(value(operand)?, field),
        Expression::Index(operand, index, optional) => {
            index_of(value(operand)?, &value(index)?, *optional)
        }
        Expression::Call(function, arguments) => {
            let values = arguments.iter().map(value).collect::<Result<Vec<_>, _>>()?;
            let made = (function.run)(library, &values)?;
            library.pay_for_call(&values, &made)?;
            Ok(made)
        }
        Expression::List(items) => Ok(Value::List(Rc::new(
            items.iter().map(value).collect::<Result<_, _>>()?,
        ))),
        Expression::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(key, entry)| Ok((value(key)?, value(entry)?)));
            Ok(Value::Map(Rc::new(
                entries.collect::<Result<_, Failure>>()?,
            )))
        }
        Expression::Not(operand) => boolean(&value(operand)?).map(|value| Value::Boolean(!value)),
        Expression::Negate(operand) => operators::negate(&value(operand)?),
        Expression::Binary(operator, left, right) => match operator {
            Operator::And => logical(value(left), || value(right), false),
            Operator::Or => logical(value(left), || value(right), true),
            _ => {
                let operands = [value(left)?, value(right)?];
                let made = operators::apply(*operator, &operands[0], &operands[1])?;
                library.pay_for_call(&operands, &made)?;
                Ok(made)
            }
        },
        Expression::Conditional(condition, then, otherwise) => {
            value(if boolean(&value(condition)?)? {
                then
            } else {
                otherwise
            })
        }
        Expression::Comprehension(comprehension) => comprehend(comprehension, scope, library),
        Expression::OptionalMap(map) => optional_map(map, value(&map.operand)?, scope, library),
    }
}

/// Applies a body to what an optional holds.
fn optional_map<'v>(
    map: &'v OptionalMap,
    operand: Value<'v>,
    scope: &Scope<'_, 'v>,
    library: &Library<'_>,
) -> Outcome<'v> {
    let Value::Optional(held) = operand else {
        return Err(Failure::new("`optMap` needs an optional value"));
    };
    let Some(held) = held else {
        return Ok(Value::Optional(None));
    };
    let inner = Scope {
        name: &map.variable,
        value: (*held).clone(),
        outer: Some(scope),
    };
    let result = evaluate(&map.body, &inner, library)?;
    Ok(if map.flat {
        result
    } else {
        Value::Optional(Some(Rc::new(result)))
    })
}

fn constant(literal: &Literal) -> Value<'_> {
    match literal {
        Literal::Null => Value::Null,
        Literal::Boolean(value) => Value::Boolean(*value),
        Literal::Integer(value) => Value::Integer(*value),
        Literal::Unsigned(value) => Value::Unsigned(*value),
        Literal::Double(value) => Value::Double(*value),
        Literal::Text(text) => Value::text(text),
        Literal::Bytes(bytes) => Value::Bytes(bytes.as_slice().into()),
    }
}

/// The truth of a value.
pub(super) fn boolean(value: &Value<'_>) -> Result<bool, Failure> {
    match value {
        Value::Boolean(value) => Ok(*value),
        other => Err(Failure::new(format!(
            "expected a bool, found {}",
            other.type_name()
        ))),
    }
}

/// `&&` and `||`: one side that decides outweighs an error of the other.
fn logical<'v>(
    left: Outcome<'v>,
    right: impl FnOnce() -> Outcome<'v>,
    deciding: bool,
) -> Outcome<'v> {
    let truth = |outcome: Outcome<'v>| outcome.and_then(|value| boolean(&value));
    match truth(left) {
        Ok(value) if value == deciding => Ok(Value::Boolean(deciding)),
        Ok(_) => truth(right()).map(Value::Boolean),
        Err(failure) => match truth(right()) {
            Ok(value) if value == deciding => Ok(Value::Boolean(deciding)),
            _ => Err(failure),
        },
    }
}

fn lookup<'v>(operand: &Value<'v>, field: &FieldName) -> Result<Option<Value<'v>>, Failure> {
    match operand {
        Value::View(view) if view.json.is_object() => Ok(view.field(field)),
        Value::Map(entries) => Ok(find(
            entries,
            &Value::Text(Cow::Borrowed(field.written.as_str())),
        )),
        other => Err(Failure::new(format!(
            "a {} has no fields",
            other.type_name()
        ))),
    }
}

fn find<'v>(entries: &[(Value<'v>, Value<'v>)], key: &Value<'_>) -> Option<Value<'v>> {
    entries
        .iter()
        .find(|(known, _)| same_key(known, key))
        .map(|(_, value)| value.clone())
}

fn same_key(left: &Value<'_>, right: &Value<'_>) -> bool {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => left == right,
        (Value::Boolean(left), Value::Boolean(right)) => left == right,
        _ => left.whole().is_some() && left.whole() == right.whole(),
    }
}

fn select<'v>(operand: Value<'v>, field: &FieldName, optional: bool) -> Outcome<'v> {
    if let Value::Optional(held) = operand {
        return match held {
            Some(held) => Ok(Value::Optional(lookup(&held, field)?.map(Rc::new))),
            None => Ok(Value::Optional(None)),
        };
    }
    let found = lookup(&operand, field)?;
    if optional {
        return Ok(Value::Optional(found.map(Rc::new)));
    }
    found.ok_or_else(|| Failure::new(format!("no such key: {}", field.written)))
}

fn has<'v>(operand: Value<'v>, field: &FieldName) -> Outcome<'v> {
    let present = match operand {
        Value::Optional(None) => false,
        Value::Optional(Some(held)) => lookup(&held, field)?.is_some(),
        other => lookup(&other, field)?.is_some(),
    };
    Ok(Value::Boolean(present))
}

/// The element at an index or under a key; an optional value where it was asked for so.
fn index_of<'v>(operand: Value<'v>, index: &Value<'v>, optional: bool) -> Outcome<'v> {
    let (operand, optional) = match operand {
        Value::Optional(None) => return Ok(Value::Optional(None)),
        Value::Optional(Some(held)) => ((*held).clone(), true),
        other => (other, optional),
    };
    let found = element(&operand, index)?;
    if optional {
        return Ok(Value::Optional(found.map(Rc::new)));
    }
    found.ok_or_else(|| Failure::new("index out of range or no such key"))
}

/// The element of a list or map, if there is one.
pub(super) fn element<'v>(
    operand: &Value<'v>,
    index: &Value<'v>,
) -> Result<Option<Value<'v>>, Failure> {
    let position = || index.whole().and_then(|index| usize::try_from(index).ok());
    match operand {
        Value::List(items) => Ok(position().and_then(|index| items.get(index).cloned())),
        Value::View(view) if view.json.is_array() => {
            Ok(position().and_then(|index| view.element(index)))
        }
        Value::Map(entries) => Ok(find(entries, index)),
        Value::View(view) => match index {
            Value::Text(key) => Ok(view.get(key)),
            _ => Ok(None),
        },
        other => Err(Failure::new(format!(
            "a {} has no elements",
            other.type_name()
        ))),
    }
}

/// What a comprehension goes through: pairs of what its variables are bound to.
fn range<'v>(
    value: &Value<'v>,
    two_variables: bool,
) -> Result<Vec<(Value<'v>, Value<'v>)>, Failure> {
    if let Some(items) = value.elements() {
        let pairs = items.iter().enumerate().map(|(index, item)| {
            let index = Value::Integer(i64::try_from(index).unwrap_or(i64::MAX));
            if two_variables {
                (index, item.clone())
            } else {
                (item.clone(), Value::Null)
            }
        });
        return Ok(pairs.collect());
    }
    match value.entries() {
        Some(entries) => Ok(entries.into_owned()),
        None => Err(Failure::new(format!(
            "a {} cannot be gone through",
            value.type_name()
        ))),
    }
}

fn comprehend<'v>(
    comprehension: &'v Comprehension,
    scope: &Scope<'_, 'v>,
    library: &Library<'_>,
) -> Outcome<'v> {
    let over = evaluate(&comprehension.range, scope, library)?;
    let (first, second) = match comprehension.variables.as_slice() {
        [first, second] => (first.as_str(), Some(second.as_str())),
        [first, ..] => (first.as_str(), None),
        [] => return Err(Failure::new("a macro without variable")),
    };
    let mut state = Gathered::default();
    let range = range(&over, second.is_some())?;
    library.pay(range.len())?;
    for (left, right) in range {
        let outer = Scope {
            name: first,
            value: left.clone(),
            outer: Some(scope),
        };
        let inner = second.map(|name| Scope {
            name,
            value: right,
            outer: Some(&outer),
        });
        let bound = inner.as_ref().unwrap_or(&outer);
        let holds = match &comprehension.predicate {
            Some(predicate) => {
                evaluate(predicate, bound, library).and_then(|value| boolean(&value))
            }
            None => Ok(true),
        };
        if state.decided(comprehension.kind, holds)? {
            break;
        }
        if state.take {
            let transformed = comprehension
                .transform
                .as_ref()
                .map(|transform| evaluate(transform, bound, library))
                .transpose()?;
            state
                .items
                .push((left.clone(), transformed.unwrap_or(left)));
        }
    }
    library.pay(state.items.len())?;
    state.finish(comprehension.kind)
}

/// The items in the order of their keys, which were computed from them.
fn sorted<'v>(mut items: Vec<(Value<'v>, Value<'v>)>) -> Outcome<'v> {
    let mut comparable = true;
    items.sort_by(|(_, left), (_, right)| {
        left.compare(right).unwrap_or_else(|| {
            comparable = false;
            Ordering::Equal
        })
    });
    if comparable {
        let items = items.into_iter().map(|(item, _)| item).collect();
        Ok(Value::List(Rc::new(items)))
    } else {
        Err(Failure::new("no such overload: the keys have no order"))
    }
}

/// One map of the maps that were computed, no key of which may come twice.
fn merged<'v>(items: Vec<(Value<'v>, Value<'v>)>) -> Outcome<'v> {
    let mut merged: Vec<(Value<'v>, Value<'v>)> = Vec::new();
    for (_, map) in items {
        let entries = map
            .entries()
            .ok_or_else(|| Failure::new("no such overload: an entry is no map"))?;
        for (key, value) in entries.iter() {
            if find(&merged, key).is_some() {
                return Err(Failure::new("insert failed: a key comes twice"));
            }
            merged.push((key.clone(), value.clone()));
        }
    }
    Ok(Value::Map(Rc::new(merged)))
}

/// What a comprehension has found so far.
#[derive(Default)]
struct Gathered<'v> {
    items: Vec<(Value<'v>, Value<'v>)>,
    take: bool,
    hits: usize,
    decided: bool,
    failure: Option<Failure>,
}

impl<'v> Gathered<'v> {
    /// Takes the verdict on one element; whether nothing that follows can change the result.
    fn decided(&mut self, kind: Macro, holds: Result<bool, Failure>) -> Result<bool, Failure> {
        self.take = false;
        match kind {
            Macro::All | Macro::Exists => match holds {
                Ok(holds) => self.decided = holds == (kind == Macro::Exists),
                Err(failure) => self.failure = Some(failure),
            },
            Macro::ExistsOne => self.hits += usize::from(holds?),
            Macro::Filter
            | Macro::Map
            | Macro::SortBy
            | Macro::TransformList
            | Macro::TransformMap
            | Macro::TransformMapEntry => {
                self.take = holds?;
            }
        }
        Ok(self.decided)
    }

    fn finish(self, kind: Macro) -> Outcome<'v> {
        match kind {
            Macro::All | Macro::Exists => match (self.decided, self.failure) {
                (false, Some(failure)) => Err(failure),
                (decided, _) => Ok(Value::Boolean(decided == (kind == Macro::Exists))),
            },
            Macro::ExistsOne => Ok(Value::Boolean(self.hits == 1)),
            Macro::Filter | Macro::Map | Macro::TransformList => Ok(Value::List(Rc::new(
                self.items.into_iter().map(|(_, item)| item).collect(),
            ))),
            Macro::TransformMap => Ok(Value::Map(Rc::new(self.items))),
            Macro::SortBy => sorted(self.items),
            Macro::TransformMapEntry => merged(self.items),
        }
    }
}
