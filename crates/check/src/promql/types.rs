//! What each part of a query gives, and whether its parts fit.

use super::ValueType::{self, Matrix, Scalar, Text, Vector};
use super::expression::{Expression, Match, Matcher, Matching, Node, NodeId, Selector};
use super::functions::Function;
use super::regex;
use super::token::{Aggregation, Operator};

/// What is wrong, and where, if not at the part itself.
type Wrong = (Option<usize>, String);

/// The type of a part that is made of these nodes.
pub(super) fn of(nodes: &[Node], expression: &Expression) -> Result<ValueType, Wrong> {
    let type_of = |id: &NodeId| nodes[id.index()].value_type;
    for child in children(expression) {
        selects(nodes, child, expression)?;
    }
    match expression {
        Expression::Number(_) => Ok(Scalar),
        Expression::Text(_) => Ok(Text),
        Expression::Selector(selector) => named_once(selector).map(|()| Vector),
        Expression::Range { .. } => Ok(Matrix),
        Expression::Parentheses(inner) => Ok(type_of(inner)),
        Expression::Unary(inner) => match type_of(inner) {
            signed @ (Scalar | Vector) => Ok(signed),
            other => fail(format!("a sign stands before {other}")),
        },
        Expression::Subquery { inner, .. } => match type_of(inner) {
            Vector => Ok(Matrix),
            other => fail(format!(
                "a subquery is made of an instant vector, not of {other}"
            )),
        },
        Expression::Binary {
            operator,
            left,
            right,
            matching,
        } => binary(*operator, type_of(left), type_of(right), matching),
        Expression::Aggregate {
            aggregation,
            parameter,
            inner,
            ..
        } => {
            let wanted = if *aggregation == Aggregation::CountValues {
                Text
            } else {
                Scalar
            };
            if let Some(parameter) = parameter {
                expect(nodes, *parameter, wanted, "the parameter of an aggregation")?;
            }
            expect(nodes, *inner, Vector, "an aggregation")?;
            Ok(Vector)
        }
        Expression::Call {
            function,
            arguments,
        } => call(nodes, *function, arguments),
    }
}

fn fail<T>(message: String) -> Result<T, Wrong> {
    Err((None, message))
}

/// The parts that a part is made of.
pub(super) fn children(expression: &Expression) -> Vec<NodeId> {
    match expression {
        Expression::Number(_) | Expression::Text(_) | Expression::Selector(_) => Vec::new(),
        Expression::Parentheses(inner)
        | Expression::Unary(inner)
        | Expression::Range {
            selector: inner, ..
        }
        | Expression::Subquery { inner, .. } => vec![*inner],
        Expression::Binary { left, right, .. } => vec![*left, *right],
        Expression::Aggregate {
            parameter, inner, ..
        } => parameter.iter().chain([inner]).copied().collect(),
        Expression::Call { arguments, .. } => arguments.clone(),
    }
}

/// A selector has to leave something out, or a slip would ask for every series there is.
fn selects(nodes: &[Node], child: NodeId, parent: &Expression) -> Result<(), Wrong> {
    if let Expression::Call {
        function,
        arguments,
    } = parent
        && function.name == "info"
        && arguments.get(1) == Some(&child)
    {
        return Ok(());
    }
    asks_for_something(&nodes[child.index()])
}

/// Whether a selector asks for a name or for a label that is not empty.
pub(super) fn asks_for_something(node: &Node) -> Result<(), Wrong> {
    let Expression::Selector(selector) = &node.expression else {
        return Ok(());
    };
    if selector.name.is_some()
        || selector
            .matchers
            .iter()
            .any(|matcher| !takes_empty(matcher))
    {
        return Ok(());
    }
    let message = "a selector needs a name, or one matcher that an empty label does not fit";
    Err((Some(node.start), message.to_owned()))
}

fn takes_empty(matcher: &Matcher) -> bool {
    match matcher.match_type {
        Match::Equal => matcher.value.is_empty(),
        Match::NotEqual => !matcher.value.is_empty(),
        Match::Regex => regex::matches_empty(&matcher.value),
        Match::NotRegex => !regex::matches_empty(&matcher.value),
    }
}

fn named_once(selector: &Selector) -> Result<(), Wrong> {
    let again = selector
        .matchers
        .iter()
        .find(|matcher| matcher.label == "__name__");
    match (&selector.name, again) {
        (Some(name), Some(again)) => fail(format!(
            "the name of the metric is said twice: `{name}` and `{}`",
            again.value
        )),
        _ => Ok(()),
    }
}

fn binary(
    operator: Operator,
    left: ValueType,
    right: ValueType,
    matching: &Matching,
) -> Result<ValueType, Wrong> {
    let sign = operator.as_str();
    for side in [left, right] {
        if !matches!(side, Scalar | Vector) {
            return fail(format!(
                "`{sign}` stands between numbers and instant vectors, not beside {side}"
            ));
        }
    }
    if matching.returns_bool && !operator.is_comparison() {
        return fail(format!(
            "`bool` stands behind comparisons alone, not behind `{sign}`"
        ));
    }
    let is_scalar = left == Scalar && right == Scalar;
    if is_scalar && operator.is_comparison() && !matching.returns_bool {
        return fail(format!("two numbers are compared by `{sign} bool`"));
    }
    if operator.is_set() && (left == Scalar || right == Scalar) {
        return fail(format!("`{sign}` stands between instant vectors alone"));
    }
    if let (Some(on), Some((_, taken))) = (matching.on(), &matching.group)
        && let Some(twice) = taken.iter().find(|label| on.contains(label))
    {
        return fail(format!(
            "the label `{twice}` is in both `on` and the grouping"
        ));
    }
    let between_vectors = left == Vector && right == Vector;
    let has_labels = matching
        .labels
        .as_ref()
        .is_some_and(|(_, labels)| !labels.is_empty());
    if !between_vectors && (has_labels || matching.fills) {
        return fail("series are matched between instant vectors alone".to_owned());
    }
    if operator.is_set() && matching.group.is_some() {
        return fail(format!("`{sign}` takes no grouping"));
    }
    if operator.is_set() && matching.fills {
        return fail(format!("`{sign}` takes no `fill`"));
    }
    Ok(if is_scalar { Scalar } else { Vector })
}

fn expect(nodes: &[Node], id: NodeId, wanted: ValueType, whose: &str) -> Result<(), Wrong> {
    let node = &nodes[id.index()];
    if node.value_type == wanted {
        return Ok(());
    }
    let given = node.value_type;
    let hint = match (wanted, given) {
        (Matrix, Vector) => "; it needs a range such as `[5m]`",
        _ => "",
    };
    Err((
        Some(node.start),
        format!("{whose} takes {wanted}, not {given}{hint}"),
    ))
}

fn call(nodes: &[Node], function: Function, arguments: &[NodeId]) -> Result<ValueType, Wrong> {
    let Function {
        name, least, most, ..
    } = function;
    let count = arguments.len();
    if count < least || most.is_some_and(|most| count > most) {
        let wanted = match most {
            Some(most) if most == least => format!("{least} arguments"),
            Some(most) => format!("{least} to {most} arguments"),
            None => format!("{least} or more arguments"),
        };
        return fail(format!("`{name}` takes {wanted}, not {count}"));
    }
    for (position, argument) in arguments.iter().enumerate() {
        let Some(wanted) = function
            .arguments
            .get(position)
            .or(function.arguments.last())
        else {
            break;
        };
        expect(nodes, *argument, *wanted, &format!("`{name}`"))?;
    }
    if name == "info"
        && let Some(second) = arguments.get(1)
    {
        let node = &nodes[second.index()];
        let is_right =
            matches!(&node.expression, Expression::Selector(selector) if selector.name.is_none());
        if !is_right {
            let message = "the second argument of `info` is matchers in braces alone";
            return Err((Some(node.start), message.to_owned()));
        }
    }
    Ok(function.result)
}
