//! From the text of a CEL rule to its syntax tree.

use super::SyntaxError;
use super::expression::{Expression, FieldName, Literal, Operator};
use super::functions;
use super::lexer::{Token, tokens};
use super::macros;

/// Rules nested deeper than this are refused instead of exhausting the stack.
const DEEPEST: usize = 200;

/// Rules with more operators and steps into values than this are refused for the same reason: each stands in the next.
const LONGEST: usize = 1_500;

const TYPE_NAMES: [&str; 10] = [
    "int",
    "uint",
    "double",
    "bool",
    "string",
    "bytes",
    "list",
    "map",
    "null_type",
    "type",
];

pub(super) type Parsed = Result<Expression, SyntaxError>;

/// The state of reading one rule.
pub(super) struct Parser {
    tokens: Vec<(usize, Token)>,
    position: usize,
    depth: usize,
    links: usize,
    /// Names in scope: `self`, `oldSelf` and the variables of the macros around.
    pub(super) scope: Vec<String>,
    pub(super) uses_old_self: bool,
}

impl Parser {
    /// A reader of this rule, in which `variables` are declared.
    pub(super) fn new(source: &str, variables: &[&str]) -> Result<Self, SyntaxError> {
        let scope = variables.iter().map(|&name| name.to_owned()).collect();
        Ok(Self {
            tokens: tokens(source)?,
            position: 0,
            depth: 0,
            links: 0,
            scope,
            uses_old_self: false,
        })
    }

    /// The whole rule.
    pub(super) fn rule(&mut self) -> Parsed {
        let expression = self.expression()?;
        match self.peek() {
            Token::End => Ok(expression),
            other => Err(self.error(format!("unexpected {}", describe(other)))),
        }
    }

    /// An error at the present token.
    pub(super) fn error(&self, message: impl Into<String>) -> SyntaxError {
        SyntaxError {
            at: self.tokens.get(self.position).map_or(0, |token| token.0),
            message: message.into(),
        }
    }

    fn peek(&self) -> &Token {
        self.tokens
            .get(self.position)
            .map_or(&Token::End, |token| &token.1)
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.position += 1;
        token
    }

    fn accept(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), Token::Symbol(present) if *present == symbol);
        self.position += usize::from(found);
        found
    }

    fn require(&mut self, symbol: &str) -> Result<(), SyntaxError> {
        if self.accept(symbol) {
            Ok(())
        } else {
            Err(self.error(format!(
                "expected `{symbol}`, found {}",
                describe(self.peek())
            )))
        }
    }

    /// Counts what makes the tree higher without being nested.
    fn link(&mut self) -> Result<(), SyntaxError> {
        self.links += 1;
        if self.links > LONGEST {
            return Err(self.error("the rule is too long"));
        }
        Ok(())
    }

    /// `condition ? then : otherwise`, and all that binds closer.
    pub(super) fn expression(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error("the rule is nested too deeply"));
        }
        let condition = self.binary(0)?;
        let expression = if self.accept("?") {
            let then = Box::new(self.binary(0)?);
            self.require(":")?;
            let otherwise = Box::new(self.expression()?);
            Expression::Conditional(Box::new(condition), then, otherwise)
        } else {
            condition
        };
        self.depth -= 1;
        Ok(expression)
    }

    fn binary(&mut self, least: u8) -> Parsed {
        let mut left = self.unary()?;
        while let Some((operator, strength)) = self.operator().filter(|found| found.1 >= least) {
            self.position += 1;
            self.link()?;
            let right = self.binary(strength + 1)?;
            left = Expression::Binary(operator, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn operator(&self) -> Option<(Operator, u8)> {
        let found = match self.peek() {
            Token::Identifier(word) if word == "in" => (Operator::In, 2),
            Token::Symbol(symbol) => match *symbol {
                "||" => (Operator::Or, 0),
                "&&" => (Operator::And, 1),
                "==" => (Operator::Equal, 2),
                "!=" => (Operator::NotEqual, 2),
                "<" => (Operator::Less, 2),
                "<=" => (Operator::LessOrEqual, 2),
                ">" => (Operator::Greater, 2),
                ">=" => (Operator::GreaterOrEqual, 2),
                "+" => (Operator::Add, 3),
                "-" => (Operator::Subtract, 3),
                "*" => (Operator::Multiply, 4),
                "/" => (Operator::Divide, 4),
                "%" => (Operator::Remainder, 4),
                _ => return None,
            },
            _ => return None,
        };
        Some(found)
    }

    fn unary(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error("the rule is nested too deeply"));
        }
        let expression = if self.accept("!") {
            Expression::Not(Box::new(self.unary()?))
        } else if self.accept("-") {
            self.negative()?
        } else {
            self.member()?
        };
        self.depth -= 1;
        Ok(expression)
    }

    fn negative(&mut self) -> Parsed {
        if let Token::Integer(magnitude) = *self.peek() {
            let value = 0_i64
                .checked_sub_unsigned(magnitude)
                .ok_or_else(|| self.error("the number is out of range"))?;
            self.position += 1;
            return self.members(Expression::Literal(Literal::Integer(value)));
        }
        Ok(Expression::Negate(Box::new(self.unary()?)))
    }

    fn member(&mut self) -> Parsed {
        let primary = self.primary()?;
        self.members(primary)
    }

    fn members(&mut self, mut operand: Expression) -> Parsed {
        loop {
            if self.accept(".") {
                self.link()?;
                let optional = self.accept("?");
                let name = self.identifier()?;
                operand = if !optional && self.accept("(") {
                    self.method(operand, &name)?
                } else {
                    Expression::Select(Box::new(operand), FieldName::written(name), optional)
                };
            } else if self.accept("[") {
                self.link()?;
                let optional = self.accept("?");
                let index = Box::new(self.expression()?);
                self.require("]")?;
                operand = Expression::Index(Box::new(operand), index, optional);
            } else {
                return Ok(operand);
            }
        }
    }

    pub(super) fn identifier(&mut self) -> Result<String, SyntaxError> {
        match self.next() {
            Token::Identifier(name) => Ok(name),
            other => {
                self.position -= 1;
                Err(self.error(format!("expected a name, found {}", describe(&other))))
            }
        }
    }

    fn primary(&mut self) -> Parsed {
        let at = self.position;
        let literal = match self.next() {
            Token::Integer(value) => Literal::Integer(
                i64::try_from(value).map_err(|_| self.error("the number is out of range"))?,
            ),
            Token::Unsigned(value) => Literal::Unsigned(value),
            Token::Double(value) => Literal::Double(value),
            Token::Text(text) => Literal::Text(text),
            Token::Bytes(bytes) => Literal::Bytes(bytes),
            Token::Identifier(name) => return self.name(name),
            Token::Symbol("(") => {
                let inner = self.expression()?;
                self.require(")")?;
                return Ok(inner);
            }
            Token::Symbol("[") => return Ok(Expression::List(self.list("]")?)),
            Token::Symbol("{") => return self.map(),
            other => {
                self.position = at;
                return Err(self.error(format!("unexpected {}", describe(&other))));
            }
        };
        Ok(Expression::Literal(literal))
    }

    /// Comma-separated expressions up to `end`; a comma before the end is allowed.
    pub(super) fn list(&mut self, end: &str) -> Result<Vec<Expression>, SyntaxError> {
        let mut items = Vec::new();
        while !self.accept(end) {
            items.push(self.expression()?);
            if !self.accept(",") {
                self.require(end)?;
                break;
            }
        }
        Ok(items)
    }

    fn map(&mut self) -> Parsed {
        let mut entries = Vec::new();
        while !self.accept("}") {
            let key = self.expression()?;
            self.require(":")?;
            entries.push((key, self.expression()?));
            if !self.accept(",") {
                self.require("}")?;
                break;
            }
        }
        Ok(Expression::Map(entries))
    }

    fn name(&mut self, name: String) -> Parsed {
        match name.as_str() {
            "true" => return Ok(Expression::Literal(Literal::Boolean(true))),
            "false" => return Ok(Expression::Literal(Literal::Boolean(false))),
            "null" => return Ok(Expression::Literal(Literal::Null)),
            _ => {}
        }
        if self.accept("(") {
            if name == "has" {
                return self.has();
            }
            let arguments = self.list(")")?;
            return self.call(&name, arguments, functions::Style::Global);
        }
        if self.scope.contains(&name) {
            self.uses_old_self |= name == "oldSelf";
            return Ok(Expression::Variable(name));
        }
        if let Some(type_name) = TYPE_NAMES.into_iter().find(|known| *known == name) {
            return Ok(Expression::TypeName(type_name));
        }
        self.qualified(&name)
    }

    /// A function in a name space, as in `ip.isCanonical(self)`.
    fn qualified(&mut self, space: &str) -> Parsed {
        if functions::is_space(space) && self.accept(".") {
            let name = format!("{space}.{}", self.identifier()?);
            self.require("(")?;
            let arguments = self.list(")")?;
            return self.call(&name, arguments, functions::Style::Global);
        }
        Err(self.error(format!("unknown name `{space}`")))
    }

    fn has(&mut self) -> Parsed {
        let argument = self.expression()?;
        self.require(")")?;
        match argument {
            Expression::Select(operand, field, false) => Ok(Expression::Has(operand, field)),
            _ => Err(self.error("`has` takes a field, as in `has(self.x)`")),
        }
    }

    fn method(&mut self, target: Expression, name: &str) -> Parsed {
        if macros::is_macro(name) {
            return macros::parse(self, target, name);
        }
        let mut arguments = vec![target];
        arguments.extend(self.list(")")?);
        self.call(name, arguments, functions::Style::Member)
    }

    fn call(&self, name: &str, arguments: Vec<Expression>, style: functions::Style) -> Parsed {
        match functions::find(name, style, arguments.len()) {
            Some(function) => Ok(Expression::Call(function, arguments)),
            None => Err(self.error(format!(
                "unknown function `{name}` with {} arguments",
                arguments.len()
            ))),
        }
    }

    /// Whether `symbol` comes next; it is taken if so.
    pub(super) fn takes(&mut self, symbol: &str) -> bool {
        self.accept(symbol)
    }

    /// Takes `symbol` or fails.
    pub(super) fn demands(&mut self, symbol: &str) -> Result<(), SyntaxError> {
        self.require(symbol)
    }

    /// Where the reader stands, to come back to with [`Parser::rewind`].
    pub(super) fn mark(&self) -> usize {
        self.position
    }

    /// Goes back to a mark.
    pub(super) fn rewind(&mut self, mark: usize) {
        self.position = mark;
    }
}

fn describe(token: &Token) -> String {
    match token {
        Token::End => "the end".to_owned(),
        Token::Identifier(name) => format!("`{name}`"),
        Token::Symbol(symbol) => format!("`{symbol}`"),
        Token::Integer(value) | Token::Unsigned(value) => format!("`{value}`"),
        Token::Double(value) => format!("`{value}`"),
        Token::Text(_) | Token::Bytes(_) => "a string".to_owned(),
    }
}
