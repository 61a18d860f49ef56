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

/// Why the server would not compile an expression in which these names are declared.
pub(crate) fn complaint(expression: &str, declared: &[&str], wanted: Wanted) -> Option<String> {
    let read = Parser::new(expression, declared).and_then(|mut parser| parser.rule());
    let expression = match read {
        Ok(expression) => expression,
        // The server may have functions that are not known here.
        Err(error) if error.message.starts_with("unknown function") => return None,
        Err(error) => return Some(error.to_string()),
    };
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
    use super::{Wanted, complaint};

    #[test]
    fn what_the_server_would_not_compile_is_told() {
        let declared = ["object", "oldObject"];
        for good in [
            "true",
            "object.spec.replicas <= 5",
            "object.metadata.name.startsWith('a') && has(object.spec)",
            "object.items.all(item, item.ok)",
            "object.ready",
            "object.isSomethingThatOnlyTheServerKnows()",
        ] {
            assert_eq!(complaint(good, &declared, Wanted::Boolean), None, "{good}");
        }
        for bad in [
            "1",
            "'a'",
            "self.a",
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
