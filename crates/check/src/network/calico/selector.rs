//! Calico's selector language: `app == 'web' && !has(legacy) || tier in {'a', 'b'}`.

use std::fmt;

/// How deep parentheses and negations may nest.
const DEPTH: usize = 64;

/// A selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Selector {
    /// `all()`, or nothing at all.
    All,
    /// `global()`: what is in no namespace.
    Global,
    /// `has(key)`
    Has(String),
    /// `key == 'value'` and the like.
    Compare(String, Comparison, Vec<String>),
    /// `!…`
    Not(Box<Self>),
    /// `… && …`
    And(Vec<Self>),
    /// `… || …`
    Or(Vec<Self>),
}

/// How the value of a label is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// `==` and `in`: one of the values.
    In,
    /// `!=` and `not in`: none of the values, or no such label.
    NotIn,
    /// `contains`
    Contains,
    /// `starts with`
    StartsWith,
    /// `ends with`
    EndsWith,
}

/// Why a text is no selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misread {
    /// Where in the text, in bytes.
    at: usize,
    expected: &'static str,
}

impl fmt::Display for Misread {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "expected {} at position {}",
            self.expected,
            self.at + 1
        )
    }
}

impl Selector {
    /// Reads a selector.
    pub(crate) fn parse(text: &str) -> Result<Self, Misread> {
        let mut reader = Reader { text, at: 0 };
        reader.space();
        if reader.rest().is_empty() {
            return Ok(Self::All);
        }
        let selector = reader.any(0)?;
        if reader.rest().is_empty() {
            Ok(selector)
        } else {
            Err(reader.expected("`&&`, `||` or the end"))
        }
    }

    /// Whether something with these labels is meant; `is_global` says whether it is in no namespace.
    pub(crate) fn holds<'l>(
        &self,
        label: &dyn Fn(&str) -> Option<&'l str>,
        is_global: bool,
    ) -> bool {
        match self {
            Self::All => true,
            Self::Global => is_global,
            Self::Has(key) => label(key).is_some(),
            Self::Not(inner) => !inner.holds(label, is_global),
            Self::And(parts) => parts.iter().all(|part| part.holds(label, is_global)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(label, is_global)),
            Self::Compare(key, comparison, values) => {
                let is = |test: fn(&str, &str) -> bool| {
                    label(key).is_some_and(|found| values.iter().any(|value| test(found, value)))
                };
                match comparison {
                    Comparison::In => is(|found, value| found == value),
                    Comparison::NotIn => !is(|found, value| found == value),
                    Comparison::Contains => is(|found, value| found.contains(value)),
                    Comparison::StartsWith => is(|found, value| found.starts_with(value)),
                    Comparison::EndsWith => is(|found, value| found.ends_with(value)),
                }
            }
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn expected(&self, expected: &'static str) -> Misread {
        Misread {
            at: self.at,
            expected,
        }
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Takes a sign and the space behind it.
    fn takes(&mut self, sign: &str) -> bool {
        let is_next = self.rest().starts_with(sign);
        if is_next {
            self.at += sign.len();
            self.space();
        }
        is_next
    }

    /// Takes words that stand apart by any space: `not in`.
    fn takes_words(&mut self, words: &[&str]) -> bool {
        let before = self.at;
        for word in words {
            let ends = |rest: &str| !rest.starts_with(|next: char| is_of_label(next));
            let next = self.rest().strip_prefix(word).filter(|rest| ends(rest));
            if next.is_none() {
                self.at = before;
                return false;
            }
            self.at += word.len();
            self.space();
        }
        true
    }

    fn any(&mut self, depth: usize) -> Result<Selector, Misread> {
        let mut parts = vec![self.every(depth)?];
        while self.takes("||") {
            parts.push(self.every(depth)?);
        }
        Ok(one_or(parts, Selector::Or))
    }

    fn every(&mut self, depth: usize) -> Result<Selector, Misread> {
        let mut parts = vec![self.operation(depth)?];
        while self.takes("&&") {
            parts.push(self.operation(depth)?);
        }
        Ok(one_or(parts, Selector::And))
    }

    fn operation(&mut self, depth: usize) -> Result<Selector, Misread> {
        if depth > DEPTH {
            return Err(self.expected("less nesting"));
        }
        if self.takes("!") {
            return Ok(Selector::Not(Box::new(self.operation(depth + 1)?)));
        }
        if self.takes("(") {
            let inner = self.any(depth + 1)?;
            return if self.takes(")") {
                Ok(inner)
            } else {
                Err(self.expected("`)`"))
            };
        }
        let label = self.label()?;
        if self.takes("(") {
            return self.function(label);
        }
        self.comparison(label.to_owned())
    }

    fn function(&mut self, name: &str) -> Result<Selector, Misread> {
        let selector = match name {
            "all" => Selector::All,
            "global" => Selector::Global,
            "has" => Selector::Has(self.label()?.to_owned()),
            _ => return Err(self.expected("`all()`, `global()` or `has(…)`")),
        };
        if self.takes(")") {
            Ok(selector)
        } else {
            Err(self.expected("`)`"))
        }
    }

    fn comparison(&mut self, key: String) -> Result<Selector, Misread> {
        let signs = [("==", Comparison::In), ("!=", Comparison::NotIn)];
        for (sign, comparison) in signs {
            if self.takes(sign) {
                return Ok(Selector::Compare(key, comparison, vec![self.value()?]));
            }
        }
        let words: [(&[&str], _); 3] = [
            (&["contains"], Comparison::Contains),
            (&["starts", "with"], Comparison::StartsWith),
            (&["ends", "with"], Comparison::EndsWith),
        ];
        for (words, comparison) in words {
            if self.takes_words(words) {
                return Ok(Selector::Compare(key, comparison, vec![self.value()?]));
            }
        }
        let comparison = if self.takes_words(&["not", "in"]) {
            Comparison::NotIn
        } else if self.takes_words(&["in"]) {
            Comparison::In
        } else {
            return Err(self
                .expected("`==`, `!=`, `in`, `not in`, `contains`, `starts with` or `ends with`"));
        };
        Ok(Selector::Compare(key, comparison, self.values()?))
    }

    fn values(&mut self) -> Result<Vec<String>, Misread> {
        if !self.takes("{") {
            return Err(self.expected("`{`"));
        }
        let mut values = Vec::new();
        while !self.takes("}") {
            if !values.is_empty() && !self.takes(",") {
                return Err(self.expected("`,` or `}`"));
            }
            values.push(self.value()?);
        }
        Ok(values)
    }

    fn value(&mut self) -> Result<String, Misread> {
        let quote = self
            .rest()
            .chars()
            .next()
            .filter(|first| matches!(first, '\'' | '"'));
        let Some(quote) = quote else {
            return Err(self.expected("a value in quotes"));
        };
        let inner = self.rest().get(1..).unwrap_or_default();
        let Some(length) = inner.find(quote) else {
            return Err(self.expected("a closing quote"));
        };
        self.at += length + 2;
        self.space();
        Ok(inner.get(..length).unwrap_or_default().to_owned())
    }

    fn label(&mut self) -> Result<&'t str, Misread> {
        let rest = self.rest();
        let length = rest
            .find(|next: char| !is_of_label(next))
            .unwrap_or(rest.len());
        if length == 0 {
            return Err(self.expected("a label, `!` or `(`"));
        }
        self.at += length;
        self.space();
        Ok(rest.get(..length).unwrap_or_default())
    }
}

fn is_of_label(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '_' | '.' | '/' | '-')
}

fn one_or(mut parts: Vec<Selector>, several: fn(Vec<Selector>) -> Selector) -> Selector {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            several(parts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Selector;

    fn holds(text: &str, labels: &[(&str, &'static str)]) -> bool {
        let label = |key: &str| {
            let found = labels.iter().find(|(name, _)| *name == key);
            found.map(|(_, value)| *value)
        };
        let selector = Selector::parse(text);
        selector
            .unwrap_or_else(|error| unreachable!("{text}: {error}"))
            .holds(&label, false)
    }

    #[test]
    fn selectors_hold_as_calico_documents() {
        let web = [("app", "web"), ("tier.example.com/x", "front")];
        for text in [
            "",
            "all()",
            "app == 'web'",
            "app==\"web\"&&tier.example.com/x != 'back'",
            "missing != 'x'",
            "missing not in {'x', 'y'}",
            "app in { 'web','api' }",
            "has(app) && !has(missing)",
            "app == 'api' || app == 'web' && has(app)",
            "!(app == 'api')",
            "! ! has(app)",
            "app contains 'e' && app starts with 'w' && app ends with 'eb'",
        ] {
            assert!(holds(text, &web), "{text}");
        }
        for text in [
            "global()",
            "app != 'web'",
            "app in {}",
            "app not in {'web'}",
            "missing == ''",
            "missing contains ''",
            "(app == 'api' || app == 'web') && has(missing)",
        ] {
            assert!(!holds(text, &web), "{text}");
        }
    }

    #[test]
    fn what_is_no_selector_is_refused_with_the_place() {
        for (text, error) in [
            (
                "app = 'web'",
                "expected `==`, `!=`, `in`, `not in`, `contains`, `starts with` or `ends with` at position 5",
            ),
            ("app == web", "expected a value in quotes at position 8"),
            ("app == 'web", "expected a closing quote at position 8"),
            ("(all()", "expected `)` at position 7"),
            (
                "all() all()",
                "expected `&&`, `||` or the end at position 7",
            ),
            (
                "some()",
                "expected `all()`, `global()` or `has(…)` at position 6",
            ),
            ("app in {'a' 'b'}", "expected `,` or `}` at position 13"),
            (
                "app == 'a' &&",
                "expected a label, `!` or `(` at position 14",
            ),
        ] {
            let found = Selector::parse(text).map_err(|error| error.to_string());
            assert_eq!(found, Err(error.to_owned()), "{text}");
        }
        assert!(Selector::parse(&"!".repeat(100_000)).is_err());
        assert!(Selector::parse(&"(".repeat(100_000)).is_err());
    }
}
