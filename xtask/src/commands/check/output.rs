//! What is printed of the verdicts.
#![expect(
    clippy::print_stderr,
    reason = "the command line talks to the terminal"
)]

use check::{Report, Rule, Selection};
use serde_json::{Value, json};

use super::{CheckArguments, ReportFormat, Subject, Verdict};
use crate::commands::Session;

/// Prints all verdicts.
pub(super) fn write(
    session: &Session,
    arguments: &CheckArguments,
    selection: &Selection,
    subjects: Vec<Subject>,
) {
    let format = arguments.format;
    match format {
        ReportFormat::Text => {
            for subject in &subjects {
                text(session, subject, arguments.summary);
            }
        }
        ReportFormat::Json => {
            let findings: Vec<Value> = subjects.iter().flat_map(json).collect();
            answer_line!("{:#}", Value::Array(findings));
        }
        ReportFormat::Sarif | ReportFormat::Github | ReportFormat::Junit => {
            let report = together(session, subjects);
            let asked: Vec<&Rule> = check::rules()
                .into_iter()
                .filter(|rule| selection.admits(rule))
                .collect();
            match format {
                ReportFormat::Sarif => {
                    answer_line!("{:#}", check::sarif::render(&report, &asked));
                }
                ReportFormat::Junit => answer!("{}", check::junit::render(&report, &asked)),
                _ => answer!("{}", check::github::render(&report)),
            }
        }
    }
}

fn text(session: &Session, subject: &Subject, is_summary: bool) {
    let (output, error) = (session.terminal.output, session.terminal.error);
    match &subject.verdict {
        Verdict::Invalid(diagnostics) => eprintln!(
            "{}\n{}",
            diagnostics.render(error.coloured).trim_end(),
            diagnostics.summary()
        ),
        Verdict::Clashes(clashes) => clashes
            .iter()
            .for_each(|clash| eprintln!("{}: {clash}", error.red("error"))),
        Verdict::Checked(report) => {
            if is_summary {
                answer!("{}", check::text::counts(report, output.coloured));
            } else {
                answer!("{}", check::text::render(report, output.coloured));
                if let Some(first) = report.findings.first() {
                    let more = format!("cargo xtask check --explain {}", first.rule.code);
                    answer_line!("   {} {more}", output.bold("more:"));
                }
            }
            answer_line!(
                "   {}  {}",
                output.bold(&subject.name),
                check::text::summary(report)
            );
        }
    }
}

/// The findings of a subject, each with the subject's name.
fn json(subject: &Subject) -> Vec<Value> {
    let mut findings = match &subject.verdict {
        Verdict::Checked(report) => match check::json::render(report) {
            Value::Array(findings) => findings,
            other => vec![other],
        },
        Verdict::Invalid(diagnostics) => match diagnostics.to_json() {
            Value::Array(mistakes) => mistakes.iter().map(mistake).collect(),
            other => vec![mistake(&other)],
        },
        Verdict::Clashes(clashes) => clashes
            .iter()
            .map(|clash| mistake(&json!({ "message": clash.to_string() })))
            .collect(),
    };
    for finding in &mut findings {
        finding["subject"] = json!(subject.name);
    }
    findings
}

/// A mistake in an environment file in the form of a finding.
fn mistake(mistake: &Value) -> Value {
    json!({
        "code": "ENVIRONMENT",
        "area": "environment",
        "severity": mistake.get("severity").cloned().unwrap_or_else(|| json!("error")),
        "file": mistake.pointer("/at/file"),
        "line": mistake.pointer("/at/line"),
        "apiVersion": "",
        "kind": "",
        "namespace": null,
        "name": "",
        "path": "",
        "message": mistake.get("message"),
        "help": mistake.get("help"),
    })
}

/// One report of all subjects. What could not be judged is told on standard error: these formats know findings alone.
fn together(session: &Session, subjects: Vec<Subject>) -> Report {
    let mut all = Report::default();
    for subject in subjects {
        match subject.verdict {
            Verdict::Checked(report) => all.absorb(report),
            Verdict::Invalid(_) | Verdict::Clashes(_) => text(session, &subject, false),
        }
    }
    all
}
