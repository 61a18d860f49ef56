//! The command line as its users see it: what it prints, what it writes, how it ends.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests look at the files that the command line wrote"
)]

mod check;
mod influence;
mod review;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A copy of the repository's environment files, for a command line to work on.
struct Place(TempDir);

/// How a command ended.
struct Ended {
    status: i32,
    output: String,
    error: String,
}

impl Place {
    fn new() -> Self {
        let place = TempDir::new().expect("a folder");
        let environments = place.path().join("environments");
        fs::create_dir(&environments).expect("a folder");
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../environments");
        for entry in fs::read_dir(repository).expect("environments") {
            let entry = entry.expect("an environment file");
            fs::copy(entry.path(), environments.join(entry.file_name())).expect("copied");
        }
        Self(place)
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn run(&self, words: &[&str]) -> Ended {
        self.run_with(words, Stdio::null())
    }

    /// Runs a command that reads something.
    fn run_with(&self, words: &[&str], input: Stdio) -> Ended {
        let command = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(words)
            .current_dir(self.0.path())
            .stdin(input)
            .output();
        let Output {
            status,
            stdout,
            stderr,
        } = command.expect("the command line runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Ended {
            status: status.code().expect("it ends by itself"),
            output: text(stdout),
            error: text(stderr),
        }
    }
}

fn assert_snapshot(name: &str, text: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false }, { insta::assert_snapshot!(name, text); });
}

#[test]
fn alone_it_lists_its_verbs() {
    let ended = Place::new().run(&[]);
    assert_eq!(ended.status, 0, "{}", ended.error);
    assert_snapshot("overview", &ended.output);
}

#[test]
fn a_word_that_nobody_knows_is_a_usage_error() {
    let place = Place::new();
    for words in [
        &["rendre", "prod"][..],
        &["render"],
        &["render", "--all", "prod"],
        &["render", "prod", "--threads", "0"],
    ] {
        let ended = place.run(words);
        assert_eq!(ended.status, 2, "{words:?}: {}", ended.error);
        assert!(ended.output.is_empty() && !ended.error.is_empty());
    }
    let outside = TempDir::new().expect("a folder");
    let ended = place.run(&[
        "render",
        "dev",
        "--root",
        &outside.path().display().to_string(),
    ]);
    assert_eq!(ended.status, 2, "{}", ended.error);
    assert!(
        ended.error.contains("has no folder `environments`"),
        "{}",
        ended.error
    );
}

#[test]
fn an_unknown_environment_is_told_with_the_nearest_name() {
    let place = Place::new();
    let ended = place.run(&["render", "pord"]);
    assert_eq!(ended.status, 1);
    assert!(
        ended.error.contains("unknown environment `pord`"),
        "{}",
        ended.error
    );
    assert!(
        ended.error.contains("did you mean `prod`?"),
        "{}",
        ended.error
    );
    assert!(!place.path("generated").exists());
}

#[test]
fn a_tree_is_written_once_and_then_left_alone() {
    let place = Place::new();
    let first = place.run(&["render", "dev"]);
    assert_eq!(first.status, 0, "{}", first.error);
    assert!(first.output.contains("generated/dev: "), "{}", first.output);
    assert!(place.path("generated/dev/ledger.json").exists());
    let second = place.run(&["render", "dev"]);
    assert!(
        second.output.contains("generated/dev is up to date"),
        "{}",
        second.output
    );
    assert_eq!(place.run(&["render", "dev", "--check"]).status, 0);
    assert_eq!(
        place
            .run(&["render", "dev", "--check", "--threads", "7"])
            .status,
        0
    );
}

#[test]
fn a_check_names_what_differs_and_writes_nothing() {
    let place = Place::new();
    assert_eq!(place.run(&["render", "dev"]).status, 0);
    let root = place.path("generated/dev/argocd/application-root.yaml");
    let project = place.path("generated/dev/argocd/appproject-platform.yaml");
    fs::write(&root, "edited: true\n").expect("edited");
    fs::remove_file(&project).expect("removed");
    let ended = place.run(&["render", "dev", "--check"]);
    assert_eq!(ended.status, 1);
    for line in [
        "missing  argocd/appproject-platform.yaml",
        "changed  argocd/application-root.yaml",
        "run `cargo xtask render dev`",
    ] {
        assert!(ended.output.contains(line), "{}", ended.output);
    }
    assert_eq!(
        fs::read_to_string(&root).expect("still there"),
        "edited: true\n"
    );
    let mended = place.run(&["render", "dev"]);
    assert!(
        mended
            .output
            .contains("edited by hand, rendered again: argocd/application-root.yaml"),
        "{}",
        mended.output
    );
    assert_eq!(place.run(&["render", "dev", "--check"]).status, 0);
}

#[test]
fn a_wrong_value_leaves_the_tree_as_it_was() {
    let place = Place::new();
    assert_eq!(place.run(&["render", "dev"]).status, 0);
    let ledger = fs::read(place.path("generated/dev/ledger.json")).expect("a ledger");
    let environment = place.path("environments/dev.yaml");
    let text = fs::read_to_string(&environment).expect("an environment");
    fs::write(&environment, format!("{text}\nnonsense: 1\n")).expect("edited");
    let ended = place.run(&["render", "dev"]);
    assert_eq!(ended.status, 1);
    assert!(ended.error.contains("nonsense"), "{}", ended.error);
    assert!(
        ended
            .error
            .trim_end()
            .ends_with("generated/dev was not touched"),
        "{}",
        ended.error
    );
    assert_eq!(
        fs::read(place.path("generated/dev/ledger.json")).expect("a ledger"),
        ledger
    );
}

#[test]
fn another_folder_and_standard_output_get_the_same_objects() {
    let place = Place::new();
    let written = place.run(&["render", "dev", "--out", "elsewhere"]);
    assert_eq!(written.status, 0, "{}", written.error);
    assert!(place.path("elsewhere/dev/ledger.json").exists() && !place.path("generated").exists());
    let ledger = fs::read_to_string(place.path("elsewhere/dev/ledger.json")).expect("a ledger");
    let streamed = place.run(&["render", "dev", "--stdout"]);
    assert_eq!(streamed.status, 0, "{}", streamed.error);
    assert_eq!(
        streamed
            .output
            .lines()
            .filter(|line| *line == "---")
            .count(),
        // The runbook is a file of the tree and no object.
        ledger.matches("\"sha256\"").count() - 1
    );
}

#[test]
fn programs_get_json() {
    let place = Place::new();
    let ended = place.run(&["render", "dev", "pord", "--format", "json"]);
    assert_eq!(ended.status, 1);
    let answers: serde_json::Value = serde_json::from_str(&ended.output).expect("JSON");
    assert_eq!(answers["environments"][0]["outcome"], "written");
    assert_eq!(answers["environments"][1]["outcome"], "invalid");
    assert!(ended.error.is_empty(), "{}", ended.error);
    let ended = place.run(&["check", "dev", "--format", "json"]);
    assert_eq!(ended.status, 0, "{}", ended.error);
    let findings: serde_json::Value = serde_json::from_str(&ended.output).expect("JSON");
    assert!(findings.is_array(), "{findings}");
}

#[test]
fn a_check_is_explained_by_its_code() {
    let place = Place::new();
    let unknown = place.run(&["check", "--explain", "NOPE999"]);
    assert_eq!(unknown.status, 2);
    assert!(
        unknown.error.contains("unknown check `NOPE999`"),
        "{}",
        unknown.error
    );
    let first = unknown
        .error
        .split("the checks are ")
        .nth(1)
        .and_then(|codes| codes.split(',').next())
        .expect("a code");
    let known = place.run(&["check", "--explain", &first.to_lowercase()]);
    assert_eq!(known.status, 0, "{}", known.error);
    assert!(
        known.output.contains("why: ") && known.output.contains("fix: "),
        "{}",
        known.output
    );
}

#[test]
fn editors_get_a_schema() {
    let ended = Place::new().run(&["environment", "schema"]);
    let schema: serde_json::Value = serde_json::from_str(&ended.output).expect("JSON");
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
}
