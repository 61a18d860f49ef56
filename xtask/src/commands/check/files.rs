//! Files and folders of Kubernetes YAML, whoever wrote them, judged as one cluster.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line is where files are read"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use check::parallel::ordered;
use check::{Context, Document, Finding, TextFile, check_files};
use names::KubernetesMinor;
use render::Surroundings;
use schemas::Store;

use super::environments::{newest_minor, today};
use super::{Against, Subject, Verdict};
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

/// Judges everything below `paths` together.
pub(super) fn judge(
    session: &Session,
    paths: &[String],
    against: &Against<'_>,
) -> Result<Subject, Failure> {
    let selection = against.selection;
    let name = paths.join(" ");
    let progress = Progress::start(format!("checking {name}"));
    let files = files(session, paths, against.threads)?;
    let known = surroundings(session, paths, against.kubernetes);
    let (context, mut exceptions) = match known {
        Some(known) => (known.context, known.exceptions),
        None => (unknown_cluster(session, against)?, BTreeMap::new()),
    };
    let context = context
        .ignoring_unknown_kinds(against.ignore_unknown)
        .on_day(today())
        .on_threads(against.threads);
    let is_alone = against.before.is_empty() && exceptions.is_empty();
    let each = is_alone.then(|| check_files(&files, &context, selection));
    let report = if let Some(report) = each.flatten() {
        report
    } else {
        let (mut documents, mut unreadable) = documents(&files, against.threads);
        drop(files);
        for document in &mut documents {
            // Each object once: what comes twice in the files is not excused twice.
            document.exceptions = exceptions.remove(&document.id).unwrap_or_default();
        }
        let mut report = check::check_after(against.before, &documents, &context, selection);
        unreadable.retain(|finding| selection.admits(finding.rule));
        report.add(unreadable);
        // This process ends soon: giving back every value by itself would take as long as many a rule.
        std::mem::forget(documents);
        report
    };
    drop(progress);
    Ok(Subject {
        name,
        verdict: Verdict::Checked(report),
    })
}

/// A cluster of which nothing is known but the version.
fn unknown_cluster(session: &Session, against: &Against<'_>) -> Result<Context<'static>, Failure> {
    let minor = match against.kubernetes {
        Some(minor) => minor,
        None => newest_minor(session)?,
    };
    Ok(Context::new(minor, Store::embedded()).with_what_every_cluster_has())
}

/// All objects below `paths`, and what cannot be read.
pub(crate) fn read_all(
    session: &Session,
    paths: &[String],
    threads: NonZeroUsize,
) -> Result<(Vec<Document>, Vec<Finding>), Failure> {
    Ok(documents(&files(session, paths, threads)?, threads))
}

/// All objects of some files, and what cannot be read.
fn documents(files: &[TextFile], threads: NonZeroUsize) -> (Vec<Document>, Vec<Finding>) {
    let contents = ordered(threads, files.len(), || (), |(), index| files[index].read());
    let mut documents = Vec::with_capacity(contents.iter().map(|one| one.documents.len()).sum());
    let mut unreadable = Vec::new();
    for (file, content) in files.iter().zip(contents) {
        unreadable.extend(file.unreadable(&content));
        documents.extend(content.documents);
    }
    (documents, unreadable)
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

/// The files below `paths`, with their names as the reader would write them.
fn files(
    session: &Session,
    paths: &[String],
    threads: NonZeroUsize,
) -> Result<Vec<TextFile>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path == STANDARD_INPUT {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().read_to_end(&mut bytes);
            read.map_err(|error| Failure::new(format!("standard input cannot be read: {error}")))?;
            let name = "standard input".to_owned();
            files.push(TextFile { name, bytes });
            continue;
        }
        let mut found = Vec::new();
        collect(&session.repository.current().join(path), true, &mut found)?;
        let read = ordered(
            threads,
            found.len(),
            || (),
            |(), index| {
                let file: &PathBuf = &found[index];
                let bytes = fs::read(file).map_err(|error| unread(file, &error))?;
                let name = session.repository.shown(file);
                Ok(TextFile { name, bytes })
            },
        );
        files.extend(read.into_iter().collect::<Result<Vec<_>, Failure>>()?);
    }
    Ok(files)
}

/// The files of a path: itself, where somebody named it, or all YAML and JSON below it, in the order of their names.
pub(crate) fn collect(
    path: &Path,
    is_named: bool,
    found: &mut Vec<PathBuf>,
) -> Result<(), Failure> {
    let kind = fs::metadata(path).map_err(|error| unread(path, &error))?;
    if kind.is_dir() {
        collect_below(path, found)
    } else {
        if is_named || is_yaml(path) {
            found.push(path.to_owned());
        }
        Ok(())
    }
}

fn collect_below(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = entries.map_err(|error| unread(folder, &error))?;
    entries.sort_by_cached_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| unread(&path, &error))?;
        // A link could lead back to where it stands in.
        if kind.is_dir() {
            collect_below(&path, found)?;
        } else if !kind.is_symlink() && is_yaml(&path) {
            found.push(path);
        }
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
