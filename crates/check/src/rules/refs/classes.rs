//! REFS007: the classes that objects name exist.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Pods, list, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The classes that objects name exist.
pub(crate) static RULE: Rule = Rule {
    code: "REFS007",
    area: Area::References,
    severity: Severity::Error,
    title: "the classes that objects name exist",
    why: "A claim of an unknown storage class stays Pending, a pod of an unknown priority or runtime class is refused, an Ingress of an unknown class is served by nobody.",
    fix: "Add the class, or state it as external when the cluster brings it.",
    absorbs: &["kube-linter priority-class-name"],
    check: Some(check),
};

/// The priority classes that every cluster has.
const BUILT_IN_PRIORITIES: [&str; 2] = ["system-node-critical", "system-cluster-critical"];

/// Kinds that name a class, where they name it, and the kind of the class.
const NAMING: [(&str, &str, &str, &str, &str, &str); 2] = [
    (
        "networking.k8s.io",
        "Ingress",
        "/spec/ingressClassName",
        "spec.ingressClassName",
        "networking.k8s.io",
        "IngressClass",
    ),
    (
        "snapshot.storage.k8s.io",
        "VolumeSnapshot",
        "/spec/volumeSnapshotClassName",
        "spec.volumeSnapshotClassName",
        "snapshot.storage.k8s.io",
        "VolumeSnapshotClass",
    ),
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for pods in cluster.pods() {
        of_pods(cluster, findings, pods);
    }
    for claim in cluster.of_kind("", "PersistentVolumeClaim") {
        storage(cluster, findings, claim, claim.value.get("spec"), "spec");
    }
    for set in cluster.of_kind("apps", "StatefulSet") {
        for (index, template) in list(&set.value, "/spec/volumeClaimTemplates") {
            storage(
                cluster,
                findings,
                set,
                template.get("spec"),
                &format!("spec.volumeClaimTemplates[{index}].spec"),
            );
        }
    }
    for (group, kind, pointer, path, class_group, class_kind) in NAMING {
        for document in cluster.of_kind(group, kind) {
            if let Some(name) = text(&document.value, pointer) {
                class(
                    cluster,
                    findings,
                    document,
                    (class_group, class_kind),
                    name,
                    path.to_owned(),
                );
            }
        }
    }
}

fn of_pods(cluster: &Cluster<'_>, findings: &mut Findings<'_>, pods: &Pods<'_>) {
    let Some((owner, spec)) = pods.template() else {
        return;
    };
    let at = |field: &str| format!("{}.{field}", pods.path);
    if let Some(name) =
        text(spec, "/priorityClassName").filter(|name| !BUILT_IN_PRIORITIES.contains(name))
    {
        class(
            cluster,
            findings,
            owner,
            ("scheduling.k8s.io", "PriorityClass"),
            name,
            at("priorityClassName"),
        );
    }
    if let Some(name) = text(spec, "/runtimeClassName") {
        class(
            cluster,
            findings,
            owner,
            ("node.k8s.io", "RuntimeClass"),
            name,
            at("runtimeClassName"),
        );
    }
    for (index, volume) in list(spec, "/volumes") {
        if let Some(claim) = volume.lookup("/ephemeral/volumeClaimTemplate/spec") {
            let path = at(&format!(
                "volumes[{index}].ephemeral.volumeClaimTemplate.spec"
            ));
            storage(cluster, findings, owner, Some(claim), &path);
        }
    }
}

/// The storage class of a claim; an empty name means none.
fn storage(
    cluster: &Cluster<'_>,
    findings: &mut Findings<'_>,
    document: &Document,
    spec: Option<&Json>,
    path: &str,
) {
    let name = spec
        .and_then(|spec| text(spec, "/storageClassName"))
        .filter(|name| !name.is_empty());
    if let Some(name) = name {
        class(
            cluster,
            findings,
            document,
            ("storage.k8s.io", "StorageClass"),
            name,
            format!("{path}.storageClassName"),
        );
    }
}

fn class(
    cluster: &Cluster<'_>,
    findings: &mut Findings<'_>,
    document: &Document,
    (group, kind): (&'static str, &'static str),
    name: &str,
    path: String,
) {
    if !cluster.exists(group, kind, "", name) {
        findings.add_with_help(
            document,
            path,
            format!("there is no {kind} {name}"),
            cluster.nearest(group, kind, "", name),
        );
    }
}
