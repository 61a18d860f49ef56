//! DELV023: an `ApplicationSet` makes Applications that can stand beside each other.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::rollouts::GROUP;

/// An `ApplicationSet` makes Applications that can stand beside each other.
pub(crate) static RULE: Rule = Rule {
    code: "DELV023",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "an ApplicationSet makes Applications that can stand beside each other",
    why: "Argo CD refuses Applications of the same name and makes none at all; a placeholder that no generator fills stays as it stands.",
    fix: "Use a value of the generator in the name, and only values that each of its elements has.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for set in cluster.of_kind(GROUP, "ApplicationSet") {
        if list(&set.value, "/spec/generators").next().is_none() {
            findings.add(
                set,
                "spec.generators",
                "without a generator it makes nothing",
            );
            continue;
        }
        let name = text(&set.value, "/spec/template/metadata/name").unwrap_or_default();
        if !name.contains("{{") && makes_several(set) {
            let message = format!("every Application would be called {name}");
            findings.add(set, "spec.template.metadata.name", message);
        }
        projects(findings, set);
        elements(findings, set);
    }
}

/// Whether the generators may give more than one element.
fn makes_several(set: &Document) -> bool {
    let generators = list(&set.value, "/spec/generators");
    let elements = generators.map(|(_, generator)| {
        match generator.lookup("/list/elements").and_then(Json::as_array) {
            Some(elements) => elements.len(),
            None => 2,
        }
    });
    elements.sum::<usize>() > 1
}

/// Whoever writes to the repository that the generator reads would choose the project.
fn projects(findings: &mut Findings<'_>, set: &Document) {
    let is_chosen = text(&set.value, "/spec/template/spec/project")
        .is_some_and(|project| project.contains("{{"));
    let reads_git = list(&set.value, "/spec/generators").any(|(_, generator)| {
        ["git", "pullRequest", "scmProvider"]
            .iter()
            .any(|kind| generator.get(kind).is_some())
    });
    if is_chosen && reads_git {
        let message =
            "whoever writes to the repository chooses the project, and with it what may be done";
        findings.add(set, "spec.template.spec.project", message);
    }
}

/// The placeholders of the template are among the keys of each listed element.
fn elements(findings: &mut Findings<'_>, set: &Document) {
    let mut generators = list(&set.value, "/spec/generators");
    let (Some((_, only)), None) = (generators.next(), generators.next()) else {
        return;
    };
    let Some(elements) = only.lookup("/list/elements").and_then(Json::as_array) else {
        return;
    };
    let is_go = set.value.lookup("/spec/goTemplate").and_then(Json::as_bool) == Some(true);
    let mut used = BTreeSet::new();
    if let Some(template) = set.value.lookup("/spec/template") {
        placeholders(template, is_go, &mut used);
    }
    for (index, element) in elements.iter().enumerate() {
        let missing: Vec<&str> = used
            .iter()
            .copied()
            .filter(|name| value_of(element, name).is_none())
            .collect();
        if !missing.is_empty() {
            let message = format!(
                "the template asks for {}, which this element does not have",
                missing.join(", ")
            );
            findings.add(
                set,
                format!("spec.generators[0].list.elements[{index}]"),
                message,
            );
        }
    }
}

fn value_of<'j>(element: &'j Json, name: &str) -> Option<&'j Json> {
    element
        .get(name)
        .or_else(|| element.lookup(&format!("/{}", name.replace('.', "/"))))
}

/// The plain names in `{{name}}`, or `{{.name}}` where Go's templates are used; whatever computes is passed over.
fn placeholders<'j>(value: &'j Json, is_go: bool, used: &mut BTreeSet<&'j str>) {
    match value {
        Json::String(written) => {
            for part in written.split("{{").skip(1) {
                let inner = part.split("}}").next().unwrap_or_default().trim();
                let name = if is_go {
                    inner.strip_prefix('.')
                } else {
                    Some(inner)
                };
                let is_plain = |name: &&str| {
                    !name.is_empty()
                        && name.bytes().all(|byte| {
                            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
                        })
                };
                used.extend(name.filter(is_plain));
            }
        }
        Json::Array(items) => items
            .iter()
            .for_each(|item| placeholders(item, is_go, used)),
        Json::Object(fields) => fields
            .values()
            .for_each(|field| placeholders(field, is_go, used)),
        _ => {}
    }
}
