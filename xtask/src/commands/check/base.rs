//! The objects that were there before, which the ones that are judged take the place of.

use check::Document;
use check::read::read;

use crate::commands::Session;
use crate::commands::review::source::{Default, Source};
use crate::failure::Failure;

/// A state of the trees before the change.
pub(super) struct Base(Source);

impl Base {
    /// The revision or folder of this name.
    pub(super) fn of(session: &Session, named: &str) -> Result<Self, Failure> {
        Source::of(session, Some(named), Default::WorkingTree).map(Self)
    }

    /// The objects of an environment, or of all where none is named. A file that cannot be read has none: it is the state
    /// after that is judged.
    pub(super) fn objects(&self, environment: Option<&str>) -> Result<Vec<Document>, Failure> {
        let known = self.0.environments();
        let wanted: Vec<&str> = match environment {
            Some(name) => vec![name],
            None => known.iter().map(String::as_str).collect(),
        };
        let mut objects = Vec::new();
        for name in wanted {
            for (path, bytes) in self.0.files(name)? {
                let text = String::from_utf8_lossy(&bytes);
                objects.extend(read(&text, &path).documents);
            }
        }
        Ok(objects)
    }
}
