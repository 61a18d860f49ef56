//! Reads the configuration of Fluentd: nested sections of settings.

/// A section: `<name argument>`, with what stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) name: String,
    pub(super) argument: String,
    pub(super) settings: Vec<(String, String)>,
    pub(super) sections: Vec<Self>,
}

/// Why a configuration cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The line, counted from 1.
    pub(super) line: usize,
    pub(super) message: String,
}

/// Sections within sections are not nested deeper than this by people.
const DEEPEST: usize = 32;

impl Section {
    /// The value of a setting.
    pub(super) fn setting(&self, name: &str) -> Option<&str> {
        let found = self.settings.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// All sections, this one and those within.
    pub(super) fn all(&self) -> Vec<&Self> {
        let within = self.sections.iter().flat_map(Self::all);
        std::iter::once(self).chain(within).collect()
    }
}

/// The whole configuration as one section without a name.
pub(super) fn read(text: &str) -> Result<Section, Fault> {
    let fault = |line: usize, message: String| Fault { line, message };
    let mut open: Vec<(Section, usize)> = vec![(Section::default(), 0)];
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let number = index + 1;
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix("</") {
            let name = name.trim_end_matches('>').trim();
            let closed = open
                .pop()
                .filter(|(section, _)| section.name == name && !name.is_empty());
            let (Some((section, _)), Some((parent, _))) = (closed, open.last_mut()) else {
                return Err(fault(
                    number,
                    format!("</{name}> closes nothing that is open"),
                ));
            };
            parent.sections.push(section);
        } else if let Some(head) = line.strip_prefix('<') {
            let Some(head) = head.split_once('>').map(|(head, _)| head) else {
                return Err(fault(number, "a section begins with `<name>`".to_owned()));
            };
            let (name, argument) = head.split_once(char::is_whitespace).unwrap_or((head, ""));
            if open.len() > DEEPEST {
                return Err(fault(number, "the sections are nested too deep".to_owned()));
            }
            let section = Section {
                name: name.to_owned(),
                argument: argument.trim().to_owned(),
                ..Section::default()
            };
            open.push((section, number));
        } else {
            let (key, first) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let mut value = without_comment(first.trim()).to_owned();
            while !is_whole(&value) {
                let Some((_, next)) = lines.next() else {
                    return Err(fault(number, format!("the value of {key} has no end")));
                };
                value.push('\n');
                value.push_str(next.trim());
            }
            if let Some((section, _)) = open.last_mut() {
                section.settings.push((key.to_owned(), value));
            }
        }
    }
    if let Some((section, line)) = open.get(1) {
        return Err(fault(*line, format!("<{}> is not closed", section.name)));
    }
    Ok(open.pop().map(|(root, _)| root).unwrap_or_default())
}

/// A value without what is said behind it.
fn without_comment(value: &str) -> &str {
    if value.starts_with(['"', '\'', '[', '{']) {
        return value;
    }
    value
        .find(" #")
        .map_or(value, |at| value.get(..at).unwrap_or(value).trim_end())
}

/// Whether a value that begins with a quote or a bracket has come to its end.
fn is_whole(value: &str) -> bool {
    let mut depth = 0_i64;
    let mut quote = None;
    let mut is_escaped = false;
    let Some(first) = value
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '[' | '{'))
    else {
        return true;
    };
    for letter in value.chars() {
        match (quote, letter) {
            _ if is_escaped => is_escaped = false,
            (Some(_), '\\') => is_escaped = true,
            (Some(open), _) if open == letter => quote = None,
            (None, '"') => quote = Some('"'),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth -= 1,
            _ => {}
        }
    }
    quote.is_none() && (first == '"' || depth <= 0)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn sections_nest_and_values_may_have_several_lines() {
        let root = read("<match a.**>\n  @type copy # twice\n  <store>\n    list [\"a\",\n      \"b\"]\n  </store>\n</match>\n").unwrap();
        let of_match = &root.sections[0];
        assert_eq!(
            (of_match.name.as_str(), of_match.argument.as_str()),
            ("match", "a.**")
        );
        assert_eq!(of_match.setting("@type"), Some("copy"));
        assert_eq!(
            of_match.sections[0].setting("list"),
            Some("[\"a\",\n\"b\"]")
        );
        assert_eq!(root.all().len(), 3);
    }

    #[test]
    fn what_is_not_closed_is_told_with_its_line() {
        assert_eq!(read("<source>\n").unwrap_err().line, 1);
        assert_eq!(read("\n</match>\n").unwrap_err().line, 2);
        assert_eq!(
            read("a [1,\n").unwrap_err().message,
            "the value of a has no end"
        );
    }
}
