//! The tokens of a CEL rule.

use super::SyntaxError;

/// One token.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    /// An integer without sign; `-` is an operator.
    Integer(u64),
    Unsigned(u64),
    Double(f64),
    Text(String),
    Bytes(Vec<u8>),
    Identifier(String),
    Symbol(&'static str),
    End,
}

/// Longest first, so that `<=` is not read as `<`.
const SYMBOLS: [&str; 24] = [
    "&&", "||", "==", "!=", "<=", ">=", "(", ")", "[", "]", "{", "}", ".", ",", "?", ":", "+", "-",
    "*", "/", "%", "!", "<", ">",
];

/// Splits a rule into tokens, each with its byte offset.
pub(crate) fn tokens(source: &str) -> Result<Vec<(usize, Token)>, SyntaxError> {
    let mut tokens = Vec::with_capacity(source.len() / 4 + 1);
    let mut at = 0;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.as_bytes()[0];
        if first.is_ascii_whitespace() {
            at += 1;
        } else if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else {
            let (token, length) = token(rest).map_err(|message| SyntaxError { at, message })?;
            tokens.push((at, token));
            at += length;
        }
    }
    tokens.push((source.len(), Token::End));
    Ok(tokens)
}

fn token(rest: &str) -> Result<(Token, usize), String> {
    let bytes = rest.as_bytes();
    if let Some(length) = string_prefix(bytes) {
        return string(rest, length);
    }
    let first = bytes[0];
    if first.is_ascii_digit() || (first == b'.' && bytes.get(1).is_some_and(u8::is_ascii_digit)) {
        return number(rest);
    }
    if first.is_ascii_alphabetic() || first == b'_' {
        let length = bytes
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_')
            .count();
        return Ok((Token::Identifier(rest[..length].to_owned()), length));
    }
    SYMBOLS
        .iter()
        .find(|symbol| rest.starts_with(**symbol))
        .map(|symbol| (Token::Symbol(symbol), symbol.len()))
        .ok_or_else(|| {
            format!(
                "unexpected character `{}`",
                rest.chars().next().unwrap_or(' ')
            )
        })
}

/// Length of the `r`, `b`, `rb` or `br` before a quote, where a string begins here.
fn string_prefix(bytes: &[u8]) -> Option<usize> {
    let length = bytes
        .iter()
        .take(2)
        .take_while(|byte| matches!(byte, b'r' | b'R' | b'b' | b'B'))
        .count();
    matches!(bytes.get(length), Some(b'"' | b'\'')).then_some(length)
}

fn string(rest: &str, prefix: usize) -> Result<(Token, usize), String> {
    let flags = rest[..prefix].to_ascii_lowercase();
    let (raw, binary) = (flags.contains('r'), flags.contains('b'));
    let body = &rest[prefix..];
    let quote = &body[..1];
    let triple = quote.repeat(3);
    let delimiter = if body.starts_with(&triple) {
        triple.as_str()
    } else {
        quote
    };
    let content = &body[delimiter.len()..];
    let end = closing(content, delimiter, raw).ok_or("a string is not closed")?;
    let length = prefix + 2 * delimiter.len() + end;
    let content = &content[..end];
    let token = match (binary, raw) {
        (false, true) => Token::Text(content.to_owned()),
        (false, false) => Token::Text(unescape(content)?),
        (true, true) => Token::Bytes(content.as_bytes().to_vec()),
        (true, false) => Token::Bytes(unescape_bytes(content)?),
    };
    Ok((token, length))
}

fn closing(content: &str, delimiter: &str, raw: bool) -> Option<usize> {
    let mut at = 0;
    while at < content.len() {
        if content.is_char_boundary(at) && content[at..].starts_with(delimiter) {
            return Some(at);
        }
        at += if content.as_bytes()[at] == b'\\' && !raw {
            2
        } else {
            1
        };
    }
    None
}

fn unescape(content: &str) -> Result<String, String> {
    let mut text = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(position) = rest.find('\\') {
        text.push_str(&rest[..position]);
        let (code, length) = escape(&rest[position + 1..])?;
        text.push(char::from_u32(code).ok_or("an escape is no character")?);
        rest = &rest[position + 1 + length..];
    }
    text.push_str(rest);
    Ok(text)
}

fn unescape_bytes(content: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(content.len());
    let mut rest = content;
    while let Some(position) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..position]);
        let (code, length) = escape(&rest[position + 1..])?;
        bytes.push(u8::try_from(code).map_err(|_| "an escape is no byte")?);
        rest = &rest[position + 1 + length..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    Ok(bytes)
}

/// The code of the escape that follows a backslash, and its length.
fn escape(rest: &str) -> Result<(u32, usize), String> {
    let digits = |from: usize, length: usize, radix: u32| {
        rest.get(from..from + length)
            .and_then(|digits| u32::from_str_radix(digits, radix).ok())
            .map(|code| (code, from + length))
            .ok_or_else(|| "an escape has too few digits".to_owned())
    };
    let simple = |character: char| Ok((u32::from(character), 1));
    match rest.chars().next() {
        Some('a') => simple('\u{7}'),
        Some('b') => simple('\u{8}'),
        Some('f') => simple('\u{c}'),
        Some('n') => simple('\n'),
        Some('r') => simple('\r'),
        Some('t') => simple('\t'),
        Some('v') => simple('\u{b}'),
        Some(character @ ('\\' | '?' | '"' | '\'' | '`')) => simple(character),
        Some('x' | 'X') => digits(1, 2, 16),
        Some('u') => digits(1, 4, 16),
        Some('U') => digits(1, 8, 16),
        Some('0'..='3') => digits(0, 3, 8),
        _ => Err("an escape is unknown".to_owned()),
    }
}

fn number(rest: &str) -> Result<(Token, usize), String> {
    let bytes = rest.as_bytes();
    if rest.starts_with("0x") || rest.starts_with("0X") {
        let digits = bytes[2..]
            .iter()
            .take_while(|byte| byte.is_ascii_hexdigit())
            .count();
        let value =
            u64::from_str_radix(&rest[2..2 + digits], 16).map_err(|error| error.to_string())?;
        return Ok(integer(value, bytes, 2 + digits));
    }
    let count = |from: usize| {
        bytes[from..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let mut length = count(0);
    let mut double = false;
    if bytes.get(length) == Some(&b'.') && bytes.get(length + 1).is_some_and(u8::is_ascii_digit) {
        double = true;
        length += 1 + count(length + 1);
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        let digits = count((length + 1 + sign).min(bytes.len()));
        if digits > 0 {
            double = true;
            length += 1 + sign + digits;
        }
    }
    let text = &rest[..length];
    if double {
        return Ok((
            Token::Double(text.parse().map_err(|_| format!("`{text}` is no number"))?),
            length,
        ));
    }
    let value = text
        .parse()
        .map_err(|_| format!("`{text}` is out of range"))?;
    Ok(integer(value, bytes, length))
}

fn integer(value: u64, bytes: &[u8], length: usize) -> (Token, usize) {
    match bytes.get(length) {
        Some(b'u' | b'U') => (Token::Unsigned(value), length + 1),
        _ => (Token::Integer(value), length),
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens};

    fn first(source: &str) -> Token {
        tokens(source).unwrap().remove(0).1
    }

    #[test]
    fn strings_of_every_form_are_read() {
        assert_eq!(first(r"'a\\.b'"), Token::Text(r"a\.b".to_owned()));
        assert_eq!(
            first("r\"\"\"^\\d\"x$\"\"\""),
            Token::Text("^\\d\"x$".to_owned())
        );
        assert_eq!(first(r#""\u00e9\x41""#), Token::Text("éA".to_owned()));
        assert_eq!(first("b'\\x00a'"), Token::Bytes(vec![0, b'a']));
    }

    #[test]
    fn numbers_of_every_form_are_read() {
        assert_eq!(first("0x1F"), Token::Integer(31));
        assert_eq!(first("7u"), Token::Unsigned(7));
        assert_eq!(first("1.5e3"), Token::Double(1500.0));
        assert_eq!(tokens("a[0].size()").unwrap().len(), 9);
    }

    #[test]
    fn an_open_string_and_a_foreign_character_are_refused_with_their_place() {
        assert_eq!(tokens("self == 'x").unwrap_err().at, 8);
        assert_eq!(tokens("self # 1").unwrap_err().at, 5);
    }
}
