//! A report for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::report::{Finding, Report};
use crate::rule::Severity;

/// The report as text; in colours where the reader has a terminal.
///
/// Findings of one rule stand together: why it matters and how to fix it is said once.
pub fn render(report: &Report, colour: bool) -> String {
    let paint = Paint { colour };
    let mut text = String::new();
    let mut groups: BTreeMap<(Severity, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        groups
            .entry((finding.rule.severity, finding.rule.code))
            .or_default()
            .push(finding);
    }
    for ((severity, code), findings) in groups {
        for finding in &findings {
            one(&mut text, &paint, severity, code, finding);
        }
        if let Some(first) = findings.first() {
            line(
                &mut text,
                &format!("   {} {}", paint.dim("why:"), first.rule.why),
            );
            line(
                &mut text,
                &format!("   {} {}", paint.dim("fix:"), first.rule.fix),
            );
            text.push('\n');
        }
    }
    for excused in &report.exceptions {
        let Finding { id, message, .. } = &excused.finding;
        line(
            &mut text,
            &format!(
                "{} {} {id}: {message}",
                paint.dim("excused"),
                excused.exception.code
            ),
        );
        line(
            &mut text,
            &format!("   {} {}", paint.dim("because:"), excused.because()),
        );
    }
    text
}

/// How many findings each rule has, a line each.
pub fn counts(report: &Report, colour: bool) -> String {
    let paint = Paint { colour };
    let mut counts: BTreeMap<(Severity, &str), (usize, &str)> = BTreeMap::new();
    for finding in &report.findings {
        let key = (finding.rule.severity, finding.rule.code);
        counts.entry(key).or_insert((0, finding.rule.title)).0 += 1;
    }
    let mut text = String::new();
    for ((severity, code), (count, title)) in counts {
        let head = paint.severity(severity, &format!("{code} {}", severity.as_str()));
        line(&mut text, &format!("{count:6}  {head}  {title}"));
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

fn one(text: &mut String, paint: &Paint, severity: Severity, code: &str, finding: &Finding) {
    let head = paint.severity(severity, &format!("{code} {}", severity.as_str()));
    let subject = if finding.id.kind.is_empty() {
        finding.source.file.clone().unwrap_or_default()
    } else {
        finding.id.to_string()
    };
    line(
        text,
        &format!("{head}  {}: {}", paint.bold(&subject), finding.message),
    );
    if !finding.path.is_empty() {
        line(text, &format!("   {} {}", paint.dim("at:"), finding.path));
    }
    if let Some(file) = &finding.source.file {
        let place = finding
            .line()
            .map_or_else(|| file.clone(), |line| format!("{file}:{line}"));
        line(text, &format!("   {} {place}", paint.dim("file:")));
    }
    if let Some(origin) = finding.source.origin {
        line(
            text,
            &format!(
                "   {} {}:{}",
                paint.dim("made by:"),
                origin.file(),
                origin.line()
            ),
        );
    }
    if let Some(help) = &finding.help {
        line(text, &format!("   {} {help}", paint.dim("help:")));
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
