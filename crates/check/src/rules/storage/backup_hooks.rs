//! STOR006: the containers that Velero runs commands in exist.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Pods, list, selector, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::storage::backups;

/// The containers that Velero runs commands in exist.
pub(crate) static RULE: Rule = Rule {
    code: "STOR006",
    area: Area::Storage,
    severity: Severity::Error,
    title: "the containers that Velero runs commands in exist",
    why: "The command fails, and the backup with it: or it is taken of files that are not consistent.",
    fix: "Name a container of the pods.",
    absorbs: &[],
    check: Some(check),
};

/// Annotations of pods that name a container.
const ANNOTATIONS: [&str; 3] = [
    "pre.hook.backup.velero.io/container",
    "post.hook.backup.velero.io/container",
    "post.hook.restore.velero.io/container",
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for pods in cluster.pods() {
        annotated(findings, pods);
    }
    for (document, pointer, path) in backups::all(cluster) {
        for (index, hook) in list(&document.value, &format!("{pointer}/hooks/resources")) {
            for phase in ["pre", "post"] {
                for (position, step) in list(hook, &format!("/{phase}")) {
                    let path = format!(
                        "{path}.hooks.resources[{index}].{phase}[{position}].exec.container"
                    );
                    if let Some(name) = text(step, "/exec/container") {
                        named(cluster, findings, document, hook, name, path);
                    }
                }
            }
        }
    }
}

fn annotated(findings: &mut Findings<'_>, pods: &Pods<'_>) {
    let Some((owner, _)) = pods.template() else {
        return;
    };
    let place = pods.path.strip_suffix("spec").unwrap_or_default();
    let annotations = owner
        .value
        .lookup(&format!("/{}metadata/annotations", place.replace('.', "/")));
    for key in ANNOTATIONS {
        let name = annotations.and_then(|annotations| annotations.get(key)?.as_str());
        let Some(name) = name.filter(|name| !has_container(pods, name)) else {
            continue;
        };
        let message = format!("{} has no container {name}", pods.title);
        findings.add(
            owner,
            format!("{place}metadata.annotations[{key}]"),
            message,
        );
    }
}

fn has_container(pods: &Pods<'_>, name: &str) -> bool {
    pods.containers().any(|container| container.name() == name)
}

/// A container that a hook of a backup names: some pod that the hook is about has it.
fn named(
    cluster: &Cluster<'_>,
    findings: &mut Findings<'_>,
    document: &Document,
    hook: &Json,
    name: &str,
    path: String,
) {
    let wanted = hook.get("labelSelector");
    let concerned: Vec<&Pods<'_>> = cluster
        .pods()
        .iter()
        .filter(|pods| backups::takes_namespace(hook, pods.namespace))
        .filter(|pods| wanted.is_none_or(|wanted| selector::matches(wanted, &pods.labels)))
        .collect();
    // Of pods that somebody else installs the containers are not known.
    let is_known = concerned.iter().all(|pods| pods.spec.is_some());
    if is_known && !concerned.iter().any(|pods| has_container(pods, name)) {
        let message = if concerned.is_empty() {
            "the hook selects no pod".to_owned()
        } else {
            format!("no pod that the hook selects has a container {name}")
        };
        findings.add(document, path, message);
    }
}
