//! `cargo xtask check`: what the checks say of environments, with nothing written.
#![expect(
    clippy::print_stderr,
    reason = "the command line talks to the terminal"
)]

use check::{Report, Rule};
use clap::Args;
use environment::Environment;
use names::KubernetesMinor;
use serde_json::{Value, json};

use super::Session;
use crate::arguments::{Format, Selection};
use crate::failure::{Failure, Outcome};
use crate::progress::Progress;

/// What to check, and against what.
#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    /// The environments, by the names of their files in `environments/`.
    #[arg(value_name = "ENV", required_unless_present_any = ["all", "explain"])]
    environments: Vec<String>,
    /// All of them.
    #[arg(long, conflicts_with = "environments")]
    all: bool,
    /// Check against this Kubernetes minor instead of the environment's own.
    #[arg(long, value_name = "MINOR")]
    kubernetes: Option<KubernetesMinor>,
    /// Say what a check looks for, why, and what to do about it.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["environments", "all", "kubernetes", "format"])]
    explain: Option<String>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Carries it out.
pub(crate) fn run(session: &Session, arguments: &CheckArguments) -> Result<Outcome, Failure> {
    if let Some(code) = &arguments.explain {
        answer_line!("{}", explanation(code)?);
        return Ok(Outcome::Clean);
    }
    arguments.kubernetes.map_or(Ok(()), known_minor)?;
    let selection = Selection {
        environments: arguments.environments.clone(),
        all: arguments.all,
    };
    let mut outcome = Outcome::Clean;
    let mut values = Vec::new();
    for name in session.repository.select(&selection) {
        let verdict = verdict(session, arguments, &name);
        outcome = outcome.max(verdict.outcome());
        match arguments.format {
            Format::Json => values.push(verdict.to_json(&name)),
            Format::Text => verdict.print(session, &name),
        }
    }
    if arguments.format == Format::Json {
        answer_line!("{:#}", json!({ "environments": values }));
    }
    Ok(outcome)
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

/// What is to be said of one environment.
enum Verdict {
    /// Its file has mistakes.
    Invalid(environment::Diagnostics),
    /// Objects of it want the same file.
    Clashes(Vec<render::Clash>),
    /// The checks have spoken.
    Checked(Report),
}

fn verdict(session: &Session, arguments: &CheckArguments, name: &str) -> Verdict {
    let progress = Progress::start(format!("checking {name}"));
    let verdict = match environment::load(name, &session.repository) {
        Err(diagnostics) => Verdict::Invalid(diagnostics),
        Ok(environment) => judged(name, &environment, arguments.kubernetes),
    };
    drop(progress);
    verdict
}

fn judged(name: &str, environment: &Environment, kubernetes: Option<KubernetesMinor>) -> Verdict {
    match render::check(
        name,
        environment,
        kubernetes.unwrap_or(environment.kubernetes),
    ) {
        Ok(report) => Verdict::Checked(report),
        Err(clashes) => Verdict::Clashes(clashes),
    }
}

impl Verdict {
    fn outcome(&self) -> Outcome {
        match self {
            Self::Checked(report) if report.errors().next().is_none() => Outcome::Clean,
            Self::Checked(_) | Self::Invalid(_) | Self::Clashes(_) => Outcome::Wrong,
        }
    }

    fn print(&self, session: &Session, name: &str) {
        let (output, error) = (session.terminal.output, session.terminal.error);
        match self {
            Self::Invalid(diagnostics) => {
                eprintln!(
                    "{}\n{}",
                    diagnostics.render(error.coloured).trim_end(),
                    diagnostics.summary()
                );
            }
            Self::Clashes(clashes) => clashes
                .iter()
                .for_each(|clash| eprintln!("{}: {clash}", error.red("error"))),
            Self::Checked(report) => {
                answer!("{}", check::text::render(report, output.coloured));
                answer_line!("   {}  {}", output.bold(name), check::text::summary(report));
            }
        }
    }

    fn to_json(&self, name: &str) -> Value {
        match self {
            Self::Invalid(diagnostics) => {
                json!({ "name": name, "diagnostics": diagnostics.to_json() })
            }
            Self::Clashes(clashes) => {
                json!({ "name": name, "clashes": clashes.iter().map(ToString::to_string).collect::<Vec<_>>() })
            }
            Self::Checked(report) => json!({
                "name": name,
                "objects": report.objects,
                "checks": report.rules,
                "exceptions": report.exceptions.len(),
                "findings": check::json::render(report),
            }),
        }
    }
}

/// All that is known of a check.
fn explanation(code: &str) -> Result<String, Failure> {
    let rules = check::rules();
    let Some(rule) = rules
        .iter()
        .find(|rule| rule.code.eq_ignore_ascii_case(code))
    else {
        let codes: Vec<&str> = rules.iter().map(|rule| rule.code).collect();
        let help = match environment::nearest(&code.to_ascii_uppercase(), codes.iter().copied()) {
            Some(nearest) => format!(
                "did you mean `{nearest}`? The checks are {}",
                codes.join(", ")
            ),
            None => format!("the checks are {}", codes.join(", ")),
        };
        return Err(Failure::new(format!("unknown check `{code}`")).help(help));
    };
    let Rule {
        code,
        area,
        severity,
        title,
        why,
        fix,
        absorbs,
        ..
    } = rule;
    let mut text = format!(
        "{code} {} ({})  {title}\n   why: {why}\n   fix: {fix}",
        severity.as_str(),
        area.as_str()
    );
    if !absorbs.is_empty() {
        text.push_str("\n   covers: ");
        text.push_str(&absorbs.join(", "));
    }
    Ok(text)
}
