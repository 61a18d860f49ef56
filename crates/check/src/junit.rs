//! A report as `JUnit` XML, which most systems of continuous integration show as a list of tests.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::report::{Finding, Report};
use crate::rule::{Rule, Severity};

/// One test a rule; it fails with all errors of the rule, and warnings are part of its output.
pub fn render(report: &Report, asked: &[&Rule]) -> String {
    let mut by_rule: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        by_rule.entry(finding.rule.code).or_default().push(finding);
    }
    let failed = |findings: &&Vec<&Finding>| findings.iter().any(|finding| is_error(finding));
    let failures = by_rule.values().filter(failed).count();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "<testsuites><testsuite name=\"check\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"{}\">",
        asked.len() + report.exceptions.len(),
        report.exceptions.len()
    );
    for rule in asked {
        let findings = by_rule.get(rule.code).map_or(&[][..], Vec::as_slice);
        let (errors, warnings): (Vec<&Finding>, Vec<&Finding>) =
            findings.iter().partition(|finding| is_error(finding));
        let _ = write!(
            text,
            "<testcase classname=\"{}\" name=\"{} {}\"",
            rule.area.as_str(),
            rule.code,
            escaped(rule.title)
        );
        if findings.is_empty() {
            text.push_str("/>\n");
            continue;
        }
        text.push_str(">\n");
        if !errors.is_empty() {
            let _ = writeln!(
                text,
                "<failure message=\"{} found\" type=\"{}\">{}</failure>",
                errors.len(),
                rule.code,
                lines(&errors)
            );
        }
        if !warnings.is_empty() {
            let _ = writeln!(text, "<system-out>{}</system-out>", lines(&warnings));
        }
        text.push_str("</testcase>\n");
    }
    for excused in &report.exceptions {
        let finding = &excused.finding;
        let _ = writeln!(
            text,
            "<testcase classname=\"{}\" name=\"{} {}\"><skipped message=\"{}\"/></testcase>",
            finding.rule.area.as_str(),
            finding.rule.code,
            escaped(&format!("{}: {}", finding.id, finding.message)),
            escaped(&excused.because())
        );
    }
    text.push_str("</testsuite></testsuites>\n");
    text
}

fn is_error(finding: &Finding) -> bool {
    finding.rule.severity == Severity::Error
}

fn lines(findings: &[&Finding]) -> String {
    let line = |finding: &&Finding| {
        let file = finding.source.file.as_deref().unwrap_or_default();
        let place = finding
            .line()
            .map_or_else(|| file.to_owned(), |line| format!("{file}:{line}"));
        escaped(&format!(
            "{place} {} {}: {}",
            finding.id, finding.path, finding.message
        ))
    };
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Text inside of XML 1.0, which has no control characters.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(character),
            _ if character.is_control() => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}
