//! Any text as YAML, and whatever is read as objects to judge; then the same text as an update of itself.
#![no_main]

use check::Selection;
use check::change::refused_of_trees;
use check::read::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let content = read(text, "input.yaml");
    let context = fuzz::context();
    let report = check::check(&content.documents, &context);
    for finding in &report.findings {
        // Looked up in the text, which may be anything.
        let _ = finding.line();
    }
    let documents = &content.documents;
    let refused = refused_of_trees(documents, documents, &context, &Selection::default());
    assert!(refused.is_empty(), "nothing changes: {refused:?}");
});
