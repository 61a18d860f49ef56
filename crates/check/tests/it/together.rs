//! The verdict does not depend on how it is reached: file by file or all objects together, on one thread or several.

use std::num::NonZeroUsize;
use std::path::Path;

use check::{Area, Report, Selection, Selector, TextFile, check_by, check_files};

use crate::context;

/// All bad cases, and what else a reader meets in a folder.
fn files() -> Vec<TextFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut codes: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    codes.sort();
    let mut files: Vec<TextFile> = codes
        .iter()
        .map(|code| TextFile {
            name: code.file_name().unwrap().to_string_lossy().into_owned(),
            bytes: std::fs::read(code.join("bad.yaml")).unwrap(),
        })
        .collect();
    let definition = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n\
                      metadata: { name: parts.example.com }\nspec:\n  group: example.com\n  scope: Namespaced\n  \
                      names: { kind: Part, plural: parts }\n  versions:\n  - name: v1\n    served: true\n    \
                      storage: true\n    schema:\n      openAPIV3Schema:\n        type: object\n        properties:\n          \
                      size: { type: integer }\n";
    let stream = "apiVersion: example.com/v1\nkind: Part\nmetadata:\n  name: a\nsize: b\n---\n# nothing\n---\n\
                  apiVersion: v1\nkind: List\nitems:\n- apiVersion: example.com/v1\n  kind: Part\n  metadata: {name: b}\n  \
                  colour: red\n- {}\n---\na: 'b\n  c'\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n\
                  data: {a: 1}\n--- \napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: [d\n";
    let others: [(&str, &[u8]); 4] = [
        ("a stream", stream.as_bytes()),
        ("definitions", definition.as_bytes()),
        ("empty", b""),
        ("no text", b"a: b\n\xff\n"),
    ];
    files.extend(others.map(|(name, bytes)| TextFile {
        name: name.to_owned(),
        bytes: bytes.to_owned(),
    }));
    files
}

fn threads(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).unwrap()
}

fn together(files: &[TextFile], number: usize, selection: &Selection) -> Report {
    let (mut documents, mut unreadable) = (Vec::new(), Vec::new());
    for file in files {
        let content = file.read();
        unreadable.extend(file.unreadable(&content));
        documents.extend(content.documents);
    }
    let context = context().on_threads(threads(number));
    let mut report = check_by(&documents, &context, selection);
    report.add(unreadable);
    report
}

/// Everything that is said of a report.
fn said(report: &Report) -> String {
    check::text::render(report, false) + &check::text::summary(report)
}

#[test]
fn the_verdict_of_the_server_is_that_of_each_file_by_itself() {
    let selection = Selection {
        only: vec![Selector::Area(Area::Api)],
        skip: Vec::new(),
    };
    let files = files();
    let whole = said(&together(&files, 1, &selection));
    for (wanted, path) in [
        ("API003", "a stream:5"),
        ("API002", "a stream:14"),
        ("API019", "no text:2"),
        ("API019", "a stream:29"),
    ] {
        assert!(
            whole.contains(wanted) && whole.contains(path),
            "{wanted} at {path} of {whole}"
        );
    }
    for number in [1, 3] {
        let context = context().on_threads(threads(number));
        let each = check_files(&files, &context, &selection).expect("each object by itself");
        assert_eq!(said(&each), whole, "on {number} threads");
    }
}

#[test]
fn what_lies_between_objects_takes_all_of_them() {
    let selection = Selection {
        only: vec!["API001".parse().unwrap(), "REFS005".parse().unwrap()],
        skip: Vec::new(),
    };
    assert!(check_files(&files(), &context(), &selection).is_none());
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let files = files();
    let all = Selection::default();
    let one = said(&together(&files, 1, &all));
    assert_eq!(said(&together(&files, 3, &all)), one);
}
