//! What every Rust file of the workspace keeps to, beyond what the compiler and clippy see.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests of the workspace read its files"
)]

use std::fs;
use std::path::PathBuf;

use environment::Sources;

use crate::workspace::{EnvironmentFiles, files, root};

/// The longest file, in lines.
const LONGEST: usize = 600;

/// A Rust file, by its path in the workspace.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// Everything before the tests of the file.
    fn without_tests(&self) -> &str {
        self.text
            .split("#[cfg(test)]\nmod tests")
            .next()
            .unwrap_or_default()
    }

    /// The lines that are code, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.without_tests().lines().enumerate();
        lines
            .map(|(index, line)| (index + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Whether all of the file is for tests.
    fn is_test(&self) -> bool {
        let parts = || self.path.split('/');
        parts().any(|part| part == "tests" || part == "testing.rs" || part == "fuzz")
            || self.path.ends_with("tests.rs")
            // A module that is only compiled for tests has its tests at the left margin.
            || self.text.contains("\n#[test]\n")
    }
}

fn sources() -> Vec<Source> {
    let root = root();
    let found: Vec<PathBuf> = ["crates", "xtask", "tests"]
        .iter()
        .flat_map(|folder| files(&root.join(folder), "rs"))
        .collect();
    assert!(found.len() > 20, "the sources were found");
    let source = |path: PathBuf| Source {
        text: fs::read_to_string(&path).expect("a Rust file is text"),
        path: path
            .strip_prefix(&root)
            .expect("below the workspace")
            .to_string_lossy()
            .into_owned(),
    };
    found.into_iter().map(source).collect()
}

/// Fails with all lines of a complaint, so that they can be mended at once.
fn assert_none(complaints: &[String], rule: &str) {
    assert!(complaints.is_empty(), "{rule}:\n{}", complaints.join("\n"));
}

#[test]
fn every_module_says_first_what_it_makes() {
    // Files of integration tests say it with their names.
    let is_integration = |path: &str| path.starts_with("crates/") && path.contains("/tests/");
    let modules = sources()
        .into_iter()
        .filter(|source| !is_integration(&source.path));
    let wrong = modules
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| source.path);
    assert_none(
        &wrong.collect::<Vec<_>>(),
        "these files do not begin with a `//!` sentence",
    );
}

#[test]
fn no_file_is_longer_than_one_can_read() {
    let lengths = sources()
        .into_iter()
        .map(|source| (source.text.lines().count(), source.path));
    let wrong = lengths
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, path)| format!("{path}: {lines} lines"));
    assert_none(
        &wrong.collect::<Vec<_>>(),
        "these files are longer than 600 lines",
    );
}

#[test]
fn nothing_panics_outside_tests() {
    let forbidden = [
        ".unwrap()",
        ".expect(\"",
        "panic!(",
        "todo!(",
        "unimplemented!(",
        "unreachable!(",
    ];
    let mut wrong = Vec::new();
    for source in sources()
        .iter()
        .filter(|source| !source.is_test() && !source.path.starts_with("tests/"))
    {
        // The asserts of literals are the compiler's: a panic there is a compile error.
        for (number, line) in source.code().filter(|(_, line)| !line.contains("const ")) {
            if forbidden.iter().any(|word| line.contains(word))
                && !source.path.starts_with("crates/names/src/")
            {
                wrong.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    assert_none(&wrong, "these lines can stop the program");
}

#[test]
fn no_component_knows_the_name_of_an_environment() {
    let literals: Vec<String> = EnvironmentFiles
        .names()
        .iter()
        .map(|name| format!("\"{name}\""))
        .collect();
    assert!(!literals.is_empty(), "there are environments");
    let mut wrong = Vec::new();
    let components = [
        "crates/platform/src/",
        "crates/builders/src/",
        "crates/configs/src/",
    ];
    for source in sources().iter().filter(|source| {
        components
            .iter()
            .any(|folder| source.path.starts_with(folder))
    }) {
        for (number, line) in source.code() {
            if !source.is_test() && literals.iter().any(|literal| line.contains(literal)) {
                wrong.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    assert_none(&wrong, "these lines ask for an environment");
}

#[test]
fn files_are_touched_only_where_that_is_allowed() {
    let allowed = [
        "crates/render/",
        "crates/schemas/src/import/",
        "xtask/",
        "tests/",
    ];
    let mut wrong = Vec::new();
    for source in sources()
        .iter()
        .filter(|source| !source.is_test() && !source.path.ends_with("build.rs"))
    {
        // An example is a program of its own.
        if allowed.iter().any(|folder| source.path.starts_with(folder))
            || source.path.contains("/examples/")
        {
            continue;
        }
        for (number, line) in source
            .code()
            .filter(|(_, line)| line.contains("clippy::disallowed_methods"))
        {
            wrong.push(format!("{}:{number}: {}", source.path, line.trim()));
        }
    }
    assert_none(
        &wrong,
        "these lines allow themselves files, clocks or the process environment",
    );
}

#[test]
fn every_environment_variable_and_clock_is_out_of_reach_by_the_lint() {
    let lint =
        fs::read_to_string(root().join("clippy.toml")).expect("the lint's settings are there");
    for method in [
        "std::fs::read",
        "std::fs::write",
        "std::env::var",
        "std::time::SystemTime::now",
    ] {
        assert!(
            lint.contains(&format!("\"{method}\"")),
            "clippy.toml does not forbid {method}"
        );
    }
}
