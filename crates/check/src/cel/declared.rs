//! Would the API server compile an expression? Names that nobody declared, wrong syntax and a value of the wrong type
//! are told; what only a full check of types would find is not.

use super::expression::{Expression, Literal, Macro, Operator};
use super::parser::Parser;

/// The type that an expression must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Boolean,
    Text,
    Any,
}

/// What an expression may name.
#[derive(Clone, Copy)]
pub(crate) struct Names<'n> {
    /// The names that are declared.
    pub(crate) declared: &'n [&'n str],
    /// The fields of the name `variables`.
    pub(crate) variables: &'n [&'n str],
}

/// Why the server would not compile an expression in which these names are declared.
pub(crate) fn complaint(expression: &str, names: Names<'_>, wanted: Wanted) -> Option<String> {
    let declared = names.declared;
    let read = Parser::new(expression, declared).and_then(|mut parser| parser.rule());
    let expression = match read {
        Ok(expression) => expression,
        // The server may have functions that are not known here.
        Err(error) if error.message.starts_with("unknown function") => return None,
        Err(error) => return Some(error.to_string()),
    };
    if let Some(name) = undefined(&expression, names.variables) {
        return Some(format!("there is no variable `{name}`"));
    }
    if wanted == Wanted::Boolean && matches!(expression, Expression::Binary(Operator::Add, ..)) {
        return Some("a sum is neither true nor false".to_owned());
    }
    let found = type_of(&expression)?;
    let fits = match wanted {
        Wanted::Any => true,
        Wanted::Boolean => found == Type::Boolean,
        Wanted::Text => found == Type::Text,
    };
    (!fits).then(|| match wanted {
        Wanted::Boolean => "it must be true or false".to_owned(),
        Wanted::Text | Wanted::Any => "it must be a string".to_owned(),
    })
}

/// A field of `variables` that is not among them.
fn undefined<'e>(expression: &'e Expression, variables: &[&str]) -> Option<&'e str> {
    let of = |inner: &'e Expression| undefined(inner, variables);
    match expression {
        Expression::Select(inner, name, _) | Expression::Has(inner, name) => {
            let is_named = matches!(&**inner, Expression::Variable(of) if of == "variables");
            if is_named && !variables.contains(&name.written.as_str()) {
                return Some(&name.written);
            }
            of(inner)
        }
        Expression::Not(inner) | Expression::Negate(inner) => of(inner),
        Expression::Index(left, right, _) | Expression::Binary(_, left, right) => {
            of(left).or_else(|| of(right))
        }
        Expression::Conditional(condition, then, otherwise) => {
            of(condition).or_else(|| of(then)).or_else(|| of(otherwise))
        }
        Expression::Call(_, items) | Expression::List(items) => items.iter().find_map(of),
        Expression::Map(entries) => entries
            .iter()
            .find_map(|(key, value)| of(key).or_else(|| of(value))),
        Expression::Comprehension(inner) => of(&inner.range)
            .or_else(|| inner.predicate.as_ref().and_then(of))
            .or_else(|| inner.transform.as_ref().and_then(of)),
        Expression::OptionalMap(inner) => of(&inner.operand).or_else(|| of(&inner.body)),
        Expression::Literal(_) | Expression::Variable(_) | Expression::TypeName(_) => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Boolean,
    Text,
    Other,
}

/// The type of an expression, where its outermost part tells it.
fn type_of(expression: &Expression) -> Option<Type> {
    Some(match expression {
        Expression::Literal(Literal::Boolean(_)) | Expression::Has(..) | Expression::Not(_) => {
            Type::Boolean
        }
        Expression::Literal(Literal::Text(_)) => Type::Text,
        Expression::Literal(_)
        | Expression::List(_)
        | Expression::Map(_)
        | Expression::Negate(_) => Type::Other,
        Expression::Binary(operator, left, _) => match operator {
            Operator::And
            | Operator::Or
            | Operator::Equal
            | Operator::NotEqual
            | Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual
            | Operator::In => Type::Boolean,
            Operator::Add => return type_of(left),
            Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Remainder => {
                Type::Other
            }
        },
        Expression::Conditional(_, then, otherwise) => {
            return type_of(then).filter(|then| type_of(otherwise) == Some(*then));
        }
        Expression::Comprehension(comprehension) => match comprehension.kind {
            Macro::All | Macro::Exists | Macro::ExistsOne => Type::Boolean,
            _ => Type::Other,
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Names, Wanted};

    fn complaint(expression: &str, declared: &[&str], wanted: Wanted) -> Option<String> {
        let variables = &["a"];
        super::complaint(
            expression,
            Names {
                declared,
                variables,
            },
            wanted,
        )
    }

    #[test]
    fn what_the_server_would_not_compile_is_told() {
        let declared = ["object", "oldObject", "variables"];
        for good in [
            "true",
            "object.spec.replicas <= 5",
            "object.metadata.name.startsWith('a') && has(object.spec)",
            "object.items.all(item, item.ok)",
            "object.ready",
            "variables.a && has(variables.a)",
            "object.isSomethingThatOnlyTheServerKnows()",
        ] {
            assert_eq!(complaint(good, &declared, Wanted::Boolean), None, "{good}");
        }
        for bad in [
            "1",
            "'a'",
            "self.a",
            "variables.b",
            "object.list.all(item, item == variables.b)",
            "object.a + object.b",
            "web",
            "a..b",
            "object.a ==",
            "[true]",
            "-1",
            "",
        ] {
            assert!(
                complaint(bad, &declared, Wanted::Boolean).is_some(),
                "{bad}"
            );
        }
        assert!(complaint("1", &[], Wanted::Text).is_some());
        assert_eq!(complaint("'a' + object.b", &declared, Wanted::Text), None);
    }
}
