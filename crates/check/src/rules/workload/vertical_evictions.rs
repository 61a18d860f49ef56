//! WORK031: a vertical autoscaler can act.

use serde_json::Value as Json;

use super::autoscaling::{Target, VERTICAL};
use super::scale::{Least, Scalers};
use crate::cluster::{Cluster, Template, namespace_of, text};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A vertical autoscaler can act.
pub(crate) static RULE: Rule = Rule {
    code: "WORK031",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "a vertical autoscaler can act",
    why: "The updater evicts no pod of a workload that has fewer pods than it asks for, two by default, nor one that a budget keeps: its recommendations are never applied.",
    fix: "Run two pods, set `updatePolicy.minReplicas: 1`, or the mode to `Off`.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let scalers = Scalers::of(cluster);
    for vertical in cluster.of_kind("autoscaling.k8s.io", "VerticalPodAutoscaler") {
        let mode = text(&vertical.value, "/spec/updatePolicy/updateMode").unwrap_or("Auto");
        let Some(target) =
            Target::of(vertical, VERTICAL).filter(|_| matches!(mode, "Auto" | "Recreate"))
        else {
            continue;
        };
        let workload = cluster.document(
            target.group,
            target.kind,
            namespace_of(vertical),
            target.name,
        );
        let Some(template) = workload.and_then(|workload| Template::of(cluster.pods_of(workload)?))
        else {
            continue;
        };
        let asked = vertical
            .value
            .lookup("/spec/updatePolicy/minReplicas")
            .and_then(Json::as_u64);
        let asked = asked.unwrap_or(2);
        if let Least::Pods(least) = scalers.least(&template)
            && least < asked
        {
            let message = format!(
                "{} {} has {least} of the {asked} pods without which none is evicted",
                target.kind, target.name
            );
            findings.add(vertical, "spec.updatePolicy", message);
        }
    }
}
