//! A report for programs: one array of objects.

use serde_json::{Value, json};

use crate::report::{Finding, Report};

/// The findings as a JSON array, in the order of the report; exceptions in force are not part of it.
pub fn render(report: &Report) -> Value {
    report.findings.iter().map(finding).collect()
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
        "origin": source.origin.map(|origin| format!("{}:{}", origin.file(), origin.line())),
    })
}
