//! Stops the writer after each single step and shows that the next run finishes what was begun.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests look at the files that the writer made"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::drift::Drift;
use super::path::{self, LedgerPlace};
use super::staging::staging_folder;
use super::testing::{Files, Stopping, clean, compare, snapshot, write, write_on, write_with};
use super::writer::Options;

const FOREIGN: &str = "apps/web/notes.txt";

fn old_tree() -> Files {
    [
        ("apps/web/production/service-web.yaml", "kind: Service\n"),
        ("apps/web/production/configmap-web.yaml", "data: old\n"),
        (
            "apps/cache/_cluster/clusterrole-cache.yaml",
            "kind: ClusterRole\n",
        ),
        ("apps/was-a-file", "text\n"),
        ("argocd/application-web.yaml", "wave: 1\n"),
    ]
    .into()
}

fn new_tree() -> Files {
    [
        ("apps/web/production/service-web.yaml", "kind: Service\n"),
        ("apps/web/production/configmap-web.yaml", "data: new\n"),
        ("apps/was-a-file/now-a-folder.yaml", "text\n"),
        (
            "apps/queue/production/service-queue.yaml",
            "kind: Service\nname: queue\n",
        ),
        ("argocd/application-web.yaml", "wave: 2\n"),
    ]
    .into()
}

fn third_tree() -> Files {
    [
        ("apps/web/production/configmap-web.yaml", "data: third\n"),
        (
            "apps/mail/production/service-mail.yaml",
            "kind: Service\nname: mail\n",
        ),
    ]
    .into()
}

/// The file that is not ours, and its folders.
fn foreign_file() -> BTreeMap<String, Option<String>> {
    let folders = path::folders(FOREIGN).map(|folder| (folder.to_owned(), None));
    folders
        .chain([(FOREIGN.to_owned(), Some("keep me".to_owned()))])
        .collect()
}

/// A place with the old tree in it, and a file that is not ours.
fn with_old_tree() -> TempDir {
    let place = TempDir::new().expect("a folder");
    let folder = place.path().join("prod");
    write(&folder, &old_tree());
    fs::write(folder.join(FOREIGN), "keep me").expect("a file");
    place
}

/// No file of the tree is torn: each one holds what one of the trees gives it.
fn assert_not_torn(folder: &Path, trees: &[Files], when: &str) {
    for (name, content) in snapshot(folder) {
        let base = name.rsplit('/').next().unwrap_or(&name);
        let Some(content) = content else { continue };
        if name == FOREIGN || base.starts_with('.') || name == path::LEDGER || name == path::JOURNAL
        {
            continue;
        }
        let known = trees
            .iter()
            .any(|tree| tree.get(name.as_str()).is_some_and(|text| *text == content));
        assert!(known, "{when}: {name} holds {content:?}");
    }
}

/// The folder is in its old state, in the new one, or known to be half-way.
fn assert_old_new_or_half_way(folder: &Path, old: &Files, new: &Files, when: &str) {
    assert_not_torn(folder, &[old.clone(), new.clone()], when);
    let ours = |drift: Drift| Drift {
        foreign: Vec::new(),
        ..drift
    };
    let (from_old, from_new) = (ours(compare(folder, old)), ours(compare(folder, new)));
    let known = from_new.half_way || from_new.is_none() || from_old.is_none();
    assert!(
        known,
        "{when}: a silent mixture\nfrom the old tree: {from_old:?}\nfrom the new tree: {from_new:?}"
    );
}

#[test]
fn a_stop_after_any_step_leaves_old_new_or_half_way_and_the_next_run_finishes() {
    for next in [old_tree(), new_tree(), third_tree()] {
        let mut expected = clean(&next);
        expected.extend(foreign_file());
        for steps in 0.. {
            let place = with_old_tree();
            let folder = place.path().join("prod");
            let stopped = write_on(Stopping::after(steps), &folder, &new_tree()).is_err();
            assert_old_new_or_half_way(
                &folder,
                &old_tree(),
                &new_tree(),
                &format!("after {steps} steps"),
            );
            let summary = write(&folder, &next);
            assert!(
                summary.edited_by_hand.is_empty(),
                "after {steps} steps: {summary:?}"
            );
            assert_eq!(summary.foreign, [FOREIGN], "after {steps} steps");
            assert_eq!(snapshot(&folder), expected, "after {steps} steps");
            if !stopped {
                assert!(steps > 20, "the change has {steps} steps");
                break;
            }
        }
    }
}

#[test]
fn a_run_that_finishes_for_another_may_be_stopped_as_well() {
    let trees: [Files; 3] = [
        [("a/stays.yaml", "a\n"), ("a/b/goes.yaml", "b\n")].into(),
        [("a/stays.yaml", "new\n"), ("c/d/comes.yaml", "d\n")].into(),
        [("a/stays.yaml", "third\n"), ("c/e.yaml", "e\n")].into(),
    ];
    let [old, new, third] = &trees;
    let expected = clean(third);
    let mut combinations = 0;
    for first in 0.. {
        let mut first_stopped = false;
        for second in 0.. {
            let place = TempDir::new().expect("a folder");
            let folder = place.path().join("prod");
            write(&folder, old);
            first_stopped = write_on(Stopping::after(first), &folder, new).is_err();
            let second_stopped = write_on(Stopping::after(second), &folder, third).is_err();
            let when = format!("after {first} and {second} steps");
            assert_not_torn(&folder, &trees, &when);
            assert!(write(&folder, third).foreign.is_empty(), "{when}");
            assert_eq!(snapshot(&folder), expected, "{when}");
            combinations += 1;
            if !second_stopped {
                break;
            }
        }
        if !first_stopped {
            break;
        }
    }
    assert!(combinations > 400, "{combinations} combinations");
}

#[test]
fn a_new_folder_appears_at_once_whatever_step_the_writer_stops_after() {
    for there in [false, true] {
        for steps in 0.. {
            let place = TempDir::new().expect("a folder");
            let folder = place.path().join("prod");
            if there {
                fs::create_dir(&folder).expect("a folder");
            }
            let stopped = write_on(Stopping::after(steps), &folder, &new_tree()).is_err();
            let found = snapshot(&folder);
            assert!(
                found.is_empty() || found == clean(&new_tree()),
                "after {steps} steps: {found:?}"
            );
            let leftover = staging_folder(&folder).expect("a name").exists();
            assert_eq!(
                compare(&folder, &new_tree()).half_way,
                leftover,
                "after {steps} steps"
            );
            write(&folder, &third_tree());
            assert_eq!(
                snapshot(&folder),
                clean(&third_tree()),
                "after {steps} steps"
            );
            assert_eq!(
                fs::read_dir(place.path()).expect("the place").count(),
                1,
                "after {steps} steps"
            );
            if !stopped {
                assert!(steps > 20, "the new folder has {steps} steps");
                break;
            }
        }
    }
}

#[test]
fn clearing_what_a_stop_left_beside_the_folder_may_be_stopped_as_well() {
    for steps in 0.. {
        let place = TempDir::new().expect("a folder");
        let folder = place.path().join("prod");
        write_on(Stopping::after(30), &folder, &new_tree()).expect_err("stopped in the middle");
        assert!(staging_folder(&folder).expect("a name").exists());
        let stopped = write_on(Stopping::after(steps), &folder, &new_tree()).is_err();
        write(&folder, &new_tree());
        assert_eq!(
            snapshot(place.path())
                .keys()
                .filter(|name| !name.starts_with("prod"))
                .count(),
            0
        );
        assert_eq!(snapshot(&folder), clean(&new_tree()), "after {steps} steps");
        if !stopped {
            break;
        }
    }
}

#[test]
fn with_the_ledger_beside_the_folder_a_stop_is_finished_as_well() {
    let options = Options {
        ledger: LedgerPlace::Beside,
        ..Options::default()
    };
    let write = |steps, folder: &Path, tree: &Files| {
        write_with(Stopping::after(steps), folder, tree, options)
    };
    let tree_of = |folder: &Path| -> Vec<String> {
        snapshot(folder)
            .into_iter()
            .filter_map(|(name, content)| content.map(|_| name))
            .collect()
    };
    let expected: Vec<String> = third_tree().into_keys().map(str::to_owned).collect();
    for first in [None, Some(old_tree())] {
        for steps in 0.. {
            let place = TempDir::new().expect("a folder");
            let folder = place.path().join("prod");
            if let Some(first) = &first {
                write(usize::MAX, &folder, first).expect("written");
            }
            let stopped = write(steps, &folder, &new_tree()).is_err();
            write(usize::MAX, &folder, &third_tree()).expect("the next run finishes");
            assert_eq!(tree_of(&folder), expected, "after {steps} steps");
            let beside = tree_of(place.path())
                .into_iter()
                .filter(|name| !name.starts_with("prod/"));
            assert_eq!(
                beside.collect::<Vec<_>>(),
                [".prod.ledger.json"],
                "after {steps} steps"
            );
            if !stopped {
                break;
            }
        }
    }
}
