//! STOR012: the claims of a `StatefulSet` outlive its pods.

use serde_json::Value as Json;

use crate::cluster::{Cluster, text};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The claims of a `StatefulSet` outlive its pods.
pub(crate) static RULE: Rule = Rule {
    code: "STOR012",
    area: Area::Storage,
    severity: Severity::Warning,
    title: "the claims of a StatefulSet outlive its pods",
    why: "With Delete, the data go when the set is removed or scaled down, by a mistake or an autoscaler as well.",
    fix: "Leave persistentVolumeClaimRetentionPolicy at Retain, or excuse it where the data can be had again.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for set in cluster.of_kind("apps", "StatefulSet") {
        let templates = set
            .value
            .lookup("/spec/volumeClaimTemplates")
            .and_then(Json::as_array);
        if templates.is_none_or(Vec::is_empty) {
            continue;
        }
        for (field, when) in [
            ("whenDeleted", "the set is removed"),
            ("whenScaled", "it is scaled down"),
        ] {
            let path = format!("/spec/persistentVolumeClaimRetentionPolicy/{field}");
            if text(&set.value, &path) == Some("Delete") {
                let message = format!("its claims are deleted when {when}");
                findings.add(
                    set,
                    format!("spec.persistentVolumeClaimRetentionPolicy.{field}"),
                    message,
                );
            }
        }
    }
}
