//! `cargo xtask review` as its users see it: two folders, two commits, a cluster.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{Ended, Place};

fn deployment(image: &str, replicas: u32) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web, namespace: shop}}\nspec:\n  replicas: {replicas}\n  \
         selector: {{matchLabels: {{app: web}}}}\n  template:\n    metadata: {{labels: {{app: web}}}}\n    spec:\n      \
         containers:\n      - {{name: web, image: 'registry.example.com/web:{image}'}}\n"
    )
}

fn write(place: &Place, path: &str, text: &str) {
    let path = place.path(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

fn folders() -> Place {
    let place = Place::new();
    write(&place, "a/web.yaml", &deployment("v1", 3));
    write(&place, "b/web.yaml", &deployment("v2", 3));
    place
}

fn between(place: &Place, more: &[&str]) -> Ended {
    place.run(&[&["review", "--base", "a", "--head", "b"][..], more].concat())
}

#[test]
fn two_folders_are_compared_and_the_exit_status_follows_what_was_said() {
    let place = folders();
    let ended = between(&place, &[]);
    assert_eq!(ended.status, 0, "{}", ended.error);
    for said in [
        "↻ pods restart",
        "Deployment shop/web",
        "v1 → ",
        "rolling over 3 pods",
    ] {
        assert!(ended.output.contains(said), "{said}: {}", ended.output);
    }
    assert_eq!(between(&place, &["--fail-on", "restart"]).status, 1);
    assert_eq!(
        between(&place, &["--fail-on", "data-at-risk,immutable"]).status,
        0
    );
    let same = place.run(&["review", "--base", "a", "--head", "a"]);
    assert!(same.output.contains("nothing changes"), "{}", same.output);
}

#[test]
fn every_format_is_written_where_it_is_asked_for() {
    let place = folders();
    for (format, start) in [
        ("markdown", "## What this change does"),
        ("html", "<!doctype html>"),
        ("json", "{"),
    ] {
        let ended = between(&place, &["--format", format, "--output", "out"]);
        assert_eq!(
            (ended.status, ended.output.as_str()),
            (0, ""),
            "{}",
            ended.error
        );
        let text = fs::read_to_string(place.path("out")).expect("written");
        assert!(text.starts_with(start), "{text}");
    }
    let short = between(&place, &["--format", "markdown", "--budget", "700"]);
    assert!(short.output.len() <= 700, "{}", short.output.len());
}

fn git(place: &Place, words: &[&str]) {
    let status = Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
        .args(words)
        .current_dir(place.path("."))
        .output()
        .expect("git runs");
    assert!(
        status.status.success(),
        "{}",
        String::from_utf8_lossy(&status.stderr)
    );
}

#[test]
fn commits_are_compared_without_touching_the_working_tree() {
    let place = Place::new();
    let tree = |image: &str| {
        write(
            &place,
            "generated/prod/apps/web/web.yaml",
            &deployment(image, 3),
        );
        write(
            &place,
            "generated/prod/ledger.json",
            "{\"version\": 1, \"files\": {}}",
        );
    };
    tree("v1");
    git(&place, &["init", "--quiet", "--initial-branch", "main"]);
    git(&place, &["add", "."]);
    git(&place, &["commit", "--quiet", "--message", "one"]);
    git(&place, &["checkout", "--quiet", "-b", "change"]);
    tree("v2");
    // What is not committed yet counts, too: the default is the working tree.
    let ended = place.run(&["review"]);
    assert!(
        ended.output.contains("v1 → registry.example.com/web:v2"),
        "{}{}",
        ended.output,
        ended.error
    );
    git(&place, &["commit", "--quiet", "--all", "--message", "two"]);
    let ended = place.run(&["review", "prod", "--base", "main", "--head", "change"]);
    assert!(
        ended.output.contains("↻ pods restart"),
        "{}{}",
        ended.output,
        ended.error
    );
    let wrong = place.run(&["review", "--base", "nowhere"]);
    assert_eq!(wrong.status, 2);
    assert!(
        wrong.error.contains("neither a folder nor a revision"),
        "{}",
        wrong.error
    );
    let unknown = place.run(&["review", "prodd"]);
    assert!(
        unknown.error.contains("the trees are prod"),
        "{}",
        unknown.error
    );
}

fn kubectl(words: &[&str]) -> String {
    let output = Command::new("kubectl")
        .args(words)
        .output()
        .expect("kubectl runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Named so that those who have no server leave it out: `--skip api_server`.
#[test]
#[ignore = "needs an API server in KUBECONFIG, and kubectl"]
fn api_server_is_asked_and_nothing_is_written_to_it() {
    let place = Place::new();
    let namespace = format!("review-live-{}", std::process::id());
    let in_namespace =
        |text: &str| text.replace("namespace: shop", &format!("namespace: {namespace}"));
    let claim = |size: &str| {
        in_namespace(&format!(
            "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: data, namespace: shop}}\nspec:\n  accessModes: [ReadWriteOnce]\n  \
         resources: {{requests: {{storage: {size}}}}}\n"
        ))
    };
    write(&place, "now/web.yaml", &in_namespace(&deployment("v1", 3)));
    write(&place, "now/claim.yaml", &claim("10Gi"));
    kubectl(&["create", "namespace", &namespace]);
    let now = place.path("now");
    kubectl(&["apply", "--filename", now.to_str().expect("a path")]);
    let review = |folder: &str| place.run(&["review", "manifests", "--live", "--head", folder]);
    let same = review("now");
    write(&place, "then/web.yaml", &in_namespace(&deployment("v2", 3)));
    write(&place, "then/claim.yaml", &claim("5Gi"));
    write(
        &place,
        "then/new.yaml",
        &in_namespace("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: new, namespace: shop}\n"),
    );
    let changed = review("then");
    let version = |kind: &str, name: &str| {
        kubectl(&[
            "get",
            kind,
            name,
            "-n",
            &namespace,
            "-o",
            "jsonpath={.metadata.generation}",
        ])
    };
    let generation = version("deployment", "web");
    let new = kubectl(&[
        "get",
        "configmap",
        "new",
        "-n",
        &namespace,
        "--ignore-not-found",
    ]);
    for (kind, name) in [("deployment", "web"), ("pvc", "data")] {
        kubectl(&[
            "patch",
            kind,
            name,
            "-n",
            &namespace,
            "--type=merge",
            "--patch",
            "{\"metadata\":{\"finalizers\":null}}",
        ]);
        kubectl(&["delete", kind, name, "-n", &namespace, "--wait=false"]);
    }
    kubectl(&["delete", "namespace", &namespace, "--wait=false"]);
    assert!(
        same.output.contains("nothing changes"),
        "{}{}",
        same.output,
        same.error
    );
    for said in [
        "Deployment",
        "↻ pods restart",
        "refuses it",
        "PersistentVolumeClaim",
        "ConfigMap",
        "added",
    ] {
        assert!(
            changed.output.contains(said),
            "{said}: {}{}",
            changed.output,
            changed.error
        );
    }
    assert_eq!(
        (generation.as_str(), new.as_str()),
        ("1", ""),
        "nothing was written"
    );
}

/// The trees of this repository against themselves, changed and not.
#[test]
fn the_rendered_trees_are_compared_with_themselves() {
    let place = Place::new();
    let trees = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated");
    let trees = trees.to_str().expect("a path");
    let ended = place.run(&[
        "review",
        "--base",
        trees,
        "--head",
        trees,
        "--fail-on",
        "in-place,undecided",
    ]);
    assert_eq!(ended.status, 0, "{}", ended.error);
    assert!(
        ended
            .output
            .lines()
            .all(|line| line.ends_with("nothing changes")),
        "{}",
        ended.output
    );
}
