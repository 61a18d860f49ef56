//! The format of `grafana.ini`: sections with settings, one a line.

use std::collections::BTreeMap;
use std::fmt;

/// A file of sections. Sections and settings are written in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ini {
    sections: BTreeMap<&'static str, BTreeMap<&'static str, String>>,
}

impl Ini {
    /// The same with a setting. What would end the line or begin a comment is quoted the way Grafana's reader takes it.
    pub fn set(
        mut self,
        section: &'static str,
        key: &'static str,
        value: &(impl fmt::Display + ?Sized),
    ) -> Self {
        self.sections
            .entry(section)
            .or_default()
            .insert(key, quoted(&value.to_string()));
        self
    }

    /// What a setting says, as it is written.
    pub fn get(&self, section: &str, key: &str) -> Option<&str> {
        self.sections.get(section)?.get(key).map(String::as_str)
    }
}

/// A value between backquotes is taken as it is; one with a backquote or a new line in it cannot be written and keeps to
/// what can.
fn quoted(value: &str) -> String {
    let plain: String = value
        .chars()
        .filter(|character| !matches!(character, '\n' | '\r' | '`'))
        .collect();
    let is_bare = !plain.is_empty()
        && plain.trim() == plain
        && !plain.contains([';', '#', '"', '\\'])
        && !plain.starts_with('\'');
    if is_bare { plain } else { format!("`{plain}`") }
}

impl fmt::Display for Ini {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (section, settings)) in self.sections.iter().enumerate() {
            if at > 0 {
                writeln!(formatter)?;
            }
            writeln!(formatter, "[{section}]")?;
            for (key, value) in settings {
                writeln!(formatter, "{key} = {value}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Ini;

    #[test]
    fn values_that_a_reader_could_cut_are_quoted() {
        let file = Ini::default()
            .set(
                "b",
                "path",
                "contains(groups[*], 'a') && 'Admin' || 'Viewer'",
            )
            .set("b", "comment", "a # b")
            .set("a", "empty", "")
            .set("a", "number", &3);
        assert_eq!(
            file.to_string(),
            "[a]\nempty = ``\nnumber = 3\n\n[b]\ncomment = `a # b`\npath = contains(groups[*], 'a') && 'Admin' || 'Viewer'\n"
        );
    }
}
