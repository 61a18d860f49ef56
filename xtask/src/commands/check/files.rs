//! Files and folders of Kubernetes YAML, whoever wrote them, judged as one cluster.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line is where files are read"
)]

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use check::read::read;
use check::{Context, Document, Finding, Report, Selection};
use names::KubernetesMinor;
use render::Surroundings;
use schemas::Store;

use super::environments::{newest_minor, today};
use super::{Subject, Verdict};
use crate::commands::Session;
use crate::failure::Failure;
use crate::progress::Progress;

/// Standard input, as a path.
const STANDARD_INPUT: &str = "-";
/// What files are called that are read in a folder.
const EXTENSIONS: [&str; 3] = ["yaml", "yml", "json"];

/// A subject that is neither an environment nor a path is a mistake of spelling.
pub(crate) fn must_exist(
    session: &Session,
    path: &str,
    environments: &[String],
) -> Result<(), Failure> {
    if path == STANDARD_INPUT || session.repository.current().join(path).exists() {
        return Ok(());
    }
    let failure = Failure::new(format!(
        "`{path}` is neither an environment nor a file or folder"
    ));
    let names = environments.iter().map(String::as_str);
    Err(match environment::nearest(path, names) {
        Some(near) => failure.help(format!("did you mean the environment `{near}`?")),
        None => failure.help(format!("the environments are {}", environments.join(", "))),
    })
}

/// What the files are judged against.
pub(super) struct Against<'a> {
    /// The version that was named, else that of the environment whose tree it is, else the newest of all.
    pub(super) kubernetes: Option<KubernetesMinor>,
    pub(super) selection: &'a Selection,
    /// Whether objects are passed over whose kind and group nobody knows anything of.
    pub(super) ignore_unknown: bool,
    /// The objects that were there before.
    pub(super) before: &'a [Document],
}

/// Judges everything below `paths` together.
pub(super) fn judge(
    session: &Session,
    paths: &[String],
    against: &Against<'_>,
) -> Result<Subject, Failure> {
    let selection = against.selection;
    let name = paths.join(" ");
    let progress = Progress::start(format!("checking {name}"));
    let (mut documents, mut unreadable) = read_all(session, paths)?;
    let known = surroundings(session, paths, against.kubernetes);
    let context = if let Some(mut known) = known {
        for document in &mut documents {
            // Each object once: what comes twice in the files is not excused twice.
            document.exceptions = known.exceptions.remove(&document.id).unwrap_or_default();
        }
        known.context
    } else {
        let minor = match against.kubernetes {
            Some(minor) => minor,
            None => newest_minor(session)?,
        };
        Context::new(minor, Store::embedded()).with_what_every_cluster_has()
    };
    let context = context
        .ignoring_unknown_kinds(against.ignore_unknown)
        .on_day(today());
    let mut report: Report = check::check_after(against.before, &documents, &context, selection);
    unreadable.retain(|finding| selection.admits(finding.rule));
    report.add(unreadable);
    drop(progress);
    Ok(Subject {
        name,
        verdict: Verdict::Checked(report),
    })
}

/// All objects below `paths`, and what cannot be read.
pub(crate) fn read_all(
    session: &Session,
    paths: &[String],
) -> Result<(Vec<Document>, Vec<Finding>), Failure> {
    let mut documents = Vec::new();
    let mut unreadable = Vec::new();
    for path in paths {
        for (file, text) in texts(session, path)? {
            let content = match String::from_utf8(text) {
                Ok(text) => read(&text, &file),
                Err(error) => check::read::not_text(error.as_bytes()),
            };
            documents.extend(content.documents);
            let fault = content.fault.as_ref();
            unreadable.extend(fault.map(|fault| Finding::unreadable(&file, fault)));
        }
    }
    Ok((documents, unreadable))
}

/// What is known of the environment whose whole tree the only path is: more than the files say.
fn surroundings(
    session: &Session,
    paths: &[String],
    kubernetes: Option<KubernetesMinor>,
) -> Option<Surroundings> {
    let [path] = paths else { return None };
    let folder = fs::canonicalize(session.repository.current().join(path)).ok()?;
    let trees = fs::canonicalize(session.repository.trees(None)).ok()?;
    let name = folder.strip_prefix(trees).ok()?.to_str()?.to_owned();
    let environment = environment::load(&name, &session.repository).ok()?;
    let minor = kubernetes.unwrap_or(environment.kubernetes);
    render::surroundings(&name, &environment, minor).ok()
}

/// The files of a path with their names, as the reader would write them.
fn texts(session: &Session, path: &str) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    if path == STANDARD_INPUT {
        let mut text = Vec::new();
        let read = io::stdin().lock().read_to_end(&mut text);
        read.map_err(|error| Failure::new(format!("standard input cannot be read: {error}")))?;
        return Ok(vec![("standard input".to_owned(), text)]);
    }
    let mut found = Vec::new();
    collect(&session.repository.current().join(path), true, &mut found)?;
    found.sort();
    let texts = found.into_iter().map(|file| {
        let text = fs::read(&file).map_err(|error| unread(&file, &error))?;
        Ok((session.repository.shown(&file), text))
    });
    texts.collect()
}

/// The files of a path: itself, where somebody named it, or all YAML and JSON below it.
pub(crate) fn collect(
    path: &Path,
    is_named: bool,
    found: &mut Vec<PathBuf>,
) -> Result<(), Failure> {
    let kind = fs::metadata(path).map_err(|error| unread(path, &error))?;
    if kind.is_dir() {
        for entry in fs::read_dir(path).map_err(|error| unread(path, &error))? {
            let entry = entry.map_err(|error| unread(path, &error))?;
            // A link could lead back to where it stands in.
            let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            if !is_link {
                collect(&entry.path(), false, found)?;
            }
        }
    } else if is_named || is_yaml(path) {
        found.push(path.to_owned());
    }
    Ok(())
}

/// The ledger of a rendered tree lies among its objects and is none.
fn is_yaml(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension))
        && path.file_name().is_none_or(|name| name != "ledger.json")
}

fn unread(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{} cannot be read: {error}", path.display()))
}
