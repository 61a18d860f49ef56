//! STOR005: a Velero backup selects something.

use serde_json::Value as Json;

use crate::cluster::{Cluster, labels, list, namespace_of, selector};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::storage::backups;

/// A Velero backup selects something.
pub(crate) static RULE: Rule = Rule {
    code: "STOR005",
    area: Area::Storage,
    severity: Severity::Error,
    title: "a Velero backup selects something",
    why: "Velero backs up nothing, and calls the backup a success; labelSelector and orLabelSelectors together it refuses.",
    fix: "Use labels that the objects carry, and take a namespace or kind out of one of the two lists.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (document, pointer, path) in backups::all(cluster) {
        let Some(template) = document.value.lookup(pointer) else {
            continue;
        };
        lists(findings, document, template, path);
        let one = template.get("labelSelector");
        let several = list(template, "/orLabelSelectors").count();
        if one.is_some() && several > 0 {
            let message = "labelSelector and orLabelSelectors exclude each other";
            findings.add(document, format!("{path}.orLabelSelectors"), message);
        }
        let selectors = one.map(|wanted| (wanted, "labelSelector".to_owned()));
        let listed = list(template, "/orLabelSelectors")
            .map(|(index, wanted)| (wanted, format!("orLabelSelectors[{index}]")));
        for (wanted, field) in selectors.into_iter().chain(listed) {
            if !selector::is_empty(wanted) && !selects(cluster, template, wanted) {
                let message = format!(
                    "no object of its namespaces has the labels {}",
                    selector::shown(wanted)
                );
                findings.add(document, format!("{path}.{field}"), message);
            }
        }
    }
}

/// What is named to be in and out.
fn lists(findings: &mut Findings<'_>, document: &Document, template: &Json, path: &str) {
    for (included, excluded) in [
        ("includedNamespaces", "excludedNamespaces"),
        ("includedResources", "excludedResources"),
    ] {
        let out: Vec<&str> = list(template, &format!("/{excluded}"))
            .filter_map(|(_, name)| name.as_str())
            .collect();
        for (index, name) in list(template, &format!("/{included}")) {
            if let Some(name) = name.as_str().filter(|name| out.contains(name)) {
                let message = format!("{name} is also among {excluded}");
                findings.add(document, format!("{path}.{included}[{index}]"), message);
            }
        }
    }
}

/// Whether any object that the backup takes, or any pod, has the labels.
fn selects(cluster: &Cluster<'_>, template: &Json, wanted: &Json) -> bool {
    let takes =
        |namespace: &str| namespace.is_empty() || backups::takes_namespace(template, namespace);
    let of_objects = cluster.documents().any(|document| {
        takes(namespace_of(document))
            && selector::matches(wanted, &labels(document.value.lookup("/metadata/labels")))
    });
    of_objects
        || cluster
            .pods()
            .iter()
            .any(|pods| takes(pods.namespace) && selector::matches(wanted, &pods.labels))
}
