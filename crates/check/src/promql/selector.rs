//! Selectors: the name of a metric and what its labels have to be.

use super::expression::{Expression, Match, Matcher, NodeId, Selector};
use super::parser::Parser;
use super::token::{Kind, Operator};
use super::{Fault, literal, regex};

impl Parser<'_> {
    /// A name, matchers in braces, or both.
    pub(super) fn selector(&mut self) -> Result<NodeId, Fault> {
        let token = self.token();
        let mut selector = Selector::default();
        if token.kind != Kind::LeftBrace {
            selector.name = Some(self.text_of(token).to_owned());
            self.advance();
        }
        if self.accept(Kind::LeftBrace) {
            selector.matchers = self.matchers()?;
        }
        // That something is selected is judged where the selector stands: `info` takes one that selects nothing.
        self.add(token.start, Expression::Selector(selector))
    }

    fn matchers(&mut self) -> Result<Vec<Matcher>, Fault> {
        let mut matchers = Vec::new();
        loop {
            if self.accept(Kind::RightBrace) {
                return Ok(matchers);
            }
            matchers.push(self.matcher()?);
            if self.accept(Kind::RightBrace) {
                return Ok(matchers);
            }
            self.expect(Kind::Comma, "`,` or `}`")?;
        }
    }

    fn matcher(&mut self) -> Result<Matcher, Fault> {
        let token = self.token();
        let label = match token.kind {
            Kind::Identifier => self.text_of(token).to_owned(),
            Kind::Text => literal::text(self.text_of(token)),
            _ => return self.unexpected("the name of a label or `}`"),
        };
        self.advance();
        let match_type = match self.peek() {
            Kind::Equal => Match::Equal,
            Kind::Operator(Operator::NotEqual) => Match::NotEqual,
            Kind::Matches => Match::Regex,
            Kind::MatchesNot => Match::NotRegex,
            _ if token.kind == Kind::Text => {
                return Ok(Matcher {
                    label: "__name__".to_owned(),
                    match_type: Match::Equal,
                    value: label,
                });
            }
            _ => return self.unexpected("`=`, `!=`, `=~` or `!~`"),
        };
        self.advance();
        let quoted = self.expect(Kind::Text, "a text in quotes")?;
        let value = literal::text(self.text_of(quoted));
        if matches!(match_type, Match::Regex | Match::NotRegex)
            && let Err(message) = regex::judge(&value)
        {
            let message = format!("`{value}` is no regular expression: {message}");
            return self.fault(quoted.start, message);
        }
        Ok(Matcher {
            label,
            match_type,
            value,
        })
    }
}
