//! REFS006: the volume claims of a pod exist.

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The volume claims of a pod exist.
pub(crate) static RULE: Rule = Rule {
    code: "REFS006",
    area: Area::References,
    severity: Severity::Error,
    title: "the volume claims of a pod exist",
    why: "A pod that mounts a claim that does not exist stays Pending.",
    fix: "Add the PersistentVolumeClaim, or correct the name.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for pods in cluster.pods() {
        let Some((owner, spec)) = pods.template() else {
            continue;
        };
        for (index, volume) in list(spec, "/volumes") {
            let Some(name) = text(volume, "/persistentVolumeClaim/claimName") else {
                continue;
            };
            let exists = cluster.exists("", "PersistentVolumeClaim", pods.namespace, name);
            if !exists && !is_of_stateful_set(cluster, pods.namespace, name) {
                let path = format!(
                    "{}.volumes[{index}].persistentVolumeClaim.claimName",
                    pods.path
                );
                let help = cluster.nearest("", "PersistentVolumeClaim", pods.namespace, name);
                findings.add_with_help(
                    owner,
                    path,
                    format!("there is no claim {}/{name}", pods.namespace),
                    help,
                );
            }
        }
    }
}

/// Whether a `StatefulSet` makes the claim: `<template>-<set>-<ordinal>`.
pub(crate) fn is_of_stateful_set(cluster: &Cluster<'_>, namespace: &str, name: &str) -> bool {
    let Some((stem, ordinal)) = name.rsplit_once('-') else {
        return false;
    };
    let sets = cluster
        .of_kind("apps", "StatefulSet")
        .iter()
        .filter(|set| namespace_of(set) == namespace);
    let made = |set: &&&crate::document::Document| {
        list(&set.value, "/spec/volumeClaimTemplates").any(|(_, template)| {
            text(template, "/metadata/name")
                .is_some_and(|template| stem == format!("{template}-{}", set.id.name))
        })
    };
    ordinal.parse::<u32>().is_ok() && sets.into_iter().any(|set| made(&set))
}
