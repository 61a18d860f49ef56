//! Importing again, and importing more.

use crate::{Folder, definition, fixtures, snapshot};

#[test]
fn importing_twice_gives_the_same_bytes() {
    let folder = Folder::with_fixtures();
    let before = folder.files();
    let summary = folder.import(&[fixtures()]).unwrap();
    assert_eq!(folder.files(), before);
    assert_eq!(
        (
            summary.added.len(),
            summary.changed.len(),
            summary.removed.len()
        ),
        (0, 0, 0)
    );
    assert_eq!((summary.files, summary.kinds, summary.rules), (4, 7, 2));
}

#[test]
fn the_summary_says_what_is_new() {
    let folder = Folder::new();
    snapshot!("summary", folder.import(&[fixtures()]).unwrap().to_string());
}

#[test]
fn an_import_adds_to_what_is_there() {
    let folder = Folder::with_fixtures();
    let crd = folder.source("mine/lever.yaml", definition("Lever", "{type: object}"));
    let summary = folder.import(&[crd]).unwrap();
    assert_eq!(summary.added, ["example.com/v1 Lever"]);
    assert_eq!((summary.changed.len(), summary.removed.len()), (0, 0));
    let kinds: Vec<_> = folder
        .store()
        .custom_kinds()
        .map(|name| name.kind.to_owned())
        .collect();
    assert_eq!(kinds, ["Gadget", "Lever", "Widget", "Widget", "Sprocket"]);
}

#[test]
fn a_changed_source_replaces_what_it_said_before() {
    let folder = Folder::new();
    let two =
        definition("Lever", "{type: object}") + "---\n" + &definition("Crank", "{type: object}");
    let source = folder.source("mine/all.yaml", two);
    folder.import(std::slice::from_ref(&source)).unwrap();
    folder.source(
        "mine/all.yaml",
        definition("Lever", "{type: string}").replace("name: v1", "name: v2"),
    );
    let summary = folder.import(&[source]).unwrap();
    assert_eq!(summary.added, ["example.com/v2 Lever"]);
    assert_eq!(
        summary.removed,
        ["example.com/v1 Crank", "example.com/v1 Lever"]
    );
    folder.source(
        "mine/all.yaml",
        definition("Lever", "{type: integer}").replace("name: v1", "name: v2"),
    );
    let summary = folder.import(&[folder.0.path().join("sources")]).unwrap();
    assert_eq!(summary.changed, ["example.com/v2 Lever"]);
}

#[test]
fn a_kind_that_moves_to_another_file_moves_in_the_lock() {
    let folder = Folder::new();
    let old = folder.source("old.yaml", definition("Lever", "{type: object}"));
    let new = folder.source("new.yaml", definition("Lever", "{type: string}"));
    folder.import(&[old]).unwrap();
    folder.import(&[new]).unwrap();
    let lock = folder.file("lock.json");
    assert!(
        lock.contains("new.yaml") && !lock.contains("old.yaml"),
        "{lock}"
    );
}

#[test]
fn two_files_may_say_the_same() {
    let folder = Folder::new();
    let first = folder.source("first.yaml", definition("Lever", "{type: object}"));
    let second = folder.source(
        "second.yaml",
        definition("Lever", "{type: object, description: other words}"),
    );
    assert_eq!(
        folder.import(&[first, second]).unwrap().added,
        ["example.com/v1 Lever"]
    );
}

#[test]
fn the_lock_names_sources_with_version_and_checksum() {
    snapshot!("lock", Folder::with_fixtures().file("lock.json"));
}

#[test]
fn the_listing_shows_what_is_known() {
    let folder = Folder::with_fixtures();
    snapshot!(
        "listing",
        schemas::import::list(&folder.data()).unwrap().to_string()
    );
}
