//! A report for people.
//!
//! What is wrong with one object stands together, a line each that begins with the place; why each rule is there and how to
//! follow it is said once, below.

use std::collections::BTreeMap;
use std::fmt::Write;

use manifest::ResourceId;

use crate::report::{EnvironmentValue, Excused, Finding, Report};
use crate::rule::{Rule, Severity};

/// The report as text; in colours where the reader has a terminal.
pub fn render(report: &Report, colour: bool) -> String {
    let paint = Paint { colour };
    let mut text = String::new();
    for findings in by_object(report) {
        object(&mut text, &paint, &findings);
    }
    for (rule, count) in by_rule(report) {
        let head = paint.severity(rule.severity, rule.code);
        let findings = plural(count, "finding");
        line(&mut text, &format!("{head} {}: {findings}", rule.title));
        line(&mut text, &format!("   {} {}", paint.dim("why:"), rule.why));
        line(&mut text, &format!("   {} {}", paint.dim("fix:"), rule.fix));
    }
    if !report.is_clean() {
        text.push('\n');
    }
    excused(&mut text, &paint, report);
    text
}

/// How many findings each rule has, a line each.
pub fn counts(report: &Report, colour: bool) -> String {
    let paint = Paint { colour };
    let mut text = String::new();
    for (rule, count) in by_rule(report) {
        let head = format!("{} {}", rule.code, rule.severity.as_str());
        let head = paint.severity(rule.severity, &head);
        line(&mut text, &format!("{count:6}  {head}  {}", rule.title));
    }
    text
}

/// The last line of a run: how many objects, rules, errors, warnings and exceptions.
pub fn summary(report: &Report) -> String {
    let (errors, warnings) = (report.errors().count(), report.warnings().count());
    let verdict = match (errors, warnings) {
        (0, 0) => "clean".to_owned(),
        (errors, 0) => plural(errors, "error"),
        (0, warnings) => plural(warnings, "warning"),
        (errors, warnings) => format!(
            "{}, {}",
            plural(errors, "error"),
            plural(warnings, "warning")
        ),
    };
    let exceptions = match report.exceptions.len() {
        0 => String::new(),
        count => format!(" ({} in force)", plural(count, "exception")),
    };
    format!(
        "{}, {}: {verdict}{exceptions}",
        plural(report.objects, "object"),
        plural(report.rules, "check")
    )
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

/// The findings of each object in the order of its lines; the objects with errors first, each lot in the order of the files.
fn by_object(report: &Report) -> Vec<Vec<&Finding>> {
    let mut objects: BTreeMap<(Option<&str>, &ResourceId), Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        let file = finding.source.file.as_deref();
        objects
            .entry((file, &finding.id))
            .or_default()
            .push(finding);
    }
    let mut objects: Vec<Vec<&Finding>> = objects.into_values().collect();
    for findings in &mut objects {
        findings.sort_by_key(|finding| (finding.rule.severity, finding.line()));
    }
    objects.sort_by_key(|findings| {
        let first = findings.first();
        let severity = first.map(|finding| finding.rule.severity);
        let place = first.map(|finding| (finding.source.file.as_deref(), finding.line()));
        (severity, place)
    });
    objects
}

/// The rules that are broken, errors first, and how often each is.
fn by_rule(report: &Report) -> Vec<(&'static Rule, usize)> {
    let mut rules: BTreeMap<(Severity, &str), (&'static Rule, usize)> = BTreeMap::new();
    for finding in &report.findings {
        let rule = finding.rule;
        let known = rules.entry((rule.severity, rule.code)).or_insert((rule, 0));
        known.1 += 1;
    }
    rules.into_values().collect()
}

fn object(text: &mut String, paint: &Paint, findings: &[&Finding]) {
    let Some(first) = findings.first() else {
        return;
    };
    let made = first.source.origin.map_or_else(String::new, |origin| {
        let place = format!("made by {}:{}", origin.file(), origin.line());
        format!("  {}", paint.dim(&place))
    });
    line(text, &format!("{}{made}", paint.bold(&subject(first))));
    for finding in findings {
        one(text, paint, finding);
    }
    text.push('\n');
}

/// The object, or the file where there is none.
fn subject(finding: &Finding) -> String {
    if finding.id.kind.is_empty() {
        finding.source.file.clone().unwrap_or_default()
    } else {
        finding.id.to_string()
    }
}

fn one(text: &mut String, paint: &Paint, finding: &Finding) {
    let place = match (&finding.source.file, finding.line()) {
        (Some(file), Some(line)) => format!("{file}:{line}: "),
        (Some(file), None) => format!("{file}: "),
        (None, _) => String::new(),
    };
    let rule = finding.rule;
    let head = format!("{} {}", rule.severity.as_str(), rule.code);
    let head = paint.severity(rule.severity, &head);
    let path = match finding.path.as_str() {
        "" => String::new(),
        path => format!("  {}", paint.dim(path)),
    };
    line(text, &format!("  {place}{head}: {}{path}", finding.message));
    let is_there = |value: &&EnvironmentValue| {
        finding.source.file.as_ref() == Some(&value.file) && finding.line() == Some(value.line)
    };
    if let Some(value) = finding.value.as_ref().filter(|value| !is_there(value)) {
        line(text, &format!("      {} {value}", paint.dim("from:")));
    }
    if let Some(help) = &finding.help {
        line(text, &format!("      {} {help}", paint.dim("help:")));
    }
}

/// What is excused; what one reason excuses of one object is one entry.
fn excused(text: &mut String, paint: &Paint, report: &Report) {
    let entry = |excused: &Excused| {
        let finding = &excused.finding;
        (finding.rule.code, subject(finding), excused.because())
    };
    for excused in report
        .exceptions
        .chunk_by(|left, right| entry(left) == entry(right))
    {
        let messages: Vec<&str> = excused
            .iter()
            .map(|excused| excused.finding.message.as_str())
            .collect();
        let Some(first) = excused.first() else {
            continue;
        };
        let (code, subject, because) = entry(first);
        let head = paint.dim("excused");
        line(
            text,
            &format!("{head} {code} {subject}: {}", messages.join("; ")),
        );
        line(text, &format!("   {} {because}", paint.dim("because:")));
    }
}

fn line(text: &mut String, content: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{content}");
}

/// Terminal colours, or none.
struct Paint {
    colour: bool,
}

impl Paint {
    fn with(&self, code: &str, text: &str) -> String {
        if self.colour {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn bold(&self, text: &str) -> String {
        self.with("1", text)
    }

    fn dim(&self, text: &str) -> String {
        self.with("2", text)
    }

    fn severity(&self, severity: Severity, text: &str) -> String {
        self.with(
            if severity == Severity::Error {
                "1;31"
            } else {
                "1;33"
            },
            text,
        )
    }
}
