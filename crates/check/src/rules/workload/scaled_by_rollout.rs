//! WORK003: an autoscaler does not scale a Deployment that a Rollout has replaced.

use crate::cluster::{Cluster, Pods, namespace_of, selector, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::workload::autoscaling::{self, Target};

/// An autoscaler does not scale a Deployment that a Rollout has replaced.
pub(crate) static RULE: Rule = Rule {
    code: "WORK003",
    area: Area::Workload,
    severity: Severity::Error,
    title: "an autoscaler does not scale a Deployment that a Rollout has replaced",
    why: "The Rollout keeps the Deployment at zero replicas and runs the pods itself: the autoscaler fights it, and the real pods are never scaled.",
    fix: "Aim the autoscaler at the Rollout: `argoproj.io/v1alpha1 Rollout`.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (scaler, path, pointer) in autoscaling::scalers(cluster) {
        let target = Target::of(scaler, pointer).filter(|target| target.kind == "Deployment");
        let Some(Target { name, .. }) = target else {
            continue;
        };
        let rollouts = cluster.of_kind("argoproj.io", "Rollout").iter();
        let mut rollouts = rollouts.filter(|rollout| namespace_of(rollout) == namespace_of(scaler));
        let deployment = cluster.document("apps", "Deployment", namespace_of(scaler), name);
        let pods = deployment.and_then(|deployment| cluster.pods_of(deployment));
        if let Some(rollout) = rollouts.find(|rollout| replaces(rollout, name, pods)) {
            let message = format!(
                "it scales Deployment {name}, which Rollout {} runs",
                rollout.id.name
            );
            let help = format!("the target is kind Rollout, name {}", rollout.id.name);
            findings.add_with_help(scaler, path, message, Some(help));
        }
    }
}

/// Whether a Rollout runs the pods of a Deployment: by reference, by name or by selector.
fn replaces(rollout: &Document, name: &str, pods: Option<&Pods<'_>>) -> bool {
    let refers = text(&rollout.value, "/spec/workloadRef/kind") == Some("Deployment")
        && text(&rollout.value, "/spec/workloadRef/name") == Some(name);
    let selects = rollout
        .value
        .lookup("/spec/selector")
        .filter(|wanted| !selector::is_empty(wanted));
    refers
        || rollout.id.name == name
        || pods
            .zip(selects)
            .is_some_and(|(pods, wanted)| selector::matches(wanted, &pods.labels))
}
