//! `cargo xtask check`: what the checks say of environments and of any YAML, with nothing written.

mod base;
pub(crate) mod environments;
mod explain;
pub(crate) mod files;
mod output;
mod pages;
pub(crate) mod values;

use std::num::NonZeroUsize;

use check::{Document, Report, Selection, Selector};
use clap::{Args, ValueEnum};
use environment::Sources;
use names::KubernetesMinor;

use self::base::Base;
use super::Session;
use crate::arguments::Threads;
use crate::failure::{Failure, Outcome};

/// What else `--help` says.
const HELP: &str = "\
Examples:
  cargo xtask check prod                             an environment, as it would be rendered
  cargo xtask check --all --fail-on warning          every environment, warnings counted
  cargo xtask check manifests/ --only api            a folder, by what an API server would say
  helm template chart | cargo xtask check -          what another tool prints
  cargo xtask check prod --kubernetes 1.36           before an upgrade
  cargo xtask check manifests/ --format sarif        for code scanning
  cargo xtask check --all --values                   and the values that move nothing
  cargo xtask check --explain NET004                 what a check looks for, and why

Exit status: 0 nothing is wrong, 1 something is, 2 it could not be judged";

/// What to check, and against what.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub(crate) struct CheckArguments {
    /// Environments, by the names of their files in `environments/`; or files and folders of any Kubernetes YAML, which
    /// are judged as one cluster; `-` reads standard input.
    #[arg(value_name = "ENV|PATH", required_unless_present_any = ["all", "explain", "write_docs"])]
    subjects: Vec<String>,
    /// All environments.
    #[arg(long, conflicts_with = "subjects")]
    all: bool,
    /// Check against this Kubernetes minor [default: the environment's own; for files the newest of the environments].
    #[arg(long, value_name = "MINOR")]
    kubernetes: Option<KubernetesMinor>,
    /// Judge also whether the API server would take the objects in the place of those in this revision, or in this folder
    /// of trees or of any YAML.
    #[arg(long, value_name = "REV|DIR")]
    base: Option<String>,
    /// Only these areas (api, refs, network …) or codes; `api` alone is the verdict of an API server.
    #[arg(long, value_name = "AREA|CODE", value_delimiter = ',')]
    only: Vec<Selector>,
    /// Not these areas or codes.
    #[arg(long, value_name = "AREA|CODE", value_delimiter = ',')]
    skip: Vec<Selector>,
    /// In files, pass over objects whose kind and group nobody knows anything of.
    #[arg(long, visible_aliases = ["ignore-missing", "ignore-unknown-kinds"])]
    ignore_missing_schemas: bool,
    /// From which severity on the exit status is 1.
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t = FailOn::Error)]
    fail_on: FailOn,
    /// Say what a check looks for, why, and what to do about it.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["subjects", "all", "kubernetes", "only", "skip", "format"])]
    explain: Option<String>,
    /// Write the pages of all checks into `docs/checks`.
    #[arg(long, conflicts_with_all = ["subjects", "all", "kubernetes", "only", "skip", "format", "explain"])]
    write_docs: bool,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
    /// In environments, look also for values that move nothing (DELV024): each is replaced by another one and the
    /// environment rendered again, which takes half a minute or so each. A line that ends in `# moves nothing: REASON`
    /// is excused.
    #[arg(long)]
    values: bool,
    /// Count the findings of each check instead of listing them.
    #[arg(long)]
    summary: bool,
    #[command(flatten)]
    threads: Threads,
}

/// From which severity on a finding makes the command fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// From errors on.
    Error,
    /// From warnings on.
    Warning,
    /// For no finding.
    Never,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// For people.
    Text,
    /// One JSON array of findings.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// `JUnit` XML.
    Junit,
}

/// One cluster that was judged, or the reason why it was not.
struct Subject {
    /// What the reader called it.
    name: String,
    verdict: Verdict,
}

/// What is to be said of one subject.
enum Verdict {
    /// The environment's file has mistakes.
    Invalid(environment::Diagnostics),
    /// Objects of the environment want the same file.
    Clashes(Vec<render::Clash>),
    /// The checks have spoken.
    Checked(Report),
}

impl Verdict {
    fn outcome(&self, fail_on: FailOn) -> Outcome {
        let clean = match self {
            Self::Invalid(_) | Self::Clashes(_) => false,
            Self::Checked(report) => match fail_on {
                FailOn::Error => report.errors().next().is_none(),
                FailOn::Warning => report.is_clean(),
                FailOn::Never => true,
            },
        };
        if clean {
            Outcome::Clean
        } else {
            Outcome::Wrong
        }
    }
}

/// Carries it out.
pub(crate) fn run(session: &Session, arguments: &CheckArguments) -> Result<Outcome, Failure> {
    if let Some(code) = &arguments.explain {
        answer_line!("{}", explain::explanation(code)?);
        return Ok(Outcome::Clean);
    }
    if arguments.write_docs {
        answer_line!("{} pages are in docs/checks", pages::write(session)?);
        return Ok(Outcome::Clean);
    }
    arguments.kubernetes.map_or(Ok(()), known_minor)?;
    let selection = Selection {
        only: arguments.only.clone(),
        skip: arguments.skip.clone(),
    };
    let subjects = subjects(session, arguments, &selection)?;
    let outcome = subjects
        .iter()
        .map(|subject| subject.verdict.outcome(arguments.fail_on))
        .max();
    output::write(session, arguments, &selection, subjects);
    Ok(outcome.unwrap_or(Outcome::Clean))
}

impl CheckArguments {
    fn against<'a>(&self, selection: &'a Selection, before: &'a [Document]) -> Against<'a> {
        Against {
            kubernetes: self.kubernetes,
            selection,
            ignore_unknown: self.ignore_missing_schemas,
            before,
            threads: self.threads.count(),
        }
    }
}

/// What objects are judged against.
struct Against<'a> {
    /// The version that was named, else that of the environment whose tree it is, else the newest of all.
    kubernetes: Option<KubernetesMinor>,
    selection: &'a Selection,
    /// Whether objects are passed over whose kind and group nobody knows anything of.
    ignore_unknown: bool,
    /// The objects that were there before.
    before: &'a [Document],
    /// On how many threads.
    threads: NonZeroUsize,
}

/// Judges everything that was named: each environment by itself, all files together.
fn subjects(
    session: &Session,
    arguments: &CheckArguments,
    selection: &Selection,
) -> Result<Vec<Subject>, Failure> {
    let known = session.repository.names();
    let (environments, paths) = if arguments.all {
        (known.clone(), Vec::new())
    } else {
        let named = arguments.subjects.iter().cloned();
        named.partition(|subject: &String| known.contains(subject))
    };
    for path in &paths {
        files::must_exist(session, path, &known)?;
    }
    let base = match &arguments.base {
        Some(named) => Some(Base::of(session, named)?),
        None => None,
    };
    let before = |name: Option<&str>| match &base {
        Some(base) => base.objects(name),
        None => Ok(Vec::new()),
    };
    let mut subjects = Vec::new();
    for name in environments {
        let before = before(Some(&name))?;
        let against = arguments.against(selection, &before);
        let mut subject = environments::judge(session, name, &against);
        if arguments.values
            && let Verdict::Checked(report) = &mut subject.verdict
        {
            values::add_idle(session, &subject.name, &against, report);
        }
        subjects.push(subject);
    }
    if !paths.is_empty() {
        let before = before(None)?;
        subjects.push(files::judge(
            session,
            &paths,
            &arguments.against(selection, &before),
        )?);
    }
    Ok(subjects)
}

/// A version whose schemas were never imported would only show that nothing is known of it.
fn known_minor(minor: KubernetesMinor) -> Result<(), Failure> {
    let known: Vec<&str> = schemas::Store::embedded().minors().collect();
    if known.contains(&minor.to_string().as_str()) {
        return Ok(());
    }
    let help = format!(
        "known are {}; `cargo xtask schemas import` adds others",
        known.join(", ")
    );
    Err(Failure::new(format!("no schemas of Kubernetes {minor}")).help(help))
}
