//! Takes PromQL apart into words.

use super::Fault;
use super::token::{Keyword, Kind, Operator, Token};

/// All words of a text, the end of it included.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    let mut lexer = Lexer {
        text,
        bytes: text.as_bytes(),
        at: 0,
        in_braces: false,
        in_brackets: false,
        before_range: false,
        tokens: Vec::new(),
    };
    while lexer.word()? {}
    Ok(lexer.tokens)
}

struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    in_braces: bool,
    in_brackets: bool,
    /// Between a left bracket and the first number, where fewer words are known.
    before_range: bool,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    /// Reads one word; false at the end.
    fn word(&mut self) -> Result<bool, Fault> {
        self.skip()?;
        let start = self.at;
        let Some(byte) = self.peek() else {
            self.push(start, Kind::End);
            return Ok(false);
        };
        let kind = match byte {
            b'"' | b'\'' if !self.before_range => self.quoted(byte)?,
            b'`' if !self.before_range => self.raw()?,
            _ if self.in_braces => self.inside_braces(byte)?,
            b'0'..=b'9' => self.number()?,
            b'.' if self.bytes.get(start + 1).is_some_and(u8::is_ascii_digit) => self.number()?,
            b':' if self.in_brackets => self.one(Kind::Colon),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b':' => self.name()?,
            _ => self.sign(byte)?,
        };
        self.push(start, kind);
        Ok(true)
    }

    fn push(&mut self, start: usize, kind: Kind) {
        let end = self.at;
        self.tokens.push(Token { kind, start, end });
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn one(&mut self, kind: Kind) -> Kind {
        self.at += 1;
        kind
    }

    /// The next byte, where it is one of these.
    fn accept(&mut self, of: &[u8]) -> bool {
        let fits = self.peek().is_some_and(|byte| of.contains(&byte));
        self.at += usize::from(fits);
        fits
    }

    fn is(&self, of: &[u8]) -> bool {
        self.peek().is_some_and(|byte| of.contains(&byte))
    }

    fn fault<T>(&self, at: usize, message: impl Into<String>) -> Result<T, Fault> {
        Err(Fault::new(self.text, at, message))
    }

    fn unexpected<T>(&self) -> Result<T, Fault> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let place = match (self.in_braces, self.in_brackets) {
            (true, _) => " inside of braces",
            (_, true) => " inside of brackets",
            _ => "",
        };
        match rest.chars().next() {
            Some(character) => self.fault(
                self.at,
                format!("unexpected character `{}`{place}", character.escape_debug()),
            ),
            None => self.fault(self.at, format!("unexpected end{place}")),
        }
    }

    /// White space and comments.
    fn skip(&mut self) -> Result<(), Fault> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(b'#') if self.before_range => return self.unexpected(),
                Some(b'#') => {
                    while self
                        .peek()
                        .is_some_and(|byte| !matches!(byte, b'\n' | b'\r'))
                    {
                        self.at += 1;
                    }
                }
                _ => return Ok(()),
            }
        }
    }

    fn inside_braces(&mut self, byte: u8) -> Result<Kind, Fault> {
        let next = self.bytes.get(self.at + 1);
        let kind = match (byte, next) {
            (b'=', Some(b'~')) => Kind::Matches,
            (b'!', Some(b'~')) => Kind::MatchesNot,
            (b'!', Some(b'=')) => Kind::Operator(Operator::NotEqual),
            (b'=', _) => return Ok(self.one(Kind::Equal)),
            (b',', _) => return Ok(self.one(Kind::Comma)),
            (b'}', _) => {
                self.in_braces = false;
                return Ok(self.one(Kind::RightBrace));
            }
            (b'a'..=b'z' | b'A'..=b'Z' | b'_', _) => {
                while self.peek().is_some_and(is_name_byte) {
                    self.at += 1;
                }
                return Ok(Kind::Identifier);
            }
            _ => return self.unexpected(),
        };
        self.at += 2;
        Ok(kind)
    }

    fn sign(&mut self, byte: u8) -> Result<Kind, Fault> {
        let next = self.bytes.get(self.at + 1);
        let two = match (byte, next) {
            (b'=', Some(b'=')) => Some(Operator::Equal),
            (b'!', Some(b'=')) => Some(Operator::NotEqual),
            (b'<', Some(b'=')) => Some(Operator::LessOrEqual),
            (b'<', Some(b'/')) => Some(Operator::TrimUpper),
            (b'>', Some(b'=')) => Some(Operator::GreaterOrEqual),
            (b'>', Some(b'/')) => Some(Operator::TrimLower),
            _ => None,
        };
        if let Some(operator) = two {
            self.at += 2;
            return Ok(Kind::Operator(operator));
        }
        let kind = match byte {
            b'+' => Kind::Operator(Operator::Add),
            b'-' => Kind::Operator(Operator::Subtract),
            b'*' => Kind::Operator(Operator::Multiply),
            b'/' => Kind::Operator(Operator::Divide),
            b'%' => Kind::Operator(Operator::Modulo),
            b'^' => Kind::Operator(Operator::Power),
            b'<' => Kind::Operator(Operator::Less),
            b'>' => Kind::Operator(Operator::Greater),
            b'@' => Kind::At,
            b',' => Kind::Comma,
            b'(' => Kind::LeftParen,
            b')' => Kind::RightParen,
            b'{' => {
                self.in_braces = true;
                Kind::LeftBrace
            }
            b'[' if !self.in_brackets => {
                (self.in_brackets, self.before_range) = (true, true);
                Kind::LeftBracket
            }
            b']' if self.in_brackets => {
                (self.in_brackets, self.before_range) = (false, false);
                Kind::RightBracket
            }
            _ => return self.unexpected(),
        };
        Ok(self.one(kind))
    }

    fn name(&mut self) -> Result<Kind, Fault> {
        let start = self.at;
        let is_part = |byte: u8| {
            if self.in_brackets {
                byte.is_ascii_alphabetic() || byte == b'_'
            } else {
                is_name_byte(byte) || byte == b':'
            }
        };
        let length = self.bytes[start..]
            .iter()
            .take_while(|byte| is_part(**byte));
        self.at += length.count();
        let word = &self.text[start..self.at];
        let keyword = Keyword::of(word);
        if self.in_brackets {
            return match keyword {
                Some(word @ (Keyword::Step | Keyword::Range | Keyword::MaxOf | Keyword::MinOf)) => {
                    Ok(Kind::Keyword(word))
                }
                _ => self.fault(start, format!("`{word}` is no duration")),
            };
        }
        Ok(match keyword {
            // A metric may be called so, unless a value follows.
            Some(Keyword::Fill | Keyword::FillLeft | Keyword::FillRight)
                if !self.is_before_paren() =>
            {
                Kind::Identifier
            }
            Some(keyword) => Kind::Keyword(keyword),
            None if word.eq_ignore_ascii_case("inf") || word.eq_ignore_ascii_case("nan") => {
                Kind::Number
            }
            None if word.contains(':') => Kind::MetricName,
            None => Kind::Identifier,
        })
    }

    fn is_before_paren(&self) -> bool {
        let mut rest = self.bytes[self.at..].iter();
        rest.find(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) == Some(&b'(')
    }

    fn quoted(&mut self, quote: u8) -> Result<Kind, Fault> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek() {
                None | Some(b'\n') => return self.fault(start, "a text in quotes does not end"),
                Some(b'\\') => self.escape(quote)?,
                Some(byte) => {
                    self.at += 1;
                    if byte == quote {
                        return self.as_text(start);
                    }
                }
            }
        }
    }

    /// Prometheus takes the character that stands for broken UTF-8 for broken UTF-8 itself.
    fn as_text(&self, start: usize) -> Result<Kind, Fault> {
        match self.text[start..self.at].find(char::REPLACEMENT_CHARACTER) {
            Some(offset) => self.fault(start + offset, "a text with the character U+FFFD"),
            None => Ok(Kind::Text),
        }
    }

    fn escape(&mut self, quote: u8) -> Result<(), Fault> {
        let start = self.at;
        self.at += 1;
        let (digits, base, largest) = match self.peek() {
            Some(b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'\\') => {
                self.at += 1;
                return Ok(());
            }
            Some(byte) if byte == quote => {
                self.at += 1;
                return Ok(());
            }
            Some(b'0'..=b'7') => (3, 8, 255),
            Some(b'x') => (2, 16, 255),
            Some(b'u') => (4, 16, 0x0010_ffff),
            Some(b'U') => (8, 16, 0x0010_ffff),
            _ => return self.fault(start, "an unknown escape in a text"),
        };
        self.at += usize::from(base == 16);
        let code = self.text.get(self.at..self.at + digits);
        let code = code.filter(|code| !code.starts_with('+'));
        let value = code.and_then(|code| u32::from_str_radix(code, base).ok());
        match value {
            Some(value) if value <= largest && !(0xd800..0xe000).contains(&value) => {
                self.at += digits;
                Ok(())
            }
            _ => self.fault(start, "an escape in a text that names no character"),
        }
    }

    fn raw(&mut self) -> Result<Kind, Fault> {
        let start = self.at;
        match self.text[start + 1..].find('`') {
            Some(length) => {
                self.at = start + length + 2;
                self.as_text(start)
            }
            None => self.fault(start, "a text in backquotes does not end"),
        }
    }

    fn number(&mut self) -> Result<Kind, Fault> {
        let start = self.at;
        self.before_range = false;
        if self.scan_number() {
            return Ok(Kind::Number);
        }
        if self.scan_duration() {
            return Ok(Kind::Duration);
        }
        let word = self.text.get(start..self.at).unwrap_or_default();
        self.fault(
            start,
            format!("`{word}` begins neither a number nor a duration"),
        )
    }

    /// Reads a number as Prometheus does, which leaves its last word on what is one to who takes its value.
    fn scan_number(&mut self) -> bool {
        const DECIMAL: &[u8] = b"0123456789";
        const HEXADECIMAL: &[u8] = b"0123456789abcdefABCDEF";
        let mut digits = DECIMAL;
        if self.accept(b"0") && self.accept(b"xX") {
            self.accept(b"_");
            digits = HEXADECIMAL;
        }
        self.accept(b".");
        self.accept(digits);
        let (mut has_dot, mut has_exponent) = (false, false);
        while self.is(digits) || self.is(b"._eE") {
            if (self.is(b".") && has_dot) || (self.is(b"eE") && has_exponent) {
                self.at += 1;
                return false;
            }
            if self.accept(b".") {
                has_dot = true;
                if self.accept(b"_.") || digits == HEXADECIMAL {
                    return false;
                }
            } else if self.accept(b"eE") {
                has_exponent = true;
                self.accept(b"+-");
                if self.accept(b"._eE") || self.peek().is_none() {
                    return false;
                }
            } else if self.accept(b"_") {
                if self.accept(b"._eE") || self.peek().is_none() {
                    return false;
                }
            } else {
                while self.accept(digits) {}
            }
        }
        !self.peek().is_some_and(is_name_byte)
    }

    /// What is left of a duration after its first digits.
    fn scan_duration(&mut self) -> bool {
        if !self.accept(b"smhdwy") {
            return false;
        }
        self.accept(b"s");
        while self.accept(b"0123456789") {
            while self.accept(b"0123456789") {}
            if !self.accept(b"smhdw") {
                return false;
            }
            self.accept(b"s");
        }
        !self.peek().is_some_and(is_name_byte)
    }
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
