//! STOR009: a claim of one node has one pod.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Pods, namespace_of, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::storage::claim_list;

/// A claim of one node has one pod.
pub(crate) static RULE: Rule = Rule {
    code: "STOR009",
    area: Area::Storage,
    severity: Severity::Error,
    title: "a claim of one node has one pod",
    why: "The pods that land on another node cannot attach the volume and never start; those on the same node write into the same files.",
    fix: "Use a StatefulSet with volumeClaimTemplates, one replica, or a class for ReadWriteMany.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for claim in claim_list::all(cluster) {
        let is_of_one = claim.asks_for("ReadWriteOnce") || claim.asks_for("ReadWriteOncePod");
        let is_shared = claim.asks_for("ReadWriteMany") || claim.asks_for("ReadOnlyMany");
        if claim.template.is_some() || !is_of_one || is_shared {
            continue;
        }
        for pods in &claim.pods {
            let Some((owner, _)) = pods.template() else {
                continue;
            };
            if let Some(many) = how_many(cluster, owner) {
                let message = format!(
                    "{} runs {many} and mounts {}, which is for one node",
                    pods.title, claim.title
                );
                findings.add(owner, path_of(pods, &claim.document.id.name), message);
            }
        }
    }
}

/// Where the pods mount a claim.
fn path_of(pods: &Pods<'_>, name: &str) -> String {
    let volumes = pods.spec.and_then(|spec| spec.get("volumes")?.as_array());
    let position = volumes
        .into_iter()
        .flatten()
        .position(|volume| text(volume, "/persistentVolumeClaim/claimName") == Some(name));
    match position {
        Some(position) => format!("{}.volumes[{position}].persistentVolumeClaim", pods.path),
        None => format!("{}.volumes", pods.path),
    }
}

/// How many pods a workload runs at once, where they are more than one.
fn how_many(cluster: &Cluster<'_>, owner: &Document) -> Option<String> {
    match owner.id.kind.as_ref() {
        "DaemonSet" => return Some("a pod on every node".to_owned()),
        "Deployment" | "ReplicaSet" | "StatefulSet" | "Rollout" => {}
        _ => return None,
    }
    let replicas = owner.value.lookup("/spec/replicas").and_then(Json::as_i64);
    let scaled = cluster
        .of_kind("autoscaling", "HorizontalPodAutoscaler")
        .iter()
        .filter(|scaler| namespace_of(scaler) == namespace_of(owner))
        .filter(|scaler| {
            text(&scaler.value, "/spec/scaleTargetRef/kind") == Some(owner.id.kind.as_ref())
                && text(&scaler.value, "/spec/scaleTargetRef/name") == Some(owner.id.name.as_str())
        })
        .find_map(|scaler| scaler.value.lookup("/spec/maxReplicas")?.as_i64());
    let most = scaled.or(replicas).unwrap_or(1);
    (most > 1).then(|| format!("up to {most} pods"))
}
