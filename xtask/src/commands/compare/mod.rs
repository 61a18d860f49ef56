//! `cargo xtask compare`: the verdict of the checks beside that of a real API server, over objects with known faults.
//!
//! Three sorts of objects are judged: those of files as they are, the same with one fault each, and objects of every kind
//! that is known, made at random from its schema. The server is reached through a program that judges a folder, so that nothing here
//! has to know how to talk to one.

mod chance;
mod faults;
mod samples;
mod seeds;
mod server;
mod table;
mod updates;

use std::path::{Path, PathBuf};

use check::read::read;
use check::{Context, Selection, Selector, Severity};
use clap::Args;
use names::KubernetesMinor;
use schemas::Store;
use serde_json::Value;

use self::chance::Chance;
use self::table::Table;
use super::Session;
use crate::failure::{Failure, Outcome};
use crate::progress::Progress;

/// What to compare.
#[derive(Debug, Args)]
pub(crate) struct CompareArguments {
    /// The program that asks the server. It is given a folder and prints a line for each document of each file:
    /// `accepted FILE#1 …` or `rejected FILE#1 …: why`.
    #[arg(long, value_name = "PROGRAM", required_unless_present = "updates")]
    server: Option<PathBuf>,
    /// Compare updates in place of new objects: make the objects in the server of this kubeconfig, and change each in one
    /// field after the other.
    #[arg(long, value_name = "KUBECONFIG", conflicts_with = "server")]
    updates: Option<PathBuf>,
    /// Files and folders with objects to put faults into [default: all of `generated`, and `tests/objects`].
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    /// How many objects with a fault, and how many made at random, besides those without any fault.
    #[arg(long, value_name = "N", default_value = "3000")]
    count: usize,
    /// Another number gives other objects.
    #[arg(long, value_name = "N", default_value = "1")]
    seed: u64,
    /// Only kinds whose name contains this.
    #[arg(long, value_name = "TEXT")]
    kind: Option<String>,
    /// The minor that the server runs.
    #[arg(long, value_name = "MINOR", default_value = "1.35")]
    kubernetes: KubernetesMinor,
    /// Keep the objects in this folder.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// How many disagreements are listed for each kind.
    #[arg(long, value_name = "N", default_value = "3")]
    list: usize,
}

/// One object to be judged by both.
struct Case {
    /// Its kind with the group, or where it came from.
    kind: String,
    /// What was done to it.
    fault: String,
    value: Value,
}

/// Carries it out. Disagreement is the finding: exit status 1.
pub(crate) fn run(session: &Session, arguments: &CompareArguments) -> Result<Outcome, Failure> {
    if let Some(kubeconfig) = &arguments.updates {
        return updates::run(session, arguments, kubeconfig);
    }
    let server = arguments.server.as_deref().unwrap_or(Path::new(""));
    let progress = Progress::start("making objects".to_owned());
    let cases = cases(session, arguments)?;
    drop(progress);
    if cases.is_empty() {
        return Err(Failure::new("there is nothing to compare"));
    }
    let progress = Progress::start(format!("asking the server about {} objects", cases.len()));
    let answers = server::ask(server, arguments.keep.as_deref(), &cases)?;
    drop(progress);
    let progress = Progress::start(format!("judging {} objects", cases.len()));
    let mut table = Table::default();
    for (case, answer) in cases.iter().zip(answers) {
        let Some(answer) = answer else { continue };
        let ours = findings(arguments.kubernetes, case);
        table.count(case, &answer, &ours);
    }
    drop(progress);
    answer!("{}", table.text(arguments.list));
    Ok(if table.disagreements().next().is_none() {
        Outcome::Clean
    } else {
        Outcome::Wrong
    })
}

fn cases(session: &Session, arguments: &CompareArguments) -> Result<Vec<Case>, Failure> {
    let mut chance = Chance::new(arguments.seed);
    let store = Store::embedded();
    let minor = arguments.kubernetes.to_string();
    let objects = seeds::objects(session, &arguments.paths)?;
    let wanted = |kind: &str| {
        arguments
            .kind
            .as_deref()
            .is_none_or(|part| kind.to_lowercase().contains(&part.to_lowercase()))
    };
    let objects: Vec<Value> = objects
        .into_iter()
        .filter(|object| wanted(object["kind"].as_str().unwrap_or_default()))
        .filter(|object| is_known(store, &minor, object))
        .collect();
    // Each object as it is, too: the server takes it, and so must we.
    let mut cases: Vec<Case> = objects
        .iter()
        .map(|object| Case {
            kind: faults::kind_of(object),
            fault: "as it is".to_owned(),
            value: object.clone(),
        })
        .collect();
    cases.extend(faults::cases(&objects, arguments.count, &mut chance));
    let kinds: Vec<_> = store
        .kinds(&minor)
        .filter(|kind| wanted(kind.kind))
        .filter_map(|kind| store.kind(&minor, kind.group, kind.version, kind.kind))
        .filter(|kind| kind.served)
        .collect();
    cases.extend(samples::cases(
        store,
        &minor,
        &kinds,
        arguments.count,
        &mut chance,
    ));
    Ok(cases)
}

/// Whether there is a schema of the object's kind. What a folder defines for itself is only known with the folder.
fn is_known(store: &Store, minor: &str, object: &Value) -> bool {
    let said = |key: &str| object[key].as_str().unwrap_or_default();
    let version = said("apiVersion");
    let (group, version) = version.split_once('/').unwrap_or(("", version));
    store.kind(minor, group, version, said("kind")).is_some()
}

/// The errors that the checks find in the object by itself.
fn findings(minor: KubernetesMinor, case: &Case) -> Vec<String> {
    let api = Selection {
        only: vec![Selector::Area(check::Area::Api)],
        skip: Vec::new(),
    };
    let objects = read(&case.value.to_string(), "object");
    let context = Context::new(minor, Store::embedded());
    let report = check::check_by(&objects.documents, &context, &api);
    let errors = report.findings.iter();
    errors
        .filter(|finding| finding.rule.severity == Severity::Error)
        .map(|finding| {
            format!(
                "{} {}: {}",
                finding.rule.code, finding.path, finding.message
            )
        })
        .collect()
}
