//! What follows an operand: ranges, subqueries, `offset`, `@`, `anchored` and `smoothed`.

use super::Fault;
use super::expression::{Expression, Modifiers, Node, NodeId};
use super::parser::Parser;
use super::token::{Keyword, Kind, Operator};

impl Parser<'_> {
    /// The operand with all that follows it.
    pub(super) fn postfix(&mut self, operand: NodeId) -> Result<NodeId, Fault> {
        let mut operand = operand;
        loop {
            match self.peek() {
                Kind::LeftBracket => operand = self.brackets(operand)?,
                Kind::Keyword(Keyword::Offset) => self.offset(operand)?,
                Kind::At => self.at(operand)?,
                Kind::Keyword(keyword @ (Keyword::Anchored | Keyword::Smoothed)) => {
                    self.extended(operand, keyword)?;
                }
                _ => return Ok(operand),
            }
        }
    }

    /// `[5m]` or `[1h:5m]`.
    fn brackets(&mut self, inner: NodeId) -> Result<NodeId, Fault> {
        let bracket = self.advance();
        let start = self.nodes[inner.index()].start;
        let range = self.positive_duration()?;
        if self.accept(Kind::Colon) {
            if self.peek() != Kind::RightBracket {
                self.positive_duration()?;
            }
            self.expect(Kind::RightBracket, "`]`")?;
            return self.add(
                start,
                Expression::Subquery {
                    inner,
                    modifiers: Modifiers::default(),
                },
            );
        }
        self.expect(Kind::RightBracket, "`:` or `]`")?;
        let message = match &self.nodes[inner.index()].expression {
            Expression::Selector(selector) if selector.modifiers.has_offset => {
                "`offset` stands behind the range"
            }
            Expression::Selector(selector) if selector.modifiers.is_fixed => {
                "`@` stands behind the range"
            }
            Expression::Selector(_) => {
                let selector = inner;
                return self.add(start, Expression::Range { selector, range });
            }
            _ => "only a selector has a range; other expressions have `[range:step]`",
        };
        self.fault(bracket.start, message)
    }

    /// The modifiers of a selector, range or subquery.
    fn modifiers(&mut self, operand: NodeId, name: &str) -> Result<&mut Modifiers, Fault> {
        let target = match &self.nodes[operand.index()].expression {
            Expression::Range { selector, .. } => *selector,
            Expression::Selector(_) | Expression::Subquery { .. } => operand,
            _ => {
                let start = self.nodes[operand.index()].start;
                let message = format!("{name} follows a selector, a range or a subquery alone");
                return self.fault(start, message);
            }
        };
        let text = self.text();
        let Node {
            expression, start, ..
        } = &mut self.nodes[target.index()];
        match expression {
            Expression::Selector(selector) => Ok(&mut selector.modifiers),
            Expression::Subquery { modifiers, .. } => Ok(modifiers),
            _ => Err(Fault::new(text, *start, "this has no modifiers")),
        }
    }

    fn offset(&mut self, operand: NodeId) -> Result<(), Fault> {
        let word = self.advance();
        let offset = self.offset_duration()?;
        let modifiers = self.modifiers(operand, "`offset`")?;
        if modifiers.has_offset {
            return self.fault(word.start, "there are two offsets");
        }
        modifiers.has_offset = offset != Some(0.0);
        Ok(())
    }

    fn at(&mut self, operand: NodeId) -> Result<(), Fault> {
        let sign = self.advance();
        match self.peek() {
            Kind::Keyword(Keyword::Start | Keyword::End) => {
                self.advance();
                self.expect(Kind::LeftParen, "`(`")?;
                self.expect(Kind::RightParen, "`)`")?;
            }
            Kind::Operator(Operator::Add | Operator::Subtract) | Kind::Number | Kind::Duration => {
                if matches!(self.peek(), Kind::Operator(_)) {
                    self.advance();
                }
                if !matches!(self.peek(), Kind::Number | Kind::Duration) {
                    return self.unexpected("a time");
                }
                let start = self.token().start;
                let seconds = self.number()?;
                // Times are kept in 64 bits.
                if !seconds.is_finite() || seconds.abs() >= 9_223_372_036_854_775_807.0 {
                    return self.fault(start, "the time is out of bounds");
                }
            }
            _ => return self.unexpected("a time, `start()` or `end()`"),
        }
        let modifiers = self.modifiers(operand, "`@`")?;
        if std::mem::replace(&mut modifiers.is_fixed, true) {
            return self.fault(sign.start, "there are two times behind `@`");
        }
        Ok(())
    }

    /// `anchored` or `smoothed`.
    fn extended(&mut self, operand: NodeId, keyword: Keyword) -> Result<(), Fault> {
        let word = self.advance();
        let name = format!("`{}`", self.text_of(word));
        if !self.features.ranges {
            return self.needs(word.start, &name, "promql-extended-range-selectors");
        }
        let target = match &self.nodes[operand.index()].expression {
            Expression::Range { selector, .. } => *selector,
            _ => operand,
        };
        let Expression::Selector(selector) = &mut self.nodes[target.index()].expression else {
            return self.fault(
                word.start,
                format!("{name} follows a selector or range alone"),
            );
        };
        match keyword {
            Keyword::Anchored => selector.is_anchored = true,
            _ => selector.is_smoothed = true,
        }
        if selector.is_anchored && selector.is_smoothed {
            return self.fault(word.start, "a selector is either anchored or smoothed");
        }
        Ok(())
    }
}
