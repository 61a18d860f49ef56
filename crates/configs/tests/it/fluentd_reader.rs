//! A reader of Fluentd's configuration language, from its documentation: it shares nothing with the
//! writer.

use std::collections::BTreeMap;

/// A section: `<name argument>` … `</name>`.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) argument: String,
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) elements: Vec<Element>,
}

impl Element {
    /// A parameter, or nothing.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }

    /// The sections of this name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.elements
            .iter()
            .filter(move |element| element.name == name)
    }
}

/// Reads a file; sections must be balanced, and every parameter may be set once.
pub(crate) fn read(text: &str) -> Result<Element, String> {
    let mut open = vec![Element::default()];
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        let error = |what: &str| format!("line {}: {what}: {line}", number + 1);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line
            .strip_prefix("</")
            .and_then(|rest| rest.strip_suffix('>'))
        {
            let closed = open
                .pop()
                .filter(|element| element.name == name)
                .ok_or_else(|| error("closes what is not open"))?;
            open.last_mut()
                .ok_or_else(|| error("closes the file"))?
                .elements
                .push(closed);
        } else if let Some(head) = line.strip_prefix('<') {
            let head = head.strip_suffix('>').ok_or_else(|| error("unfinished"))?;
            let (name, argument) = head.split_once(' ').unwrap_or((head, ""));
            open.push(Element {
                name: name.to_owned(),
                argument: argument.trim().to_owned(),
                ..Element::default()
            });
        } else {
            let (name, value) = line.split_once(' ').ok_or_else(|| error("no value"))?;
            let value = literal(value.trim()).map_err(|what| error(&what))?;
            let parameters = &mut open.last_mut().ok_or_else(|| error("outside"))?.parameters;
            if parameters.insert(name.to_owned(), value).is_some() {
                return Err(error("twice"));
            }
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(file), true) => Ok(file),
        (element, _) => Err(format!("never closed: {element:?}")),
    }
}

/// A value: JSON behind a bracket, quoted texts with escapes, and the rest of the line up to a
/// comment.
fn literal(value: &str) -> Result<String, String> {
    if value.starts_with(['[', '{']) {
        let json: serde_yaml::Value =
            serde_yaml::from_str(value).map_err(|error| error.to_string())?;
        return serde_yaml::to_string(&json).map_err(|error| error.to_string());
    }
    if let Some(rest) = value.strip_prefix('"') {
        let mut text = String::new();
        let mut characters = rest.chars();
        while let Some(character) = characters.next() {
            match character {
                '"' => {
                    return if characters.as_str().is_empty() {
                        Ok(text)
                    } else {
                        Err("text behind the quote".to_owned())
                    };
                }
                '\\' => match characters.next() {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some('r') => text.push('\r'),
                    Some(letter) if letter.is_ascii_alphanumeric() => {
                        return Err(format!("unknown escape \\{letter}"));
                    }
                    Some(other) => text.push(other),
                    None => return Err("unfinished escape".to_owned()),
                },
                '#' if characters.as_str().starts_with('{') => {
                    let (ruby, after) = characters.as_str()[1..]
                        .split_once('}')
                        .ok_or("unfinished Ruby")?;
                    text.extend(["<ruby ", ruby, ">"]);
                    characters = after.chars();
                }
                _ => text.push(character),
            }
        }
        return Err("unfinished quote".to_owned());
    }
    Ok(value.split(" #").next().unwrap_or("").to_owned())
}

/// Whether a pattern of a `<match>` or `<filter>` takes a tag.
pub(crate) fn matches(pattern: &str, tag: &str) -> bool {
    fn parts(pattern: &[&str], tag: &[&str]) -> bool {
        match (pattern.first(), tag.first()) {
            (None, None) => true,
            (Some(&"**"), _) => {
                parts(&pattern[1..], tag) || (!tag.is_empty() && parts(pattern, &tag[1..]))
            }
            (Some(&"*"), Some(_)) => parts(&pattern[1..], &tag[1..]),
            (Some(part), Some(given)) => part == given && parts(&pattern[1..], &tag[1..]),
            _ => false,
        }
    }
    pattern.split_whitespace().any(|pattern| {
        parts(
            &pattern.split('.').collect::<Vec<_>>(),
            &tag.split('.').collect::<Vec<_>>(),
        )
    })
}

/// Whether a path is one of a glob's, where `*` stands for anything but a slash.
pub(crate) fn globs(glob: &str, path: &str) -> bool {
    match glob.split_once('*') {
        None => glob == path,
        Some((start, rest)) => path.strip_prefix(start).is_some_and(|path| {
            let end = path.find('/').unwrap_or(path.len());
            (0..=end)
                .filter(|at| path.is_char_boundary(*at))
                .any(|at| globs(rest, &path[at..]))
        }),
    }
}
