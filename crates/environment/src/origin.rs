//! Makes the places that values come from: file, line, column, and the text of the files themselves.

use std::sync::Arc;

/// The place of a value in one of the files that were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// Index into [`Files`]; the environment that was asked for is 0, what it extends follows.
    pub file: u32,
    /// First byte of the value, counted from the start of the file.
    pub start: u32,
    /// The byte after the last one of the value.
    pub end: u32,
    /// Line of `start`, counted from 1.
    pub line: u32,
    /// Column of `start` in characters, counted from 1.
    pub column: u32,
}

impl Origin {
    /// The origin of a value that no file holds, a default for example.
    pub const NOWHERE: Self = Self {
        file: u32::MAX,
        start: 0,
        end: 0,
        line: 0,
        column: 0,
    };

    /// Whether the value stands in a file.
    pub fn is_somewhere(&self) -> bool {
        self.file != u32::MAX
    }

    /// The first character of a file, for mistakes of the file as a whole.
    pub fn start_of(file: u32) -> Self {
        Self {
            file,
            start: 0,
            end: 0,
            line: 1,
            column: 1,
        }
    }
}

/// One file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path to show, such as `environments/prod.yaml`.
    pub path: String,
    /// The text; what is not UTF-8 has become U+FFFD.
    pub text: String,
}

/// Every file that took part in one environment, cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(Arc<Vec<File>>);

impl Files {
    /// Adds a file and returns its index.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> u32 {
        let files = Arc::make_mut(&mut self.0);
        files.push(File {
            path: path.into(),
            text: text.into(),
        });
        u32::try_from(files.len() - 1).unwrap_or(u32::MAX)
    }

    /// The file that an origin lies in.
    pub fn get(&self, file: u32) -> Option<&File> {
        self.0.get(usize::try_from(file).ok()?)
    }

    /// All files, in the order of their indices.
    pub fn iter(&self) -> impl Iterator<Item = &File> {
        self.0.iter()
    }

    /// The text between the two ends of an origin.
    pub fn text(&self, origin: &Origin) -> Option<&str> {
        self.get(origin.file)?
            .text
            .get(origin.start as usize..origin.end as usize)
    }

    /// `path:line:column`, the form that editors and terminals turn into a link.
    pub fn place(&self, origin: &Origin) -> Option<String> {
        let file = self.get(origin.file)?;
        Some(format!("{}:{}:{}", file.path, origin.line, origin.column))
    }

    /// The origin of a part of a value, given in bytes of `text`; the whole value where the source is not `text` as it
    /// stands (quoted, folded, or replaced).
    pub fn part(&self, origin: &Origin, text: &str, range: std::ops::Range<usize>) -> Origin {
        let (Some(source), Some(before)) = (self.text(origin), text.get(..range.start)) else {
            return *origin;
        };
        if source != text || text.contains('\n') {
            return *origin;
        }
        let bytes = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Origin {
            file: origin.file,
            start: origin.start.saturating_add(bytes(range.start)),
            end: origin.start.saturating_add(bytes(range.end)),
            line: origin.line,
            column: origin.column.saturating_add(bytes(before.chars().count())),
        }
    }
}

/// A value and the place where it was written, for rules that look at several values at once.
///
/// Equality, order and hash are those of the value: two environments that say the same are equal wherever they say it.
#[derive(Clone, Copy, Debug)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands: the value itself, or its key where the value goes over several lines.
    pub origin: Origin,
}

impl<T> Located<T> {
    /// A value that nobody wrote down, for defaults and tests.
    pub const fn implied(value: T) -> Self {
        Self {
            value,
            origin: Origin::NOWHERE,
        }
    }
}

impl<T> std::ops::Deref for Located<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq for Located<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Located<T> {}

impl<T: PartialOrd> PartialOrd for Located<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<T: Ord> Ord for Located<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.value.cmp(&other.value)
    }
}

impl<T: std::hash::Hash> std::hash::Hash for Located<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

/// A map whose keys know their place can be asked with the bare value.
impl<T> std::borrow::Borrow<T> for Located<T> {
    fn borrow(&self) -> &T {
        &self.value
    }
}
