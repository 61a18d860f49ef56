//! Kubernetes quantities.

use super::{Function, Value, argument, text, unexpected};
use crate::cel::Failure;
use crate::quantity::Quantity;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::global("quantity", 1, |_, arguments| {
        Quantity::parse(text(arguments, 0)?)
            .map(Value::Quantity)
            .ok_or_else(|| Failure::new("the value is no quantity"))
    }),
    Function::global("isQuantity", 1, |_, arguments| {
        Ok(Value::Boolean(
            Quantity::parse(text(arguments, 0)?).is_some(),
        ))
    }),
    Function::member("sign", 1, |_, arguments| {
        Ok(Value::Integer(quantity(arguments, 0)?.sign()))
    }),
    Function::member("isInteger", 1, |_, arguments| {
        Ok(Value::Boolean(
            quantity(arguments, 0)?.as_integer().is_some(),
        ))
    }),
    Function::member("asInteger", 1, |_, arguments| {
        quantity(arguments, 0)?
            .as_integer()
            .map(Value::Integer)
            .ok_or_else(|| Failure::new("the quantity is no integer"))
    }),
    Function::member("asApproximateFloat", 1, |_, arguments| {
        Ok(Value::Double(quantity(arguments, 0)?.approximate()))
    }),
    Function::member("add", 2, |_, arguments| {
        Ok(Value::Quantity(
            quantity(arguments, 0)?.plus(operand(arguments)?),
        ))
    }),
    Function::member("sub", 2, |_, arguments| {
        Ok(Value::Quantity(
            quantity(arguments, 0)?.minus(operand(arguments)?),
        ))
    }),
];

/// An argument that must be a quantity.
pub(super) fn quantity(arguments: &[Value<'_>], position: usize) -> Result<Quantity, Failure> {
    match argument(arguments, position)? {
        Value::Quantity(quantity) => Ok(*quantity),
        other => Err(unexpected("quantity", Some(other))),
    }
}

/// The second operand may also be a whole number.
fn operand(arguments: &[Value<'_>]) -> Result<Quantity, Failure> {
    match argument(arguments, 1)? {
        Value::Integer(value) => Ok(Quantity::whole(*value)),
        _ => quantity(arguments, 1),
    }
}
