//! Reads the classic configuration of Fluent Bit: a list of sections of settings.

use super::fluentd::Fault;

/// A section, `[NAME]`, with its settings; names of settings in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) name: String,
    pub(super) settings: Vec<(String, String)>,
    /// The line, counted from 1.
    pub(super) line: usize,
}

impl Section {
    /// The value of a setting.
    pub(super) fn setting(&self, name: &str) -> Option<&str> {
        let found = self.settings.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The sections of a file.
pub(super) fn read(text: &str) -> Result<Vec<Section>, Fault> {
    let mut sections: Vec<Section> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        let fault = |message: &str| Fault {
            line: number,
            message: message.to_owned(),
        };
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') || line.starts_with('@') {
            continue;
        }
        if let Some(head) = line.strip_prefix('[') {
            let name = head
                .strip_suffix(']')
                .ok_or_else(|| fault("a section begins with `[NAME]`"))?;
            sections.push(Section {
                name: name.to_ascii_uppercase(),
                line: number,
                ..Section::default()
            });
            continue;
        }
        let (key, value) = line
            .split_once(char::is_whitespace)
            .ok_or_else(|| fault("a setting has a name and a value"))?;
        let section = sections
            .last_mut()
            .ok_or_else(|| fault("a setting stands before the first section"))?;
        section
            .settings
            .push((key.to_ascii_lowercase(), value.trim().to_owned()));
    }
    Ok(sections)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn sections_have_settings() {
        let sections = read("@INCLUDE x\n[input]\n  Name tail\n  Tag  a.*\n").unwrap();
        assert_eq!(sections[0].name, "INPUT");
        assert_eq!(sections[0].setting("tag"), Some("a.*"));
        assert_eq!(read("Name tail\n").unwrap_err().line, 1);
        assert_eq!(read("[INPUT\n").unwrap_err().line, 1);
    }
}
