//! Durations of ranges and offsets, which may be arithmetic.

use super::Fault;
use super::parser::Parser;
use super::token::{Keyword, Kind, Operator};

/// What a duration comes to: seconds where it is a plain number, nothing where it is computed at run time.
type Seconds = Option<f64>;

/// The seconds that 63 bits of nanoseconds hold.
const LONGEST: f64 = 9_223_372_036.854_776;

impl Parser<'_> {
    /// A duration that is more than nothing.
    pub(super) fn positive_duration(&mut self) -> Result<Seconds, Fault> {
        let start = self.token().start;
        let seconds = self.duration(0)?;
        if seconds.is_some_and(|seconds| seconds <= 0.0) {
            return self.fault(start, "a duration has to be more than 0");
        }
        Ok(seconds)
    }

    /// What follows `offset`: one duration with or without a sign. Operators behind it are not part of it.
    pub(super) fn offset_duration(&mut self) -> Result<Seconds, Fault> {
        let signed = matches!(
            self.peek(),
            Kind::Operator(Operator::Add | Operator::Subtract)
        );
        let first = if signed {
            self.peek_second()
        } else {
            self.peek()
        };
        match first {
            Kind::LeftParen if !signed => self.duration(0),
            // Two signs make an expression.
            Kind::Operator(_) => self.duration(0),
            _ => self.duration_operand(),
        }
    }

    /// Durations joined by operators that bind at least as tightly as said.
    fn duration(&mut self, least: u8) -> Result<Seconds, Fault> {
        self.nested(|parser| {
            let mut left = parser.duration_operand()?;
            while let Kind::Operator(operator) = parser.peek() {
                let precedence = operator.precedence();
                let is_arithmetic = matches!(
                    operator,
                    Operator::Add
                        | Operator::Subtract
                        | Operator::Multiply
                        | Operator::Divide
                        | Operator::Modulo
                        | Operator::Power
                );
                if !is_arithmetic || precedence < least {
                    break;
                }
                let sign = parser.advance();
                let right = parser.duration(precedence + u8::from(operator != Operator::Power))?;
                if matches!(operator, Operator::Divide | Operator::Modulo) && right == Some(0.0) {
                    return parser.fault(sign.start, "a duration is divided by 0");
                }
                left = None;
            }
            Ok(left)
        })
    }

    fn duration_operand(&mut self) -> Result<Seconds, Fault> {
        let token = self.token();
        match token.kind {
            Kind::Operator(sign @ (Operator::Add | Operator::Subtract)) => {
                self.advance();
                let tight = Operator::Power.precedence();
                let is_literal = matches!(self.peek(), Kind::Number | Kind::Duration);
                let inner = if is_literal {
                    self.duration_operand()?
                } else {
                    self.duration(tight)?
                };
                let factor = if sign == Operator::Subtract {
                    -1.0
                } else {
                    1.0
                };
                Ok(inner.map(|seconds| factor * seconds))
            }
            Kind::Number | Kind::Duration => {
                let seconds = self.number()?;
                if seconds.abs() > LONGEST {
                    return self.fault(token.start, "the duration is too long");
                }
                Ok(Some(seconds))
            }
            Kind::LeftParen => {
                self.advance();
                let inner = self.duration(0)?;
                self.expect(Kind::RightParen, "`)`")?;
                Ok(inner)
            }
            Kind::Keyword(Keyword::Step | Keyword::Range) => {
                self.advance();
                self.expect(Kind::LeftParen, "`(`")?;
                self.expect(Kind::RightParen, "`)`")?;
                Ok(None)
            }
            Kind::Keyword(Keyword::MaxOf | Keyword::MinOf) => {
                self.advance();
                self.expect(Kind::LeftParen, "`(`")?;
                self.duration(0)?;
                self.expect(Kind::Comma, "`,`")?;
                self.duration(0)?;
                self.expect(Kind::RightParen, "`)`")?;
                Ok(None)
            }
            _ => self.unexpected("a duration"),
        }
    }
}
