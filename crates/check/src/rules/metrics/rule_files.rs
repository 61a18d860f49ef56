//! METR001: files of rules are as Prometheus reads them.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::cluster::Cluster;
use crate::monitoring::{RuleFile, Source};
use crate::promql::parse_duration;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::syntax;

/// Files of rules are as Prometheus reads them.
pub(super) static RULE: Rule = Rule {
    code: "METR001",
    area: Area::Metrics,
    severity: Severity::Error,
    title: "files of rules are as Prometheus reads them",
    why: "Prometheus refuses a whole file of rules for one field that it does not know, and keeps the rules that it had.",
    fix: "Write the field as Prometheus' documentation of rules has it.",
    absorbs: &[
        "promtool check rules",
        "pint yaml/parse",
        "pint rule/name",
        "pint rule/for",
        "pint alerts/for",
    ],
    check: Some(check),
};

/// What a group has (Prometheus' documentation of recording rules).
const GROUP: [&str; 6] = [
    "name",
    "interval",
    "query_offset",
    "limit",
    "rules",
    "labels",
];
/// What a rule has.
const FIELDS: [&str; 7] = [
    "record",
    "alert",
    "expr",
    "for",
    "keep_firing_for",
    "labels",
    "annotations",
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (spot, fault) in &cluster.monitoring.unreadable {
        findings.add_at(spot, format!("this is no YAML: {}", fault.message), None);
    }
    for file in &cluster.monitoring.rule_files {
        judge(file, findings);
    }
}

/// A file of rules, while it is read.
struct Reader<'r, 'a, 'f> {
    source: &'r Source<'a>,
    /// Whether unknown fields are left to the schema of the object.
    is_object: bool,
    findings: &'r mut Findings<'f>,
}

fn judge(file: &RuleFile<'_>, findings: &mut Findings<'_>) {
    let mut reader = Reader {
        source: &file.source,
        is_object: file.is_object,
        findings,
    };
    let value = file.source.value();
    reader.known(value, "", &["groups"], "a file of rules");
    let mut names = BTreeSet::new();
    for group in &file.groups {
        if group.name.is_empty() {
            reader.add(&group.field, "the group has no name");
        } else if !names.insert(&group.name) {
            let message = format!("two groups are called `{}`", group.name);
            reader.add(&format!("{}.name", group.field), &message);
        }
    }
    let groups = value.get("groups").and_then(Json::as_array);
    for (at, group) in groups.into_iter().flatten().enumerate() {
        reader.group(group, &format!("groups[{at}]"));
    }
}

impl Reader<'_, '_, '_> {
    fn add(&mut self, field: &str, message: &str) {
        self.findings
            .add_at(&self.source.spot(field), message, None);
    }

    fn known(&mut self, value: &Json, field: &str, known: &[&str], what: &str) {
        if self.is_object {
            return;
        }
        for key in value.as_object().into_iter().flatten().map(|(key, _)| key) {
            if !known.contains(&key.as_str()) {
                let near = syntax::nearest(key, known.iter().copied());
                let place = if field.is_empty() {
                    key.clone()
                } else {
                    format!("{field}.{key}")
                };
                self.findings.add_at(
                    &self.source.spot(&place),
                    format!("{what} has no field `{key}`"),
                    near.map(|near| format!("did you mean `{near}`?")),
                );
            }
        }
    }

    fn group(&mut self, group: &Json, field: &str) {
        self.known(group, field, &GROUP, "a group");
        self.duration(group, field, "interval");
        self.duration(group, field, "query_offset");
        self.labels(group, field, "labels", true);
        let rules = group.get("rules").and_then(Json::as_array);
        for (at, rule) in rules.into_iter().flatten().enumerate() {
            self.rule(rule, &format!("{field}.rules[{at}]"));
        }
    }

    fn duration(&mut self, value: &Json, field: &str, key: &str) {
        let said = match value.get(key) {
            Some(Json::String(text)) => text.clone(),
            Some(Json::Number(number)) => number.to_string(),
            _ => return,
        };
        if parse_duration(&said).is_none() {
            let message = format!("`{said}` is no duration such as `5m` or `1h30m`");
            self.add(&format!("{field}.{key}"), &message);
        }
    }

    fn labels(&mut self, value: &Json, field: &str, key: &str, are_labels: bool) {
        let labels = value.get(key).and_then(Json::as_object);
        for (name, value) in labels.into_iter().flatten() {
            let place = format!("{field}.{key}[{name}]");
            if name.is_empty() || (are_labels && name == "__name__") {
                self.add(&place, &format!("no label may be called `{name}`"));
            }
            if value.is_array() || value.is_object() {
                self.add(&place, &format!("the value of `{name}` is no text"));
            }
        }
    }

    fn rule(&mut self, rule: &Json, field: &str) {
        self.known(rule, field, &FIELDS, "a rule");
        let said = |key: &str| match rule.get(key) {
            Some(Json::String(text)) => !text.is_empty(),
            Some(Json::Null) | None => false,
            Some(_) => true,
        };
        match (said("alert"), said("record")) {
            (true, true) => self.add(field, "a rule has either `alert` or `record`, not both"),
            (false, false) => self.add(field, "a rule has neither `alert` nor `record`"),
            _ => {}
        }
        if !said("expr") {
            self.add(field, "a rule has no `expr`");
        }
        self.duration(rule, field, "for");
        self.duration(rule, field, "keep_firing_for");
        self.labels(rule, field, "labels", true);
        self.labels(rule, field, "annotations", false);
        if said("record") {
            for key in ["for", "keep_firing_for", "annotations"] {
                if said(key) {
                    let message = format!("only an alert has `{key}`");
                    self.add(&format!("{field}.{key}"), &message);
                }
            }
            let name = rule
                .get("record")
                .and_then(Json::as_str)
                .unwrap_or_default();
            if name.contains(['{', '}']) {
                let message = format!("`{name}` is the name of no metric: it has braces");
                self.add(&format!("{field}.record"), &message);
            }
        }
    }
}
