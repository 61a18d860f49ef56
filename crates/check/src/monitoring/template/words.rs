//! Takes a template apart into its actions, and an action into its words.

/// The inside of an action, and what follows it.
pub(super) fn action(text: &str) -> Result<(&str, &str), String> {
    const OPEN: &str = "a `{{` is not closed";
    let inner = text
        .strip_prefix('-')
        .filter(|rest| rest.starts_with(char::is_whitespace));
    let trimmed = inner.unwrap_or(text);
    let comment = trimmed.trim_start_matches(char::is_whitespace);
    if comment.starts_with("/*") && (inner.is_some() || trimmed.starts_with("/*")) {
        let (_, behind) = comment.split_once("*/").ok_or("a comment is not closed")?;
        let behind = behind
            .strip_prefix("}}")
            .or_else(|| behind.strip_prefix(" -}}"));
        return Ok(("", behind.ok_or("a comment stands alone in its `{{ }}`")?));
    }
    let mut quote = None;
    let mut is_escaped = false;
    for (at, character) in trimmed.char_indices() {
        match (quote, character) {
            (Some('"' | '\''), '\n') => return Err("a text in quotes does not end".to_owned()),
            (Some('"' | '\''), _) if is_escaped => is_escaped = false,
            (Some('"' | '\''), '\\') => is_escaped = true,
            (Some(open), close) if open == close => quote = None,
            (None, '"' | '`' | '\'') => quote = Some(character),
            (None, '}') if trimmed[at..].starts_with("}}") => {
                let body = &trimmed[..at];
                let body = match body.strip_suffix('-') {
                    Some(cut) if cut.ends_with(char::is_whitespace) => cut,
                    _ => body,
                };
                return Ok((body, &trimmed[at + 2..]));
            }
            _ => {}
        }
    }
    Err(match quote {
        Some(_) => "a text in quotes does not end".to_owned(),
        None => OPEN.to_owned(),
    })
}

/// The words of an action.
pub(super) fn words(body: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut rest = body.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '\'' => quoted_length(rest, first)?,
            '`' => rest[1..].find('`').map_or(rest.len(), |end| end + 2),
            '|' | '(' | ')' | ',' | '=' => 1,
            ':' if rest.starts_with(":=") => 2,
            '$' | '.' => 1 + word_length(&rest[1..]),
            first if is_word(first) || matches!(first, '-' | '+') => {
                first.len_utf8() + word_length(&rest[first.len_utf8()..])
            }
            other => return Err(format!("unexpected character `{}`", other.escape_debug())),
        };
        words.push(rest[..length].to_owned());
        rest = rest[length..].trim_start();
    }
    Ok(words)
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn word_length(text: &str) -> usize {
    text.find(|character: char| !is_word(character) && character != '.')
        .unwrap_or(text.len())
}

fn quoted_length(text: &str, quote: char) -> Result<usize, String> {
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            close if close == quote => return Ok(at + 1),
            _ => {}
        }
    }
    Err("a text in quotes does not end".to_owned())
}
