//! The crates depend on each other only as the design says.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::workspace::root;

/// Which crates of the workspace a crate may use.
enum Uses {
    /// These, each of which stands above it.
    Only(&'static [&'static str]),
    /// All that stand above it, without these.
    AllAboveBut(&'static [&'static str]),
}

use Uses::{AllAboveBut, Only};

/// Each crate, in the order in which they stand on each other, and what it may use.
const ARROWS: [(&str, Uses); 15] = [
    ("names", Only(&[])),
    ("yaml", Only(&[])),
    ("schemas", Only(&[])),
    ("codegen", Only(&["schemas"])),
    ("api", Only(&["codegen", "schemas"])),
    ("manifest", Only(&["names", "yaml", "api"])),
    ("environment", Only(&["names"])),
    ("builders", Only(&["names", "api", "manifest"])),
    ("configs", Only(&["names", "yaml"])),
    ("platform", AllAboveBut(&["yaml", "schemas", "codegen"])),
    ("check", Only(&["names", "schemas", "manifest"])),
    ("review", Only(&["names", "schemas", "manifest", "check"])),
    ("render", AllAboveBut(&["codegen", "review"])),
    ("xtask", AllAboveBut(&[])),
    ("workspace-tests", AllAboveBut(&[])),
];

/// The crates that the one at this place of the table may use.
fn allowed(place: usize) -> Vec<&'static str> {
    match &ARROWS[place].1 {
        Only(these) => these.to_vec(),
        AllAboveBut(others) => ARROWS[..place]
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| !others.contains(name))
            .collect(),
    }
}

/// Crates from elsewhere that a crate must not use itself, and why.
const FORBIDDEN: [(&str, &[&str], &str); 8] = [
    (
        "names",
        &["k8s-openapi", "serde", "serde_json"],
        "names are plain values",
    ),
    (
        "schemas",
        &["k8s-openapi"],
        "a check that shares its source with what it checks cannot fail",
    ),
    (
        "codegen",
        &["k8s-openapi", "kube", "tokio"],
        "it runs in every fresh build",
    ),
    (
        "environment",
        &["k8s-openapi"],
        "values know nothing of Kubernetes' types",
    ),
    (
        "configs",
        &["k8s-openapi"],
        "files know nothing of what carries them",
    ),
    (
        "check",
        &["k8s-openapi"],
        "the rules judge what is written, not what was meant",
    ),
    (
        "review",
        &["k8s-openapi"],
        "a review compares what is written, not what was meant",
    ),
    ("render", &["clap"], "the command line is xtask's"),
];

/// The direct dependencies of each crate of the workspace: those of the crate and its build script, and where `tests` is
/// said, those of its tests and examples.
fn dependencies(tests: bool) -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--offline",
            "--no-deps",
            "--format-version",
            "1",
        ])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let name = |value: &Value| value["name"].as_str().expect("a name").to_owned();
    let packages = metadata["packages"].as_array().expect("packages");
    let crates = packages.iter().map(|package| {
        let dependencies = package["dependencies"]
            .as_array()
            .expect("dependencies")
            .iter();
        let counted = dependencies.filter(|dependency| tests || dependency["kind"] != "dev");
        (name(package), counted.map(name).collect())
    });
    crates.collect()
}

#[test]
fn arrows_point_up_the_table() {
    let dependencies = dependencies(true);
    let known: BTreeSet<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    let found: BTreeSet<&str> = dependencies.keys().map(String::as_str).collect();
    assert_eq!(
        found, known,
        "a crate was added or removed: give it its line in the table"
    );
    for (place, (name, _)) in ARROWS.iter().enumerate() {
        let allowed = allowed(place);
        let ours = dependencies[*name]
            .iter()
            .map(String::as_str)
            .filter(|dependency| known.contains(dependency));
        // A crate may name itself: its tests then build it with other features.
        let wrong: Vec<&str> = ours
            .filter(|dependency| dependency != name && !allowed.contains(dependency))
            .collect();
        assert!(wrong.is_empty(), "{name} must not use {wrong:?}");
    }
}

#[test]
fn the_table_has_no_way_back() {
    for (place, (name, uses)) in ARROWS.iter().enumerate() {
        let (Only(named) | AllAboveBut(named)) = uses;
        for dependency in *named {
            let above = ARROWS[..place].iter().any(|(above, _)| above == dependency);
            assert!(above, "{name} says {dependency}, which is not above it");
        }
    }
}

#[test]
fn no_crate_uses_what_it_must_not() {
    let dependencies = dependencies(false);
    for (name, forbidden, why) in FORBIDDEN {
        let wrong: Vec<&str> = forbidden
            .iter()
            .copied()
            .filter(|dependency| dependencies[name].contains(*dependency))
            .collect();
        assert!(wrong.is_empty(), "{name} must not use {wrong:?}: {why}");
    }
}
