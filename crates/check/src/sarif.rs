//! A report as SARIF 2.1.0, which code scanning services take.

use serde_json::{Value, json};

use crate::report::{EnvironmentValue, Finding, Report};
use crate::rule::Rule;

/// The log of one run. `asked` are the rules that were part of it; exceptions are there as suppressed results.
pub fn render(report: &Report, asked: &[&Rule]) -> Value {
    let position = |code: &str| asked.iter().position(|rule| rule.code == code);
    let found = report
        .findings
        .iter()
        .map(|finding| result(finding, position(finding.rule.code)));
    let excused = report.exceptions.iter().map(|excused| {
        let finding = &excused.finding;
        let mut result = result(finding, position(finding.rule.code));
        result["suppressions"] =
            json!([{ "kind": "inSource", "justification": excused.because() }]);
        result
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cargo xtask check",
                "rules": asked.iter().map(|rule| description(rule)).collect::<Vec<_>>(),
            } },
            "results": found.chain(excused).collect::<Vec<_>>(),
        }],
    })
}

fn description(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": rule.why },
        "help": { "text": rule.fix },
        "defaultConfiguration": { "level": rule.severity.as_str() },
        "properties": { "tags": [rule.area.as_str()] },
    })
}

fn result(finding: &Finding, rule: Option<usize>) -> Value {
    let object = finding.id.to_string();
    let mut location = json!({
        "logicalLocations": [{
            "fullyQualifiedName": format!("{object} {}", finding.path).trim_end(),
            "kind": "object",
        }],
    });
    if let Some(file) = &finding.source.file {
        // A result without a line is shown at the top of its file.
        location["physicalLocation"] = json!({
            "artifactLocation": { "uri": file },
            "region": { "startLine": finding.line().unwrap_or(1) },
        });
    }
    let mut result = json!({
        "ruleId": finding.rule.code,
        "ruleIndex": rule,
        "level": finding.rule.severity.as_str(),
        "message": { "text": format!("{object}: {}", finding.message) },
        "locations": [location],
    });
    if let Some(EnvironmentValue { path, file, line }) = &finding.value {
        result["relatedLocations"] = json!([{
            "physicalLocation": { "artifactLocation": { "uri": file }, "region": { "startLine": line } },
            "message": { "text": format!("follows from {path}") },
        }]);
    }
    result
}
