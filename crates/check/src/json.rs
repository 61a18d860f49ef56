//! A report for programs: one array of objects.

use serde_json::{Value, json};

use crate::report::{Excused, Finding, Report};

/// The findings as a JSON array, in the order of the report. What is excused follows, with `excused` as its severity and
/// the reason and the last day of the exception.
pub fn render(report: &Report) -> Value {
    let findings = report.findings.iter().map(finding);
    findings
        .chain(report.exceptions.iter().map(excused))
        .collect()
}

fn excused(excused: &Excused) -> Value {
    let mut value = finding(&excused.finding);
    value["severity"] = json!("excused");
    value["excused"] = json!({
        "reason": excused.reason(),
        "until": excused.exception.until.map(|until| until.to_string()),
    });
    value
}

fn finding(finding: &Finding) -> Value {
    let Finding {
        rule,
        id,
        path,
        message,
        help,
        source,
        ..
    } = finding;
    json!({
        "code": rule.code,
        "area": rule.area.as_str(),
        "severity": rule.severity.as_str(),
        "file": source.file,
        "line": finding.line(),
        "apiVersion": id.api_version,
        "kind": id.kind,
        "namespace": id.namespace,
        "name": id.name,
        "path": path,
        "message": message,
        "help": help,
        "why": rule.why,
        "fix": rule.fix,
        "environment": finding.value.as_ref().map(|value| json!({
            "path": value.path, "file": value.file, "line": value.line,
        })),
        "rust": source.origin.map(|origin| format!("{}:{}", origin.file(), origin.line())),
    })
}
