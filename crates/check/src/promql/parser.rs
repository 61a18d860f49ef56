//! Puts the words of a query together.

use super::expression::{Expression, Grouping, Matching, Node, NodeId, Side};
use super::token::{Aggregation, Keyword, Kind, Operator, Token};
use super::{Fault, Features, Query, functions, literal, types};

/// How deep expressions may stand in each other. Queries of people stay below 30.
const DEEPEST: usize = 200;

/// The query that these words are.
pub(super) fn query(text: &str, tokens: &[Token], features: Features) -> Result<Query, Fault> {
    let mut parser = Parser {
        text,
        tokens,
        at: 0,
        depth: 0,
        nodes: Vec::new(),
        features,
    };
    if parser.peek() == Kind::End {
        return parser.fault(0, "there is no query");
    }
    let root = parser.expression(0)?;
    if parser.peek() != Kind::End {
        return parser.unexpected("an operator or the end");
    }
    if let Err((at, message)) = types::asks_for_something(&parser.nodes[root.index()]) {
        return parser.fault(at.unwrap_or(0), message);
    }
    Ok(Query {
        nodes: parser.nodes,
        root,
    })
}

pub(super) struct Parser<'t> {
    text: &'t str,
    tokens: &'t [Token],
    at: usize,
    depth: usize,
    pub(super) nodes: Vec<Node>,
    pub(super) features: Features,
}

impl<'t> Parser<'t> {
    /// The whole query.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    pub(super) fn token(&self) -> Token {
        let end = Token {
            kind: Kind::End,
            start: self.text.len(),
            end: self.text.len(),
        };
        self.tokens.get(self.at).copied().unwrap_or(end)
    }

    pub(super) fn peek(&self) -> Kind {
        self.token().kind
    }

    pub(super) fn peek_second(&self) -> Kind {
        self.tokens
            .get(self.at + 1)
            .map_or(Kind::End, |token| token.kind)
    }

    pub(super) fn advance(&mut self) -> Token {
        let token = self.token();
        self.at += 1;
        token
    }

    /// The next word, where it is this one.
    pub(super) fn accept(&mut self, kind: Kind) -> bool {
        let fits = self.peek() == kind;
        self.at += usize::from(fits);
        fits
    }

    pub(super) fn expect(&mut self, kind: Kind, name: &str) -> Result<Token, Fault> {
        if self.peek() == kind {
            Ok(self.advance())
        } else {
            self.unexpected(name)
        }
    }

    pub(super) fn text_of(&self, token: Token) -> &'t str {
        self.text.get(token.start..token.end).unwrap_or_default()
    }

    pub(super) fn fault<T>(&self, at: usize, message: impl Into<String>) -> Result<T, Fault> {
        Err(Fault::new(self.text, at, message))
    }

    pub(super) fn unexpected<T>(&self, wanted: &str) -> Result<T, Fault> {
        let token = self.token();
        let found = match token.kind {
            Kind::End => "the end".to_owned(),
            _ => format!("`{}`", self.text_of(token)),
        };
        self.fault(token.start, format!("{found} where {wanted} was expected"))
    }

    /// A construct that Prometheus takes with a flag alone.
    pub(super) fn needs<T>(&self, at: usize, what: &str, flag: &str) -> Result<T, Fault> {
        let message = format!("{what} needs Prometheus' flag --enable-feature={flag}");
        self.fault(at, message)
    }

    /// Adds a part, whose type is judged with it.
    pub(super) fn add(&mut self, start: usize, expression: Expression) -> Result<NodeId, Fault> {
        let value_type = types::of(&self.nodes, &expression)
            .map_err(|(at, message)| Fault::new(self.text, at.unwrap_or(start), message))?;
        let id = NodeId::new(self.nodes.len());
        self.nodes.push(Node {
            expression,
            value_type,
            start,
        });
        Ok(id)
    }

    /// Goes one level deeper.
    pub(super) fn nested<T>(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        if self.depth >= DEEPEST {
            return self.fault(
                self.token().start,
                format!("more than {DEEPEST} expressions stand in each other"),
            );
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    /// Operands joined by operators that bind at least as tightly as said.
    pub(super) fn expression(&mut self, least: u8) -> Result<NodeId, Fault> {
        self.nested(|parser| {
            let mut left = parser.operand()?;
            loop {
                let (Kind::Operator(operator) | Kind::Keyword(Keyword::Operator(operator))) =
                    parser.peek()
                else {
                    return Ok(left);
                };
                let precedence = operator.precedence();
                if precedence < least {
                    return Ok(left);
                }
                parser.advance();
                let matching = parser.matching()?;
                // All but powers group from the left.
                let next = precedence + u8::from(operator != Operator::Power);
                let right = parser.expression(next)?;
                let start = parser.nodes[left.index()].start;
                let binary = Expression::Binary {
                    operator,
                    left,
                    right,
                    matching,
                };
                left = parser.add(start, binary)?;
            }
        })
    }

    /// A sign before an operand binds as `*` does; whatever follows an operand binds more tightly.
    fn operand(&mut self) -> Result<NodeId, Fault> {
        let token = self.token();
        if let Kind::Operator(sign @ (Operator::Add | Operator::Subtract)) = token.kind {
            self.advance();
            let inner = self.expression(Operator::Power.precedence())?;
            if let Expression::Number(value) = &mut self.nodes[inner.index()].expression {
                if sign == Operator::Subtract {
                    *value = -*value;
                }
                self.nodes[inner.index()].start = token.start;
                return Ok(inner);
            }
            return self.add(token.start, Expression::Unary(inner));
        }
        let primary = self.primary()?;
        self.postfix(primary)
    }

    fn primary(&mut self) -> Result<NodeId, Fault> {
        let token = self.token();
        match token.kind {
            Kind::LeftParen => {
                self.advance();
                let inner = self.expression(0)?;
                self.expect(Kind::RightParen, "an operator or `)`")?;
                self.add(token.start, Expression::Parentheses(inner))
            }
            Kind::Number | Kind::Duration => {
                let value = self.number()?;
                self.add(token.start, Expression::Number(value))
            }
            Kind::Text => {
                self.advance();
                let text = literal::text(self.text_of(token));
                self.add(token.start, Expression::Text(text))
            }
            Kind::Identifier if self.peek_second() == Kind::LeftParen => self.call(),
            Kind::LeftBrace | Kind::MetricName | Kind::Identifier => self.selector(),
            Kind::Keyword(keyword) => self.keyword(keyword),
            _ => self.unexpected("an expression"),
        }
    }

    fn keyword(&mut self, keyword: Keyword) -> Result<NodeId, Fault> {
        let next = self.peek_second();
        let is_grouped = matches!(
            next,
            Kind::LeftParen | Kind::Keyword(Keyword::By | Keyword::Without)
        );
        match keyword {
            Keyword::Aggregation(aggregation) if is_grouped => self.aggregate(aggregation),
            keyword if keyword.is_function() && next == Kind::LeftParen => self.call(),
            keyword if keyword.may_be_metric() => self.selector(),
            _ => self.unexpected("an expression"),
        }
    }

    /// The value of a number or duration.
    pub(super) fn number(&mut self) -> Result<f64, Fault> {
        let token = self.advance();
        let text = self.text_of(token);
        let (value, name) = match token.kind {
            Kind::Number => (literal::number(text), "number"),
            Kind::Duration => (literal::duration(text), "duration"),
            _ => (None, "number"),
        };
        match value {
            Some(value) => Ok(value),
            None => self.fault(token.start, format!("`{text}` is no {name}")),
        }
    }

    fn call(&mut self) -> Result<NodeId, Fault> {
        let token = self.advance();
        let name = self.text_of(token);
        let Some(function) = functions::find(name) else {
            let near = match name {
                // Its name before Prometheus 3.
                "holt_winters" => Some("double_exponential_smoothing"),
                _ => crate::syntax::nearest(name, functions::names()),
            };
            let help = near.map(|near| format!("; did you mean `{near}`?"));
            let message = format!("there is no function `{name}`{}", help.unwrap_or_default());
            return self.fault(token.start, message);
        };
        if function.is_experimental && !self.features.functions {
            return self.needs(
                token.start,
                &format!("the function `{name}`"),
                "promql-experimental-functions",
            );
        }
        let arguments = self.arguments()?;
        self.add(
            token.start,
            Expression::Call {
                function,
                arguments,
            },
        )
    }

    /// Expressions between parentheses.
    fn arguments(&mut self) -> Result<Vec<NodeId>, Fault> {
        self.expect(Kind::LeftParen, "`(`")?;
        let mut arguments = Vec::new();
        if self.accept(Kind::RightParen) {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.expression(0)?);
            if self.accept(Kind::RightParen) {
                return Ok(arguments);
            }
            self.expect(Kind::Comma, "`,` or `)`")?;
        }
    }

    fn aggregate(&mut self, aggregation: Aggregation) -> Result<NodeId, Fault> {
        let token = self.advance();
        let name = self.text_of(token);
        let before = self.grouping()?;
        let mut arguments = self.arguments()?;
        let grouping = match before {
            Some(grouping) => grouping,
            None => self.grouping()?.unwrap_or(Grouping::By(Vec::new())),
        };
        if aggregation.is_experimental() && !self.features.functions {
            let what = format!("the aggregation `{name}`");
            return self.needs(token.start, &what, "promql-experimental-functions");
        }
        let wanted = 1 + usize::from(aggregation.has_parameter());
        let inner = arguments.pop();
        match inner {
            Some(inner) if arguments.len() + 1 == wanted => self.add(
                token.start,
                Expression::Aggregate {
                    aggregation,
                    grouping,
                    parameter: arguments.pop(),
                    inner,
                },
            ),
            inner => {
                let count = arguments.len() + usize::from(inner.is_some());
                let message = format!("`{name}` takes {wanted} arguments, not {count}");
                self.fault(token.start, message)
            }
        }
    }

    /// `by (…)` or `without (…)`.
    fn grouping(&mut self) -> Result<Option<Grouping>, Fault> {
        if self.accept(Kind::Keyword(Keyword::By)) {
            return Ok(Some(Grouping::By(self.labels()?)));
        }
        if self.accept(Kind::Keyword(Keyword::Without)) {
            return Ok(Some(Grouping::Without(self.labels()?)));
        }
        Ok(None)
    }

    /// Names of labels between parentheses.
    fn labels(&mut self) -> Result<Vec<String>, Fault> {
        self.expect(Kind::LeftParen, "`(`")?;
        let mut labels = Vec::new();
        loop {
            if (labels.is_empty() || self.previous() == Kind::Comma)
                && self.peek() == Kind::RightParen
            {
                self.advance();
                return Ok(labels);
            }
            let token = self.token();
            let name = match token.kind {
                Kind::Identifier | Kind::MetricName => self.text_of(token).to_owned(),
                Kind::Keyword(keyword) if keyword.may_be_label() => self.text_of(token).to_owned(),
                Kind::Text => literal::text(self.text_of(token)),
                _ => return self.unexpected("the name of a label"),
            };
            if name.is_empty() {
                return self.fault(token.start, "a label has an empty name");
            }
            self.advance();
            labels.push(name);
            if self.accept(Kind::RightParen) {
                return Ok(labels);
            }
            self.expect(Kind::Comma, "`,` or `)`")?;
        }
    }

    fn previous(&self) -> Kind {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.map_or(Kind::End, |token| token.kind)
    }

    /// `bool`, `on (…)`, `group_left (…)` and what else stands behind an operator.
    fn matching(&mut self) -> Result<Matching, Fault> {
        let mut matching = Matching {
            returns_bool: self.accept(Kind::Keyword(Keyword::Bool)),
            ..Matching::default()
        };
        if self.accept(Kind::Keyword(Keyword::On)) {
            matching.labels = Some((true, self.labels()?));
        } else if self.accept(Kind::Keyword(Keyword::Ignoring)) {
            matching.labels = Some((false, self.labels()?));
        }
        if matching.labels.is_some() {
            let side = match self.peek() {
                Kind::Keyword(Keyword::GroupLeft) => Some(Side::Left),
                Kind::Keyword(Keyword::GroupRight) => Some(Side::Right),
                _ => None,
            };
            if let Some(side) = side {
                self.advance();
                let has_labels = self.peek() == Kind::LeftParen;
                let labels = if has_labels {
                    self.labels()?
                } else {
                    Vec::new()
                };
                matching.group = Some((side, labels));
            }
        }
        self.fills(&mut matching)?;
        Ok(matching)
    }

    /// `fill (…)`, or one of each side.
    fn fills(&mut self, matching: &mut Matching) -> Result<(), Fault> {
        let start = self.token().start;
        let mut allowed = vec![Keyword::Fill, Keyword::FillLeft, Keyword::FillRight];
        while let Kind::Keyword(keyword) = self.peek()
            && allowed.contains(&keyword)
        {
            self.advance();
            self.expect(Kind::LeftParen, "`(`")?;
            if !self.accept(Kind::Operator(Operator::Add)) {
                self.accept(Kind::Operator(Operator::Subtract));
            }
            if !matches!(self.peek(), Kind::Number | Kind::Duration) {
                return self.unexpected("a number");
            }
            self.number()?;
            self.expect(Kind::RightParen, "`)`")?;
            matching.fills = true;
            allowed.retain(|other| *other != keyword && *other != Keyword::Fill);
            if keyword == Keyword::Fill {
                allowed.clear();
            }
        }
        if matching.fills && !self.features.fills {
            return self.needs(start, "`fill`", "promql-binop-fill-modifiers");
        }
        Ok(())
    }
}
