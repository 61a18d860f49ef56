//! The macros of CEL: `all`, `exists`, `exists_one`, `filter`, `map` and their two-variable forms.

use super::SyntaxError;
use super::expression::{Comprehension, Expression, Macro, OptionalMap};
use super::parser::{Parsed, Parser};

/// Whether a method of this name is a macro.
pub(super) fn is_macro(name: &str) -> bool {
    kind(name).is_some() || matches!(name, "optMap" | "optFlatMap")
}

fn kind(name: &str) -> Option<Macro> {
    Some(match name {
        "all" => Macro::All,
        "exists" => Macro::Exists,
        "exists_one" | "existsOne" => Macro::ExistsOne,
        "filter" => Macro::Filter,
        "map" => Macro::Map,
        "transformList" => Macro::TransformList,
        "transformMap" => Macro::TransformMap,
        "transformMapEntry" => Macro::TransformMapEntry,
        "sortBy" => Macro::SortBy,
        _ => return None,
    })
}

/// Reads what follows `target.name(`.
pub(super) fn parse(parser: &mut Parser, target: Expression, name: &str) -> Parsed {
    let Some(kind) = kind(name) else {
        return optional_map(parser, target, name == "optFlatMap");
    };
    let mut variables = vec![parser.identifier()?];
    parser.demands(",")?;
    if let Some(second) = second_variable(parser) {
        variables.push(second);
    }
    let depth = parser.scope.len();
    parser.scope.extend(variables.iter().cloned());
    let bodies = parser.list(")");
    parser.scope.truncate(depth);
    let (predicate, transform) = roles(parser, kind, variables.len(), bodies?)?;
    Ok(Expression::Comprehension(Box::new(Comprehension {
        kind,
        range: target,
        variables,
        predicate,
        transform,
    })))
}

/// A second variable is a bare name before a comma that is not declared already.
fn second_variable(parser: &mut Parser) -> Option<String> {
    let mark = parser.mark();
    let name = parser.identifier().ok();
    let found = name
        .filter(|name| !parser.scope.contains(name) && !matches!(name.as_str(), "true" | "false"));
    if found.is_some() && parser.takes(",") {
        return found;
    }
    parser.rewind(mark);
    None
}

/// Whether a macro makes something of each key and value.
fn is_transform(kind: Macro) -> bool {
    matches!(
        kind,
        Macro::TransformList | Macro::TransformMap | Macro::TransformMapEntry
    )
}

type Roles = (Option<Expression>, Option<Expression>);

fn roles(
    parser: &Parser,
    kind: Macro,
    variables: usize,
    bodies: Vec<Expression>,
) -> Result<Roles, SyntaxError> {
    let mut bodies = bodies.into_iter();
    let (first, second, rest) = (bodies.next(), bodies.next(), bodies.next());
    let one_variable_only = matches!(kind, Macro::Filter | Macro::Map | Macro::SortBy);
    let two_variables_only = is_transform(kind);
    if rest.is_some()
        || (one_variable_only && variables == 2)
        || (two_variables_only && variables == 1)
    {
        return Err(parser.error("a macro has the wrong number of arguments"));
    }
    match (kind, first, second) {
        (Macro::SortBy, Some(key), None) => Ok((None, Some(key))),
        (kind, Some(transform), None) if kind == Macro::Map || is_transform(kind) => {
            Ok((None, Some(transform)))
        }
        (kind, Some(predicate), Some(transform)) if kind == Macro::Map || is_transform(kind) => {
            Ok((Some(predicate), Some(transform)))
        }
        (Macro::All | Macro::Exists | Macro::ExistsOne | Macro::Filter, Some(predicate), None) => {
            Ok((Some(predicate), None))
        }
        _ => Err(parser.error("a macro has the wrong number of arguments")),
    }
}

fn optional_map(parser: &mut Parser, target: Expression, flat: bool) -> Parsed {
    let variable = parser.identifier()?;
    parser.demands(",")?;
    parser.scope.push(variable.clone());
    let body = parser.expression();
    parser.scope.pop();
    parser.demands(")")?;
    let (operand, body) = (target, body?);
    Ok(Expression::OptionalMap(Box::new(OptionalMap {
        operand,
        variable,
        body,
        flat,
    })))
}
