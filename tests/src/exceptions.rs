//! What a checker finds in the trees, held against a list of exceptions: each has its reason, and none excuses nothing.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "for programs that read files and tell what they found"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fmt, fs};

use environment::Environment;
use serde::Deserialize;
use serde_json::Value;

use crate::workspace::{environments, files, root};

/// Something that a checker says of an object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    environment: String,
    check: String,
    object: String,
    what: String,
}

impl Finding {
    /// What a check says of an object; the namespace of those without one is empty.
    pub fn new(check: &str, (kind, namespace, name): (&str, &str, &str), what: String) -> Self {
        let object = match namespace {
            "" => format!("{kind} {name}"),
            namespace => format!("{kind} {namespace}/{name}"),
        };
        Self {
            environment: String::new(),
            check: check.to_owned(),
            object,
            what,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            environment,
            check,
            object,
            what,
        } = self;
        write!(f, "{environment}: {check}: {object}: {what}")
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    check: String,
    /// Patterns of objects; `*` stands for any text.
    objects: Vec<String>,
    /// The environments in which it holds; all where none is named.
    #[serde(default)]
    environments: Vec<String>,
    reason: String,
}

impl Exception {
    /// The pattern that excuses the finding.
    fn pattern(&self, finding: &Finding) -> Option<&str> {
        let here = self.environments.is_empty() || self.environments.contains(&finding.environment);
        let mut patterns = self.objects.iter().map(String::as_str);
        patterns.find(|pattern| {
            here && self.check == finding.check && matches(pattern, &finding.object)
        })
    }
}

/// Has the objects of every environment looked at, holds what is found against `tests/CHECKER/exceptions.yaml`, and tells
/// people and the caller of the program what came of it. The program's first argument is another folder of trees than
/// `generated/`.
pub fn hold(
    checker: &str,
    look: impl Fn(&Environment, Vec<Value>) -> Result<Vec<Finding>, String>,
) -> ExitCode {
    let trees = std::env::args_os().nth(1);
    let trees = trees.map_or_else(|| root().join("generated"), PathBuf::from);
    let exceptions = root().join("tests").join(checker).join("exceptions.yaml");
    let judged =
        all_findings(&trees, look).and_then(|findings| judge(&read(&exceptions)?, &findings));
    match judged {
        Ok((excused, wrong)) if wrong.is_empty() => {
            println!("{excused} findings, all of them excused");
            ExitCode::SUCCESS
        }
        Ok((excused, wrong)) => {
            eprintln!("{}\n{excused} findings are excused", wrong.join("\n"));
            ExitCode::FAILURE
        }
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn all_findings(
    trees: &Path,
    look: impl Fn(&Environment, Vec<Value>) -> Result<Vec<Finding>, String>,
) -> Result<Vec<Finding>, String> {
    let mut all = Vec::new();
    for (name, environment) in environments()? {
        let found = look(&environment, objects(&trees.join(&name))?)?;
        all.extend(found.into_iter().map(|finding| Finding {
            environment: name.clone(),
            ..finding
        }));
    }
    Ok(all)
}

fn objects(tree: &Path) -> Result<Vec<Value>, String> {
    let paths = files(tree, "yaml");
    if paths.is_empty() {
        return Err(format!("{}: no objects", tree.display()));
    }
    let objects = paths.iter().map(|path| {
        serde_yaml::from_str(&read(path)?).map_err(|error| format!("{}: {error}", path.display()))
    });
    objects.collect()
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The number of findings that an exception excuses, and what is wrong: findings that none excuses, and patterns that
/// excuse nothing. The error is why the list cannot be read.
fn judge(exceptions: &str, findings: &[Finding]) -> Result<(usize, Vec<String>), String> {
    let exceptions: Vec<Exception> =
        serde_yaml::from_str(exceptions).map_err(|error| error.to_string())?;
    let mut used = BTreeSet::new();
    let (mut excused, mut wrong) = (0, Vec::new());
    for finding in findings {
        let patterns = exceptions.iter().enumerate();
        let patterns: Vec<(usize, &str)> = patterns
            .filter_map(|(index, exception)| Some((index, exception.pattern(finding)?)))
            .collect();
        if patterns.is_empty() {
            wrong.push(finding.to_string());
        } else {
            excused += 1;
            used.extend(patterns);
        }
    }
    for (index, exception) in exceptions.iter().enumerate() {
        let check = &exception.check;
        if exception.reason.trim().is_empty() {
            wrong.push(format!("exception for {check}: no reason"));
        }
        let idle = exception.objects.iter();
        wrong.extend(
            idle.filter(|pattern| !used.contains(&(index, pattern.as_str())))
                .map(|pattern| format!("exception for {check}: {pattern}: excuses nothing")),
        );
    }
    Ok((excused, wrong))
}

/// Whether a text is of a pattern's form.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.into_iter().any(|at| matches(rest, &text[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Finding, judge, matches};

    const EXCEPTIONS: &str = "
- check: root
  objects: [DaemonSet agents/*, Deployment app/web]
  environments: [prod]
  reason: reads the files of the node
";

    fn finding(environment: &str, object: &str) -> Finding {
        Finding {
            environment: environment.to_owned(),
            check: "root".to_owned(),
            object: object.to_owned(),
            what: "runs as root".to_owned(),
        }
    }

    #[test]
    fn findings_without_an_exception_and_exceptions_without_a_finding_are_wrong() {
        let findings = [
            finding("prod", "DaemonSet agents/fluentd"),
            finding("dev", "DaemonSet agents/fluentd"),
        ];
        let wrong = [
            "dev: root: DaemonSet agents/fluentd: runs as root".to_owned(),
            "exception for root: Deployment app/web: excuses nothing".to_owned(),
        ];
        assert_eq!(judge(EXCEPTIONS, &findings), Ok((1, wrong.into())));
    }

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, text, expected) in [
            ("a*c", "abc", true),
            ("a*c", "ac", true),
            ("a*c", "abcd", false),
            ("*/b*", "x/bc", true),
            ("a", "ab", false),
            ("*", "", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
