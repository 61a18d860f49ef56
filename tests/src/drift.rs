//! `generated/` is what the environments render to.

use std::num::NonZeroUsize;
use std::path::Path;

use render::{Drift, Objects, Rendered};

use crate::workspace::{environments, root};

fn threads(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).expect("not zero")
}

fn rendered() -> Vec<(String, Rendered)> {
    let environments = environments().unwrap_or_else(|mistakes| panic!("{mistakes}"));
    assert!(!environments.is_empty(), "there is no environment");
    let rendered = environments.into_iter().map(|(name, environment)| {
        let rendered = render::render(&name, &environment, threads(2));
        let rendered = rendered
            .unwrap_or_else(|refusal| panic!("{name}: {refusal}; run: cargo xtask check {name}"));
        (name, rendered)
    });
    rendered.collect()
}

/// The paths of a drift, each with what is wrong with it.
fn lines(drift: &Drift) -> String {
    let lists = [
        ("missing", &drift.missing),
        ("changed", &drift.changed),
        ("orphaned", &drift.orphaned),
        ("not rendered", &drift.foreign),
    ];
    let lines = lists
        .iter()
        .flat_map(|(what, paths)| paths.iter().map(move |path| format!("  {what}: {path}\n")));
    lines.collect()
}

#[test]
fn the_rendered_trees_are_up_to_date() {
    for (name, rendered) in rendered() {
        let folder = root().join("generated").join(&name);
        let drift = rendered.compare(&folder).expect("the folder is readable");
        assert!(
            !drift.half_way,
            "a stopped run left generated/{name} half-way; run: cargo xtask render {name}"
        );
        let lines = lines(&drift);
        assert!(
            drift.is_none(),
            "generated/{name} is not what {name} renders to\n{lines}run: cargo xtask render {name}"
        );
    }
}

#[test]
fn no_tree_stands_without_its_environment() {
    let names: Vec<String> = rendered().into_iter().map(|(name, _)| name).collect();
    for ledger in crate::workspace::files(&root().join("generated"), "json") {
        let folder = ledger
            .parent()
            .and_then(Path::file_name)
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let known = names.iter().any(|name| name == folder);
        assert!(
            known,
            "generated/{folder} has no environments/{folder}.yaml: remove the folder"
        );
    }
}

#[test]
fn threads_and_the_order_of_components_change_nothing() {
    for (name, environment) in environments().unwrap_or_else(|mistakes| panic!("{mistakes}")) {
        let expected = render::render(&name, &environment, threads(1)).expect("it renders");
        for count in [2, 7] {
            let again = render::render(&name, &environment, threads(count)).expect("it renders");
            assert_eq!(again.tree(), expected.tree(), "{name} with {count} threads");
        }
        let mut objects = Objects::of(&name, &environment);
        for turn in [1, 3] {
            let middle = turn % objects.applications.len().max(1);
            objects.applications.rotate_left(middle);
            objects.applications.reverse();
            for application in &mut objects.applications {
                application.manifests.reverse();
            }
            let placed = objects.placed().expect("each object has its file");
            let expected: Vec<_> = expected.tree().objects().collect();
            assert_eq!(placed.len(), expected.len(), "{name}");
            for (placed, (path, file)) in placed.iter().zip(expected) {
                assert_eq!(placed.path, path, "{name}, shuffled");
                assert_eq!(
                    placed.manifest.yaml(),
                    file.text,
                    "{name}, shuffled: {path}"
                );
            }
        }
    }
}
