//! Applications straight to a folder, one after the other, without keeping their texts.

use manifest::{Application, Layout};

use crate::error::{Clash, StreamError};
use crate::write::{File, Writer};

/// Writes applications as they come. For trees that are too large to hold, and for platforms that check elsewhere:
/// unlike [`Rendered::write`](crate::Rendered::write), this takes objects as they are.
pub struct ApplicationWriter {
    writer: Writer,
    text: String,
}

impl ApplicationWriter {
    /// Puts the files of applications through `writer`.
    pub fn new(writer: Writer) -> Self {
        Self {
            writer,
            text: String::new(),
        }
    }

    /// Takes one application.
    pub fn put(&mut self, application: &Application) -> Result<(), StreamError> {
        let layout = Layout::new(std::slice::from_ref(application)).map_err(|duplicates| {
            StreamError::Clashes(duplicates.into_iter().map(Clash::from).collect())
        })?;
        for placed in layout.placed() {
            self.text.clear();
            placed.manifest.write_yaml(&mut self.text);
            self.writer.put(&File {
                path: &placed.path,
                text: &self.text,
                application: application.name.as_str(),
                origin: placed.manifest.origin(),
            })?;
        }
        Ok(())
    }

    /// Hands back the writer, to be finished.
    pub fn into_writer(self) -> Writer {
        self.writer
    }
}
