//! Facts against their sources.

use std::fs;
use std::path::{Path, PathBuf};

use schemas::import::{Difference, verify};

use crate::{Folder, definition, fixtures, snapshot};

fn differences(folder: &Folder, dirs: &[PathBuf]) -> Vec<Difference> {
    verify(dirs, &folder.data()).unwrap().differences
}

#[test]
fn facts_follow_from_their_sources() {
    let folder = Folder::with_fixtures();
    let verification = verify(&[fixtures()], &folder.data()).unwrap();
    assert_eq!(verification.differences, []);
    assert_eq!((verification.sources, verification.kinds), (4, 7));
}

#[test]
fn sources_may_be_in_several_folders() {
    let folder = Folder::with_fixtures();
    let crd = folder.source("mine/lever.yaml", definition("Lever", "{type: object}"));
    folder.import(&[crd.parent().unwrap().to_owned()]).unwrap();
    let mine = folder.0.path().join("sources");
    assert_eq!(differences(&folder, &[fixtures(), mine]), []);
    let missing = Difference::MissingSource {
        path: "mine/lever.yaml".to_owned(),
    };
    assert_eq!(differences(&folder, &[fixtures()]), [missing]);
}

#[test]
fn a_changed_fact_is_found() {
    let folder = Folder::with_fixtures();
    change(
        &folder.data().join("custom/example.com.jsonl"),
        "\"maxLength\":8",
        "\"maxLength\":9",
    );
    change(
        &folder.data().join("kubernetes/1.35.jsonl"),
        "\"OnFailure\"",
        "\"OnSuccess\"",
    );
    let found = differences(&folder, &[fixtures()]);
    let kind = Difference::ChangedKind {
        kind: "example.com/v1 Widget".to_owned(),
    };
    let definition = Difference::ChangedDefinition {
        definition: "1.35 io.k8s.api.core.v1.PodSpec".to_owned(),
    };
    assert_eq!(found, [kind, definition]);
}

#[test]
fn a_changed_built_in_kind_is_found() {
    let folder = Folder::with_fixtures();
    change(
        &folder.data().join("kubernetes/1.35.jsonl"),
        "\"plural\":\"nodes\"",
        "\"plural\":\"knots\"",
    );
    let kind = Difference::ChangedKind {
        kind: "v1 Node (1.35)".to_owned(),
    };
    assert_eq!(differences(&folder, &[fixtures()]), [kind]);
}

#[test]
fn lost_and_invented_kinds_are_found() {
    let folder = Folder::with_fixtures();
    let path = folder.data().join("custom/gears.example.com.jsonl");
    change(&path, "\"kind\":\"Sprocket\"", "\"kind\":\"Spring\"");
    let lost = Difference::MissingKind {
        kind: "gears.example.com/v1 Sprocket".to_owned(),
    };
    let invented = Difference::UnknownKind {
        kind: "gears.example.com/v1 Spring".to_owned(),
    };
    assert_eq!(differences(&folder, &[fixtures()]), [lost, invented]);
}

#[test]
fn a_changed_source_is_found() {
    let folder = Folder::new();
    let path = folder.source("mine/lever.yaml", definition("Lever", "{type: object}"));
    let sources = folder.0.path().join("sources");
    folder.import(&[path.parent().unwrap().to_owned()]).unwrap();
    // Other words only: the source is no longer what was imported, the facts are.
    folder.source(
        "mine/lever.yaml",
        definition("Lever", "{type: object, description: new}"),
    );
    let source = Difference::ChangedSource {
        path: "mine/lever.yaml".to_owned(),
    };
    assert_eq!(
        differences(&folder, std::slice::from_ref(&sources)),
        std::slice::from_ref(&source)
    );
    folder.source("mine/lever.yaml", definition("Lever", "{type: string}"));
    let kind = Difference::ChangedKind {
        kind: "example.com/v1 Lever".to_owned(),
    };
    assert_eq!(differences(&folder, &[sources]), [source, kind]);
}

#[test]
fn every_difference_says_what_it_is() {
    let folder = Folder::with_fixtures();
    let path = folder.data().join("custom/gears.example.com.jsonl");
    change(&path, "\"kind\":\"Sprocket\"", "\"kind\":\"Spring\"");
    change(
        &folder.data().join("kubernetes/1.35.jsonl"),
        "\"OnFailure\"",
        "\"OnSuccess\"",
    );
    change(
        &folder.data().join("custom/example.com.jsonl"),
        "\"maxLength\":8",
        "\"maxLength\":9",
    );
    change(
        &folder.data().join("lock.json"),
        "crds/gadgets.yml",
        "crds/gone.yml",
    );
    let widgets = "crds/widgets.yaml\": {\n      \"sha256\": \"";
    change(
        &folder.data().join("lock.json"),
        widgets,
        &format!("{widgets}0"),
    );
    snapshot!(
        "verification",
        verify(&[fixtures()], &folder.data()).unwrap().to_string()
    );
}

/// Replaces what stands in a file once or more, the first time.
fn change(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from} is in {}", path.display());
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}
