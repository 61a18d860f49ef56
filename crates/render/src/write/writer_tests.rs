//! What the writer writes, what it refuses, and what it leaves alone.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests look at the files that the writer made"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use super::drift::Drift;
use super::error::WriteError;
use super::lock::Lock;
use super::summary::Summary;
use super::testing::{Files, Stopping, clean, compare, file, snapshot, write, write_on};
use super::writer::{Options, Writer};

fn tree() -> Files {
    [
        ("apps/web/production/service-web.yaml", "kind: Service\n"),
        ("argocd/application-web.yaml", "wave: 1\n"),
    ]
    .into()
}

fn place() -> TempDir {
    TempDir::new().expect("a folder")
}

fn refusal(folder: &Path, tree: &Files) -> String {
    let before = snapshot(folder);
    let error = write_on(Stopping::after(0), folder, tree).expect_err("refused");
    assert!(!error.is_io(), "{error}");
    assert_eq!(snapshot(folder), before, "the folder is as it was");
    error
        .to_string()
        .replace(&folder.display().to_string(), "prod")
}

#[test]
fn a_tree_that_is_right_is_only_read() {
    let place = place();
    let folder = place.path().join("prod");
    assert_eq!(write(&folder, &tree()).added.len(), 2);
    let again = write_on(Stopping::after(0), &folder, &tree()).expect("not one step is needed");
    assert_eq!(
        again,
        Summary {
            files: 2,
            ..Summary::default()
        }
    );
    assert!(again.is_up_to_date());
}

#[test]
fn only_the_files_that_differ_are_written() {
    let place = place();
    let folder = place.path().join("prod");
    write(&folder, &tree());
    let untouched = folder.join("apps/web/production/service-web.yaml");
    let before = fs::metadata(&untouched)
        .and_then(|found| found.modified())
        .expect("a file");
    let mut next = tree();
    next.insert("argocd/application-web.yaml", "wave: 2\n");
    let summary = write(&folder, &next);
    assert_eq!(summary.changed, ["argocd/application-web.yaml"]);
    assert_eq!(
        fs::metadata(&untouched)
            .and_then(|found| found.modified())
            .expect("a file"),
        before
    );
    assert_eq!(snapshot(&folder), clean(&next));
}

#[test]
fn the_order_of_the_files_makes_no_difference() {
    let place = place();
    let folder = place.path().join("prod");
    let mut writer = Writer::open(&folder, Options::default()).expect("a writer");
    for (path, text) in tree().into_iter().rev() {
        writer.put(&file(path, text)).expect("taken");
    }
    writer.finish().expect("written");
    assert_eq!(snapshot(&folder), clean(&tree()));
}

#[test]
fn a_file_edited_by_hand_is_ours_and_is_named() {
    let place = place();
    let folder = place.path().join("prod");
    write(&folder, &tree());
    fs::write(folder.join("argocd/application-web.yaml"), "wave: 7\n").expect("a file");
    let summary = write(&folder, &tree());
    assert_eq!(summary.edited_by_hand, ["argocd/application-web.yaml"]);
    assert_eq!(summary.changed, ["argocd/application-web.yaml"]);
    assert_eq!(snapshot(&folder), clean(&tree()));
}

#[test]
fn a_foreign_file_is_left_alone_and_named() {
    let place = place();
    let folder = place.path().join("prod");
    write(&folder, &tree());
    fs::write(folder.join("argocd/by-hand.yaml"), "kind: Secret\n").expect("a file");
    let summary = write(&folder, &[("other.yaml", "a\n")].into());
    assert_eq!(summary.foreign, ["argocd/by-hand.yaml"]);
    assert_eq!(summary.removed.len(), 2);
    assert_eq!(
        fs::read_to_string(folder.join("argocd/by-hand.yaml")).expect("still there"),
        "kind: Secret\n"
    );
}

#[test]
fn a_foreign_file_in_the_way_stops_the_writing() {
    let place = place();
    let folder = place.path().join("prod");
    write(&folder, &[("other.yaml", "a\n")].into());
    fs::create_dir(folder.join("argocd")).expect("a folder");
    fs::write(folder.join("argocd/application-web.yaml"), "wave: 7\n").expect("a file");
    assert_eq!(
        refusal(&folder, &tree()),
        "prod/argocd/application-web.yaml is a file that no render made"
    );
}

#[test]
fn a_file_with_the_right_content_is_taken_over_where_the_ledger_was_lost() {
    let place = place();
    let folder = place.path().join("prod");
    write(&folder, &tree());
    fs::remove_file(folder.join("ledger.json")).expect("removed");
    assert!(write(&folder, &tree()).foreign.is_empty());
    assert_eq!(snapshot(&folder), clean(&tree()));
}

#[test]
fn a_foreign_folder_in_the_way_stops_the_writing() {
    let place = place();
    let folder = place.path().join("prod");
    write(&folder, &[("other.yaml", "a\n")].into());
    fs::create_dir_all(folder.join("argocd/application-web.yaml")).expect("a folder");
    assert_eq!(
        refusal(&folder, &tree()),
        "prod/argocd/application-web.yaml is a folder"
    );
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_folder() {
    let place = place();
    let (folder, outside) = (place.path().join("prod"), place.path().join("outside"));
    fs::create_dir_all(outside.join("web/production")).expect("a folder");
    fs::write(outside.join("web/production/service-web.yaml"), "mine\n").expect("a file");
    write(
        &folder,
        &[
            ("other.yaml", "a\n"),
            ("apps/web/production/service-web.yaml", "b\n"),
        ]
        .into(),
    );
    fs::remove_dir_all(folder.join("apps")).expect("removed");
    std::os::unix::fs::symlink(&outside, folder.join("apps")).expect("a link");
    let refused = "prod/apps/web/production/service-web.yaml is a symbolic link";
    assert_eq!(refusal(&folder, &tree()), refused);
    // Removing does not follow it either.
    assert_eq!(
        write(&folder, &[("other.yaml", "a\n")].into()).foreign,
        ["apps"]
    );
    assert!(outside.join("web/production/service-web.yaml").exists());
}

#[test]
fn a_path_out_of_the_folder_is_refused() {
    let place = place();
    let folder = place.path().join("prod");
    let mut writer = Writer::open(&folder, Options::default()).expect("a writer");
    let error = writer
        .put(&file("../other/a.yaml", "a\n"))
        .expect_err("refused");
    let expected =
        "\"../other/a.yaml\" cannot be a path of a rendered tree: a part of it starts with a dot";
    assert_eq!(error.to_string(), expected);
    drop(writer);
    assert_eq!(
        snapshot(place.path()),
        BTreeMap::new(),
        "a tree that is given up leaves nothing"
    );
}

#[test]
fn two_objects_with_one_path_are_refused_with_both_origins() {
    let place = place();
    let mut writer =
        Writer::open(&place.path().join("prod"), Options::default()).expect("a writer");
    writer.put(&file("a/b.yaml", "1\n")).expect("taken");
    let error = writer.put(&file("a/b.yaml", "1\n")).expect_err("refused");
    assert!(
        matches!(&error, WriteError::Duplicate { first, second, .. } if first.contains(".rs:") && second.contains(".rs:"))
    );
    for clash in ["a", "a/b.yaml/c.yaml"] {
        let error = writer.put(&file(clash, "1\n")).expect_err("refused");
        assert!(
            matches!(error, WriteError::InvalidPath { .. }),
            "{clash}: {error}"
        );
    }
}

#[test]
fn a_tree_that_loses_most_of_its_files_needs_a_word() {
    let place = place();
    let folder = place.path().join("prod");
    let names: Vec<String> = (0..30)
        .map(|number| format!("apps/object-{number}.yaml"))
        .collect();
    let write_first = |count: usize, options| {
        let mut writer = Writer::open(&folder, options)?;
        for name in &names[..count] {
            writer.put(&super::writer::File {
                path: name,
                ..file("", "a\n")
            })?;
        }
        writer.finish()
    };
    write_first(30, Options::default()).expect("written");
    let before = snapshot(&folder);
    let error = write_first(14, Options::default()).expect_err("16 of 30 go");
    assert!(
        matches!(
            error,
            WriteError::Shrink {
                removed: 16,
                of: 30,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(snapshot(&folder), before);
    write_first(15, Options::default()).expect("half may go");
    write_first(5, Options::default()).expect("ten may go");
    write_first(30, Options::default()).expect("written");
    let summary = write_first(
        1,
        Options {
            allow_shrink: true,
            ..Options::default()
        },
    )
    .expect("it was meant");
    assert_eq!(summary.removed.len(), 29);
}

#[test]
fn a_second_run_waits_for_the_first() {
    static WAITED: AtomicUsize = AtomicUsize::new(0);
    let place = place();
    let folder = place.path().join("prod");
    let first = Lock::take(&folder, |_| {}).expect("the lock");
    std::thread::scope(|scope| {
        let second = scope.spawn(|| {
            let options = Options {
                waiting: |_| _ = WAITED.fetch_add(1, Ordering::SeqCst),
                ..Options::default()
            };
            let mut writer = Writer::open(&folder, options).expect("a writer");
            writer.put(&file("a.yaml", "a\n")).expect("taken");
            writer.finish().expect("written")
        });
        while WAITED.load(Ordering::SeqCst) == 0 {
            std::thread::yield_now();
        }
        assert!(
            !folder.exists(),
            "nothing is written while another run has the lock"
        );
        drop(first);
        assert_eq!(second.join().expect("the thread ends").added, ["a.yaml"]);
    });
}

#[test]
fn drift_names_what_is_missing_changed_orphaned_and_foreign() {
    let place = place();
    let folder = place.path().join("prod");
    assert_eq!(compare(&folder, &[].into()).missing, ["ledger.json"]);
    let mut before = tree();
    before.extend([
        ("apps/web/production/configmap-web.yaml", "a: 1\n"),
        ("apps/old.yaml", "a\n"),
    ]);
    write(&folder, &before);
    assert!(compare(&folder, &before).is_none());
    fs::remove_file(folder.join("argocd/application-web.yaml")).expect("removed");
    fs::write(
        folder.join("apps/web/production/configmap-web.yaml"),
        "a: 2\n",
    )
    .expect("a file");
    fs::write(folder.join("apps/foreign.yaml"), "a: 2\n").expect("a file");
    before.remove("apps/old.yaml");
    let found = compare(&folder, &before);
    let expected = Drift {
        missing: vec!["argocd/application-web.yaml".to_owned()],
        changed: vec!["apps/web/production/configmap-web.yaml".to_owned()],
        orphaned: vec!["apps/old.yaml".to_owned()],
        foreign: vec!["apps/foreign.yaml".to_owned()],
        half_way: false,
    };
    assert_eq!(found, expected);
}

#[test]
fn a_ledger_that_does_not_fit_its_files_is_drift() {
    let place = place();
    let folder = place.path().join("prod");
    write(&folder, &tree());
    let ledger = folder.join("ledger.json");
    let text = fs::read_to_string(&ledger).expect("a ledger");
    let moved = text.replace(".rs:", ".rs:9");
    fs::write(&ledger, &moved).expect("a file");
    assert!(
        compare(&folder, &tree()).is_none(),
        "a line that moved is no drift"
    );
    fs::write(&ledger, text.replace("\"web\"", "\"mail\"")).expect("a file");
    assert_eq!(compare(&folder, &tree()).changed, ["ledger.json"]);
}
