//! A report as workflow commands of GitHub Actions, which shows them beside the lines of a pull request.

use std::fmt::Write;

use crate::report::{Finding, Report};
use crate::rule::Severity;

/// One command a finding (the documentation of "workflow commands": `::error file=…,line=…,title=…::message`).
pub fn render(report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", command(finding));
    }
    for excused in &report.exceptions {
        let finding = &excused.finding;
        let mut properties = place(finding);
        properties.push(format!("title={} excused", finding.rule.code));
        let message = format!(
            "{}: {}\nbecause {}",
            finding.id,
            finding.message,
            excused.because()
        );
        let _ = writeln!(
            text,
            "::notice {}::{}",
            properties.join(","),
            data(&message)
        );
    }
    text
}

fn command(finding: &Finding) -> String {
    let level = match finding.rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut properties = place(finding);
    let title = format!("{} {}", finding.rule.code, finding.rule.title);
    properties.push(format!("title={}", property(&title)));
    let mut message = format!("{}: {}", finding.id, finding.message);
    if !finding.path.is_empty() {
        let _ = write!(message, "\nat {}", finding.path);
    }
    let _ = write!(message, "\nfix: {}", finding.rule.fix);
    format!("::{level} {}::{}", properties.join(","), data(&message))
}

fn place(finding: &Finding) -> Vec<String> {
    let mut properties = Vec::new();
    if let Some(file) = &finding.source.file {
        properties.push(format!("file={}", property(file)));
    }
    if let Some(line) = finding.line() {
        properties.push(format!("line={line}"));
    }
    properties
}

/// The message of a command: it ends with the line.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property of a command: it ends with a comma or a colon, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn nothing_in_a_text_ends_the_command() {
        assert_eq!(data("50 %\nof: it"), "50 %25%0Aof: it");
        assert_eq!(property("a:b,c\n"), "a%3Ab%2Cc%0A");
    }
}
