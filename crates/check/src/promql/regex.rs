//! Whether a text is a regular expression as Go reads it (RE2's syntax).

use std::collections::BTreeSet;

use crate::pattern;

/// The highest count of a repetition.
const MOST_REPEATED: u32 = 1000;

/// The names of classes in brackets.
const CLASSES: [&str; 14] = [
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct",
    "space", "upper", "word", "xdigit",
];

/// Whether an empty label fits, all of it; an expression that only Go understands counts as one that it does not fit.
pub(super) fn matches_empty(expression: &str) -> bool {
    pattern::matches(&format!("^(?s:{expression})$"), "")
}

/// What keeps a text from being a regular expression.
pub(super) fn judge(expression: &str) -> Result<(), &'static str> {
    let mut reader = Reader {
        rest: expression,
        open: 0,
        can_repeat: false,
        after_repetition: false,
        names: BTreeSet::new(),
    };
    while let Some(first) = reader.rest.chars().next() {
        reader.step(first)?;
    }
    if reader.open == 0 {
        Ok(())
    } else {
        Err("a `(` is not closed")
    }
}

struct Reader<'p> {
    rest: &'p str,
    /// How many groups are open.
    open: usize,
    /// Whether there is something that a repetition could repeat.
    can_repeat: bool,
    after_repetition: bool,
    names: BTreeSet<&'p str>,
}

impl Reader<'_> {
    fn step(&mut self, first: char) -> Result<(), &'static str> {
        let after_repetition = std::mem::take(&mut self.after_repetition);
        match first {
            '(' => return self.open(),
            ')' => {
                self.take(1);
                self.open = self.open.checked_sub(1).ok_or("a `)` closes nothing")?;
                self.can_repeat = true;
            }
            '|' => {
                self.take(1);
                self.can_repeat = false;
            }
            '*' | '+' | '?' => {
                self.take(1);
                self.repeat(after_repetition)?;
            }
            '{' => match counts(self.rest) {
                Some((length, least, most)) => {
                    if least > MOST_REPEATED || most.is_some_and(|most| most > MOST_REPEATED) {
                        return Err("nothing is repeated more than 1000 times");
                    }
                    if most.is_some_and(|most| most < least) {
                        return Err("a repetition has its counts the wrong way round");
                    }
                    self.take(length);
                    self.repeat(after_repetition)?;
                }
                None => self.literal(first),
            },
            '[' => {
                self.rest = class(self.rest)?;
                self.can_repeat = true;
            }
            '\\' if self.rest.starts_with("\\Q") => {
                let quoted = &self.rest[2..];
                let (text, rest) = quoted.split_once("\\E").unwrap_or((quoted, ""));
                self.can_repeat |= !text.is_empty();
                self.rest = rest;
            }
            '\\' => {
                self.rest = escape(self.rest, true)?;
                self.can_repeat = true;
            }
            _ => self.literal(first),
        }
        Ok(())
    }

    fn take(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn literal(&mut self, character: char) {
        self.take(character.len_utf8());
        self.can_repeat = true;
    }

    fn repeat(&mut self, after_repetition: bool) -> Result<(), &'static str> {
        if self.rest.starts_with('?') {
            self.take(1);
        }
        if !self.can_repeat {
            return Err("a repetition has nothing to repeat");
        }
        if after_repetition {
            return Err("a repetition follows a repetition");
        }
        self.after_repetition = true;
        Ok(())
    }

    fn open(&mut self) -> Result<(), &'static str> {
        self.take(1);
        if let Some(inner) = self.rest.strip_prefix('?') {
            let named = inner.strip_prefix("P<").or_else(|| inner.strip_prefix('<'));
            if let Some(named) = named {
                let (name, rest) = named
                    .split_once('>')
                    .ok_or("the name of a group does not end")?;
                let is_word =
                    |character: char| character.is_ascii_alphanumeric() || character == '_';
                if name.is_empty() || !name.chars().all(is_word) {
                    return Err("a group has no proper name");
                }
                if !self.names.insert(name) {
                    return Err("two groups have one name");
                }
                self.rest = rest;
            } else {
                let length = flags(inner)?;
                let only_flags = inner[..length].ends_with(')');
                self.rest = &inner[length..];
                if only_flags {
                    return Ok(());
                }
            }
        }
        self.open += 1;
        self.can_repeat = false;
        Ok(())
    }
}

/// The length of `i`, `m`, `s` and `U`, with `-` before those that are taken back, and the sign that ends them.
fn flags(text: &str) -> Result<usize, &'static str> {
    let mut is_negative = false;
    let mut has_flag = false;
    for (at, character) in text.char_indices() {
        match character {
            'i' | 'm' | 's' | 'U' => has_flag = true,
            '-' if !is_negative => (is_negative, has_flag) = (true, false),
            ':' | ')' if !is_negative || has_flag => return Ok(at + 1),
            _ => break,
        }
    }
    Err("`(?` begins a group of an unknown kind")
}

/// `{2}`, `{2,}` or `{2,3}`: its length and the counts. Anything else is plain text.
fn counts(text: &str) -> Option<(usize, u32, Option<u32>)> {
    let (inner, _) = text.strip_prefix('{')?.split_once('}')?;
    let number = |digits: &str| {
        let is_plain = !digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && (digits.len() == 1 || !digits.starts_with('0'));
        is_plain.then(|| digits.parse().unwrap_or(u32::MAX))
    };
    let (least, most) = match inner.split_once(',') {
        None => (number(inner)?, Some(number(inner)?)),
        Some((least, "")) => (number(least)?, None),
        Some((least, most)) => (number(least)?, Some(number(most)?)),
    };
    Some((inner.len() + 2, least, most))
}

/// What follows a class in brackets.
fn class(text: &str) -> Result<&str, &'static str> {
    const OPEN: &str = "a `[` is not closed";
    let inner = &text[1..];
    let mut rest = inner.strip_prefix('^').unwrap_or(inner);
    let mut is_first = true;
    loop {
        if !is_first && let Some(after) = rest.strip_prefix(']') {
            return Ok(after);
        }
        is_first = false;
        if let Some((name, after)) = rest
            .strip_prefix("[:")
            .and_then(|named| named.split_once(":]"))
        {
            if !CLASSES.contains(&name.strip_prefix('^').unwrap_or(name)) {
                return Err("a class in brackets has no known name");
            }
            rest = after;
            continue;
        }
        let (low, after) = member(rest)?.ok_or(OPEN)?;
        rest = after;
        let range = rest.strip_prefix('-').filter(|high| !high.starts_with(']'));
        if let (Some(low), Some(high)) = (low, range) {
            let (high, after) = member(high)?.ok_or(OPEN)?;
            if high.is_none_or(|high| high < low) {
                return Err("a range in brackets runs backwards");
            }
            rest = after;
        }
    }
}

/// A member of a class with what follows it; `None` inside for a class such as `\d`.
fn member(text: &str) -> Result<Option<(Option<u32>, &str)>, &'static str> {
    let Some(first) = text.chars().next() else {
        return Ok(None);
    };
    if first != '\\' {
        return Ok(Some((Some(first.into()), &text[first.len_utf8()..])));
    }
    let rest = escape(text, false)?;
    let length = text.len() - rest.len();
    Ok(Some((code_of(&text[1..length]), rest)))
}

/// The character that an escape stands for; `None` for a class.
fn code_of(escape: &str) -> Option<u32> {
    let first = escape.chars().next()?;
    match first {
        'd' | 'D' | 's' | 'S' | 'w' | 'W' | 'p' | 'P' => None,
        'a' => Some(7),
        'f' => Some(12),
        'n' => Some(10),
        'r' => Some(13),
        't' => Some(9),
        'v' => Some(11),
        'x' => u32::from_str_radix(escape[1..].trim_matches(['{', '}']), 16).ok(),
        '0'..='7' => u32::from_str_radix(escape, 8).ok(),
        other => Some(other.into()),
    }
}

/// What follows an escape.
fn escape(text: &str, outside_class: bool) -> Result<&str, &'static str> {
    const UNKNOWN: &str = "an unknown escape";
    let rest = &text[1..];
    let first = rest.chars().next().ok_or("a `\\` is its end")?;
    let after = &rest[first.len_utf8()..];
    let octal = |most: usize| {
        let digits = after.bytes().take(most);
        digits
            .take_while(|byte| (b'0'..=b'7').contains(byte))
            .count()
    };
    match first {
        'a' | 'f' | 'n' | 'r' | 't' | 'v' | 'd' | 'D' | 's' | 'S' | 'w' | 'W' => Ok(after),
        'A' | 'b' | 'B' | 'z' if outside_class => Ok(after),
        'p' | 'P' => property(after),
        'x' => hexadecimal(after).ok_or(UNKNOWN),
        '0' => Ok(&after[octal(2)..]),
        '1'..='7' if octal(1) == 1 => Ok(&after[octal(2)..]),
        first if first.is_ascii() && !first.is_ascii_alphanumeric() => Ok(after),
        _ => Err(UNKNOWN),
    }
}

/// The rest behind `41` or `{10FFFF}`.
fn hexadecimal(text: &str) -> Option<&str> {
    let (digits, rest) = match text.strip_prefix('{') {
        Some(inner) => inner.split_once('}')?,
        None => (text.get(..2)?, text.get(2..)?),
    };
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok()?;
    (is_plain && code <= 0x0010_ffff).then_some(rest)
}

/// The rest behind `L` or `{Greek}`. The names of scripts are not judged.
fn property(text: &str) -> Result<&str, &'static str> {
    const UNKNOWN: &str = "an unknown class of Unicode";
    if let Some(inner) = text.strip_prefix('{') {
        let (name, rest) = inner.split_once('}').ok_or(UNKNOWN)?;
        let name = name.strip_prefix('^').unwrap_or(name);
        let is_plain = name
            .chars()
            .all(|character| character.is_ascii_alphabetic() || character == '_');
        return if is_plain && !name.is_empty() {
            Ok(rest)
        } else {
            Err(UNKNOWN)
        };
    }
    let mut characters = text.chars();
    match characters.next() {
        Some('C' | 'L' | 'M' | 'N' | 'P' | 'S' | 'Z') => Ok(characters.as_str()),
        _ => Err(UNKNOWN),
    }
}

#[cfg(test)]
mod tests {
    use super::{judge, matches_empty};

    #[test]
    fn expressions_are_judged_as_go_judges_them() {
        for good in [
            "",
            "a|b",
            "5..",
            "(?i)a",
            "a{2,3}",
            "a{,3}",
            "a{",
            "[]a]",
            "[^]a-]",
            "[[:alpha:]-z]",
            r"\d+\.\x41\x{1F600}\pL\p{Greek}",
            r"\Qa.b*\E",
            "(?P<a>b)(?<c>d)",
            "^*",
            "a*?",
            "[a-]",
            r"\012\12",
            "(a*)*",
            r"[\d-z]",
            "(|a)",
        ] {
            assert_eq!(judge(good), Ok(()), "{good}");
        }
        for bad in [
            "(",
            "a)",
            "a)(b",
            "[",
            "[a",
            "*",
            "a**",
            "a*?*",
            "a{2}{3}",
            "a{1001}",
            "a{3,2}",
            r"\1",
            r"\Z",
            r"\",
            "(?=a)",
            "(?P<a>b)(?P<a>c)",
            "[z-a]",
            "[[:foo:]]",
            r"\p{",
            "|*",
            "(?<>a)",
            r"\e",
        ] {
            assert!(judge(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_empty_label_fits_some() {
        assert!(matches_empty(".*") && matches_empty("a|") && matches_empty(""));
        assert!(!matches_empty(".+") && !matches_empty("a"));
    }
}
