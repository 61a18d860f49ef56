//! What a report says, one finding below the other: the snapshots of the cases do not change with the layout of reports.

use std::collections::BTreeMap;
use std::fmt::Write;

use check::{Finding, Report, Severity};

/// The findings of each rule, and below them why and how.
pub(crate) fn listing(report: &Report) -> String {
    let mut rules: BTreeMap<(Severity, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        let rule = finding.rule;
        rules
            .entry((rule.severity, rule.code))
            .or_default()
            .push(finding);
    }
    let mut text = String::new();
    for ((severity, code), findings) in rules {
        for finding in &findings {
            let subject = match finding.id.kind.as_ref() {
                "" => finding.source.file.clone().unwrap(),
                _ => finding.id.to_string(),
            };
            let message = &finding.message;
            writeln!(text, "{code} {}  {subject}: {message}", severity.as_str()).unwrap();
            let line = finding
                .line()
                .map_or_else(String::new, |line| format!(":{line}"));
            let file = finding
                .source
                .file
                .as_ref()
                .map(|file| format!("{file}{line}"));
            let path = Some(finding.path.clone()).filter(|path| !path.is_empty());
            for (what, said) in [("at", path), ("file", file), ("help", finding.help.clone())] {
                if let Some(said) = said {
                    writeln!(text, "   {what}: {said}").unwrap();
                }
            }
        }
        let rule = findings[0].rule;
        writeln!(text, "   why: {}\n   fix: {}\n", rule.why, rule.fix).unwrap();
    }
    text
}
