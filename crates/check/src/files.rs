//! Files judged one after another by what an API server would say: none of their objects is kept.

use crate::api::Judge;
use crate::context::Context;
use crate::definitions::{Definitions, can_define};
use crate::document::Document;
use crate::parallel::ordered;
use crate::read::{FileContent, not_text, read_each};
use crate::report::{Finding, Report};
use crate::rule::{Area, Rule};
use crate::rules::rules;
use crate::selection::Selection;

/// A file as it was found.
#[derive(Clone, Debug)]
pub struct TextFile {
    /// Its name, as findings are to say it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl TextFile {
    /// Hands over each object of the file; what comes back has none.
    fn each(&self, take: impl FnMut(Document)) -> FileContent {
        match std::str::from_utf8(&self.bytes) {
            Ok(text) => read_each(text, &self.name, take),
            Err(_) => not_text(&self.bytes),
        }
    }

    /// The objects of the file, and why it could not be read to its end.
    pub fn read(&self) -> FileContent {
        let mut documents = Vec::new();
        let rest = self.each(|document| documents.push(document));
        FileContent { documents, ..rest }
    }

    /// What is to be said where the file could not be read to its end.
    pub fn unreadable(&self, content: &FileContent) -> Option<Finding> {
        let fault = content.fault.as_ref()?;
        Some(Finding::unreadable(&self.name, fault))
    }
}

/// Judges files by rules that look at each object by itself; `None` where some that are asked do not.
///
/// Says what [`crate::check_by`] says of the objects of the files, and what of them cannot be read.
pub fn check_files(
    files: &[TextFile],
    context: &Context<'_>,
    selection: &Selection,
) -> Option<Report> {
    let asked: Vec<&Rule> = rules()
        .into_iter()
        .filter(|rule| selection.admits(rule))
        .collect();
    if asked.iter().any(|rule| rule.area != Area::Api) {
        return None;
    }
    // What a file defines counts for all of them.
    let contents = files.iter().filter(|file| can_define(&file.bytes));
    let defining: Vec<Document> = contents
        .flat_map(|file| file.read().documents)
        .filter(Definitions::is_one)
        .collect();
    let definitions = Definitions::of(&defining);
    let judged = ordered(
        context.threads,
        files.len(),
        || Judge::new(context, &definitions),
        |judge, index| {
            let file = &files[index];
            let (mut found, mut objects) = (Vec::new(), 0);
            let rest = file.each(|document| {
                judge.check(&document, &mut found);
                objects += 1;
            });
            found.extend(file.unreadable(&rest));
            found.retain(|finding| selection.admits(finding.rule));
            (found, objects)
        },
    );
    let mut report = Report {
        rules: asked.len(),
        objects: judged.iter().map(|(_, objects)| objects).sum(),
        ..Report::default()
    };
    report.add(judged.into_iter().flat_map(|(found, _)| found));
    Some(report)
}
