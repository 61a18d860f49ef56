//! `ledger.json`: which files of a folder are ours, with the checksum, application and Rust origin of each.

use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::path::Path;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use sha2::{Digest as _, Sha256};

use super::error::WriteError;

/// The version of the format that this program reads and writes.
pub(crate) const VERSION: u32 = 1;

/// The SHA-256 checksum of a file's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Checksum([u8; 32]);

impl Checksum {
    /// The checksum of `bytes`.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads 64 lower-case hexadecimal digits.
    fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self(bytes))
    }
}

fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        self.0.iter().try_for_each(|byte| {
            formatter.write_char(char::from(DIGITS[usize::from(byte >> 4)]))?;
            formatter.write_char(char::from(DIGITS[usize::from(byte & 15)]))
        })
    }
}

impl<'de> Deserialize<'de> for Checksum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| D::Error::custom("a checksum is 64 lower-case hexadecimal digits"))
    }
}

/// What the ledger knows of one file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// The checksum of its content.
    pub(crate) sha256: Checksum,
    /// The application it belongs to.
    pub(crate) application: String,
    /// The Rust line that made it, `file:line`.
    pub(crate) origin: String,
}

impl Entry {
    /// Whether both say the same of the file. The origin is not part of that: a line added above a component moves
    /// all that follow, and changes nothing in the tree.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        self.sha256 == other.sha256 && self.application == other.application
    }
}

/// The files that are ours, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ledger {
    pub(crate) files: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
struct Header {
    version: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(rename = "version")]
    _version: u32,
    files: BTreeMap<String, Entry>,
}

impl Ledger {
    /// Reads the text of the ledger at `path`.
    pub(crate) fn parse(text: &[u8], path: &Path) -> Result<Self, WriteError> {
        let unreadable = |source| WriteError::Ledger {
            path: path.to_owned(),
            source,
        };
        let Header { version } = serde_json::from_slice(text).map_err(unreadable)?;
        if version != VERSION {
            return Err(WriteError::LedgerVersion {
                path: path.to_owned(),
                version,
                known: VERSION,
            });
        }
        let document: Document = serde_json::from_slice(text).map_err(unreadable)?;
        Ok(Self {
            files: document.files,
        })
    }

    /// The text, one file a line, so that two branches that touch different files merge.
    pub(crate) fn text(&self) -> String {
        let mut text = String::with_capacity(64 + self.files.len() * 240);
        text.push_str("{\n  \"version\": ");
        push_display(&mut text, VERSION);
        text.push_str(",\n  \"files\": {");
        for (index, (path, entry)) in self.files.iter().enumerate() {
            text.push_str(if index == 0 { "\n    " } else { ",\n    " });
            push_string(&mut text, path);
            text.push_str(": {\"sha256\": \"");
            push_display(&mut text, entry.sha256);
            text.push_str("\", \"application\": ");
            push_string(&mut text, &entry.application);
            text.push_str(", \"origin\": ");
            push_string(&mut text, &entry.origin);
            text.push('}');
        }
        text.push_str(if self.files.is_empty() {
            "}\n}\n"
        } else {
            "\n  }\n}\n"
        });
        text
    }
}

fn push_display(text: &mut String, value: impl fmt::Display) {
    // Writing to a `String` cannot fail.
    let _ = write!(text, "{value}");
}

/// Appends a JSON string.
fn push_string(text: &mut String, value: &str) {
    text.push('"');
    for character in value.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{0}'..='\u{1f}' => {
                text.push_str("\\u");
                push_display(text, format_args!("{:04x}", u32::from(character)));
            }
            other => text.push(other),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(content: &str, origin: &str) -> Entry {
        Entry {
            sha256: Checksum::of(content.as_bytes()),
            application: "web".to_owned(),
            origin: origin.to_owned(),
        }
    }

    fn sample() -> Ledger {
        let files = [
            (
                "apps/web/b.yaml".to_owned(),
                entry("b", "src/\"odd\"\\\u{1}.rs:2"),
            ),
            ("apps/web/a.yaml".to_owned(), entry("abc", "src/web.rs:1")),
        ];
        Ledger {
            files: files.into(),
        }
    }

    #[test]
    fn the_checksum_is_sha_256() {
        // FIPS 180-4, the example with the message "abc".
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Checksum::of(b"abc").to_string(), expected);
        assert_eq!(Checksum::parse(expected), Some(Checksum::of(b"abc")));
        assert_eq!(Checksum::parse(&expected.to_uppercase()), None);
        assert_eq!(Checksum::parse("ba78"), None);
    }

    #[test]
    fn the_text_has_one_sorted_line_a_file() {
        let text = sample().text();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[..3], ["{", "  \"version\": 1,", "  \"files\": {"]);
        assert!(
            lines[3].starts_with("    \"apps/web/a.yaml\": {\"sha256\": \"ba7816bf"),
            "{text}"
        );
        assert!(
            lines[3].ends_with("\"application\": \"web\", \"origin\": \"src/web.rs:1\"},"),
            "{text}"
        );
        assert!(lines[4].starts_with("    \"apps/web/b.yaml\""), "{text}");
        assert_eq!(lines[5..], ["  }", "}"]);
    }

    #[test]
    fn a_ledger_is_read_back_as_it_was_written() {
        for ledger in [sample(), Ledger::default()] {
            let read = Ledger::parse(ledger.text().as_bytes(), Path::new("ledger.json"))
                .expect("a ledger");
            assert_eq!(read, ledger);
        }
    }

    #[test]
    fn a_damaged_or_later_ledger_is_refused_by_name() {
        let path = Path::new("generated/prod/ledger.json");
        let conflict = sample()
            .text()
            .replace("  \"files\"", "<<<<<<< ours\n  \"files\"");
        let error = Ledger::parse(conflict.as_bytes(), path).expect_err("a merge conflict");
        assert!(
            error
                .to_string()
                .starts_with("generated/prod/ledger.json is not a ledger: "),
            "{error}"
        );
        assert!(error.to_string().ends_with("(line 3, column 1)"), "{error}");
        let later = sample().text().replace("\"version\": 1", "\"version\": 2");
        let error = Ledger::parse(later.as_bytes(), path).expect_err("a later version");
        assert_eq!(
            error.to_string(),
            "generated/prod/ledger.json has version 2, and this program reads version 1"
        );
    }

    #[test]
    fn a_moved_origin_is_no_disagreement() {
        assert!(entry("a", "src/web.rs:1").agrees(&entry("a", "src/web.rs:9")));
        assert!(!entry("a", "src/web.rs:1").agrees(&entry("b", "src/web.rs:1")));
    }
}
