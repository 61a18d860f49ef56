//! Sources that nothing can be taken from: each is an error that names the file, and nothing is
//! written.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use schemas::import::ImportError;

use crate::{Folder, definition, fixtures, snapshot};

/// Imports sources of which something is wrong; every cause of the error in one line, the folder's
/// own path left out.
fn refused(folder: &Folder, sources: &[PathBuf]) -> String {
    let before = folder.files();
    let error = folder.import(sources).unwrap_err();
    assert_eq!(folder.files(), before, "nothing is written");
    text(folder, &error)
}

fn text(folder: &Folder, error: &ImportError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        write!(text, ": {error}").unwrap();
        cause = error.source();
    }
    let root = fs::canonicalize(folder.0.path()).unwrap();
    text.replace(root.to_str().unwrap(), "")
        .replace(folder.0.path().to_str().unwrap(), "")
}

#[test]
fn each_mistake_in_a_source_has_a_message_that_names_the_file() {
    let crd = |spec: &str| definition("Lever", spec);
    let good = crd("{type: object}");
    let mistakes: Vec<(&str, &str, String)> = vec![
        ("not a CRD", "deployment.yaml", "apiVersion: apps/v1\nkind: Deployment\n".to_owned()),
        ("no kind", "values.yaml", "replicas: 3\n".to_owned()),
        ("no document", "empty.yaml", "# nothing\n".to_owned()),
        ("not YAML", "broken.yaml", "apiVersion: [\n".to_owned()),
        ("key twice", "twice.yaml", "kind: A\nkind: B\n".to_owned()),
        ("not JSON", "broken.json", "{\"kind\": \n".to_owned()),
        ("old CRD", "old.yaml", good.replace("apiextensions.k8s.io/v1", "apiextensions.k8s.io/v1beta1")),
        ("no schema", "no-schema.yaml", good.replace("openAPIV3Schema", "someSchema")),
        ("no versions", "no-versions.yaml", good.replace("versions:", "releases:")),
        ("nothing served", "unserved.yaml", good.replace("served: true", "served: false")),
        ("wrong group", "group.yaml", good.replace("group: example.com", "group: ../example")),
        ("wrong scope", "scope.yaml", good.replace("Namespaced", "Everywhere")),
        ("wrong type", "type.yaml", crd("{type: object, properties: {a: {type: array, items: {type: text}}}}")),
        ("wrong bound", "bound.yaml", crd("{type: object, properties: {a: {type: string, maxLength: long}}}")),
        ("no rule", "rule.yaml", crd("{type: object, x-kubernetes-validations: [{message: no}]}")),
        ("unknown keyword", "keyword.yaml", crd("{type: object, patternProperties: {}}")),
        ("wrong list type", "list.yaml", crd("{type: array, x-kubernetes-list-type: bag}")),
        ("no minor", "swagger.json", r#"{"swagger":"2.0","definitions":{},"paths":{}}"#.to_owned()),
        ("no definitions", "1.35/swagger.json", r#"{"swagger":"2.0","paths":{}}"#.to_owned()),
        (
            "lost definition",
            "1.34/swagger.json",
            r##"{"swagger":"2.0","definitions":{"a.Lever":{"properties":{"spec":{"$ref":"#/definitions/a.Spec"}}}},
            "paths":{"/api/v1/levers":{"post":{"parameters":[{"in":"body","schema":{"$ref":"#/definitions/a.Lever"}}],
            "x-kubernetes-group-version-kind":{"kind":"Lever"}}}}}"##
                .to_owned(),
        ),
    ];
    let folder = Folder::with_fixtures();
    let mut messages = String::new();
    for (what, name, text) in mistakes {
        let path = folder.source(name, text);
        let good = folder.source("good.yaml", &good);
        writeln!(messages, "{what}: {}", refused(&folder, &[good, path])).unwrap();
    }
    snapshot!("mistakes", messages);
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let folder = Folder::new();
    let path = folder.source("latin.yaml", b"kind: caf\xe9\n");
    snapshot!("no_text", refused(&folder, &[path]));
}

#[test]
fn two_files_that_differ_about_one_version_of_a_kind_are_refused() {
    let folder = Folder::new();
    let first = folder.source("first.yaml", definition("Lever", "{type: object}"));
    let second = folder.source("second.yaml", definition("Lever", "{type: string}"));
    snapshot!("conflict", refused(&folder, &[first, second]));
}

#[test]
fn two_documents_about_one_minor_are_refused() {
    let folder = Folder::new();
    let text = fs::read_to_string(fixtures().join("kubernetes/1.35/swagger.json")).unwrap();
    let first = folder.source("a/1.35/swagger.json", &text);
    let second = folder.source("b/1.35/swagger.json", &text);
    snapshot!("conflicting_minors", refused(&folder, &[first, second]));
}

#[test]
fn folders_and_files_that_are_not_there_are_named() {
    let folder = Folder::new();
    folder.source("prose/README.md", "# Nothing to import");
    let nothing = refused(&folder, &[folder.0.path().join("sources/prose")]);
    let missing = refused(&folder, &[folder.0.path().join("sources/missing.yaml")]);
    snapshot!("missing", format!("{nothing}\n{missing}"));
}

#[test]
fn damaged_data_is_not_built_upon() {
    let folder = Folder::with_fixtures();
    let crd = folder.source("lever.yaml", definition("Lever", "{type: object}"));
    let mut messages = String::new();
    for (name, from, to) in [
        ("custom/example.com.jsonl", "\"plural\"", "\"plurals\""),
        (
            "kubernetes/1.35.jsonl",
            "{\"definition\"",
            "{\"definitoin\"",
        ),
        ("lock.json", "\"sources\": {", "\"sources\": ["),
    ] {
        let path = folder.data().join(name);
        let good = folder.file(name);
        fs::write(&path, good.replacen(from, to, 1)).unwrap();
        writeln!(messages, "{}", refused(&folder, std::slice::from_ref(&crd))).unwrap();
        fs::write(&path, good).unwrap();
    }
    snapshot!("damaged", messages);
}

#[test]
fn a_folder_that_cannot_be_written_stays_as_it_was() {
    let folder = Folder::with_fixtures();
    let crd = folder.source("lever.yaml", definition("Lever", "{type: object}"));
    // A folder where the new text of a file would be prepared: writing that file fails, after
    // others are ready.
    fs::create_dir(folder.data().join("lock.new")).unwrap();
    let before = folder.files();
    let error = folder.import(&[crd]).unwrap_err();
    assert!(matches!(error, ImportError::Write { .. }), "{error}");
    assert_eq!(folder.files(), before);
}
