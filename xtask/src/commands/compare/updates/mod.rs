//! `cargo xtask compare --updates`: objects are made in a real API server, each is changed in one field after the other,
//! and what the server says of the change stands beside what the checks say.
//!
//! The changes are dry runs; the objects themselves are stored for the time of the comparison, in namespaces of its own,
//! and taken away afterwards.

mod changes;
mod live;
mod objects;

use std::path::Path;

use check::change::refused;
use check::{Context, Document, Finding, Severity};
use names::KubernetesMinor;
use schemas::Store;
use serde_json::Value;

use self::live::{Request, Server};
use super::table::Table;
use super::{Case, CompareArguments, chance::Chance, findings};
use crate::commands::Session;
use crate::failure::{Failure, Outcome};
use crate::progress::Progress;

/// An object in the server.
#[derive(Clone)]
pub(super) struct Seed {
    value: Value,
    /// Where it stands in the server.
    address: String,
}

/// A change of an object.
struct Change {
    seed: usize,
    case: Case,
}

/// Carries it out. Disagreement is the finding: exit status 1.
pub(super) fn run(
    session: &Session,
    arguments: &CompareArguments,
    kubeconfig: &Path,
) -> Result<Outcome, Failure> {
    let server = Server::of(kubeconfig)?;
    let progress = Progress::start("making objects in the server".to_owned());
    let wanted = objects::objects(session, arguments)?;
    objects::clean(&server, &wanted)?;
    let made = objects::make(&server, &wanted);
    drop(progress);
    let outcome = made.and_then(|seeds| compare(&server, &seeds, arguments));
    objects::clean(&server, &wanted)?;
    outcome
}

fn compare(
    server: &Server,
    seeds: &[Seed],
    arguments: &CompareArguments,
) -> Result<Outcome, Failure> {
    if seeds.is_empty() {
        return Err(Failure::new("the server took none of the objects"));
    }
    let minor = arguments.kubernetes.to_string();
    let mut chance = Chance::new(arguments.seed);
    let changes = changes::changes(seeds, &minor, arguments.count, &mut chance);
    let progress = Progress::start(format!("asking the server about {} changes", changes.len()));
    let apply = |(address, body): (&str, &Value)| {
        Request::apply(&format!("{address}?dryRun=All"), body.clone())
    };
    let updates: Vec<Request> = changes
        .iter()
        .map(|change| apply((&seeds[change.seed].address, &change.case.value)))
        .collect();
    let updates = server.ask(&updates)?;
    // What would be refused of a new object as well says nothing of the change.
    let anew: Vec<Option<(String, Value)>> = changes
        .iter()
        .map(|change| objects::fresh(&seeds[change.seed], &change.case.value))
        .collect();
    let requests: Vec<Request> = anew
        .iter()
        .flatten()
        .map(|(address, value)| apply((address, value)))
        .collect();
    let mut answers = server.ask(&requests)?.into_iter();
    drop(progress);
    let mut table = Table::default();
    for ((change, update), anew) in changes.iter().zip(updates).zip(&anew) {
        let is_valid = match anew {
            Some(_) => answers
                .next()
                .flatten()
                .is_some_and(|answer| answer.accepted),
            None => findings(arguments.kubernetes, &change.case).is_empty(),
        };
        if let Some(update) = update.filter(|update| is_valid && !update.is_left_by_merging()) {
            let old = &seeds[change.seed].value;
            let ours = ours(arguments.kubernetes, old, &change.case.value);
            table.count(&change.case, &update, &ours);
        }
    }
    answer!("{}", table.text(arguments.list));
    answer!("{} objects were changed\n", seeds.len());
    Ok(if table.disagreements().next().is_none() {
        Outcome::Clean
    } else {
        Outcome::Wrong
    })
}

/// What the checks say of a change.
fn ours(minor: KubernetesMinor, old: &Value, new: &Value) -> Vec<String> {
    let context = Context::new(minor, Store::embedded());
    let document = |value: &Value| Document::from_value(value.clone(), None);
    refused(&document(old), &document(new), &context)
        .iter()
        .filter(|finding| finding.rule.severity == Severity::Error)
        .map(|finding| {
            let Finding {
                rule,
                path,
                message,
                ..
            } = finding;
            format!("{} {path}: {message}", rule.code)
        })
        .collect()
}
