//! DELV004: the `AnalysisTemplates` of a Rollout exist.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::rollouts;

/// The `AnalysisTemplates` of a Rollout exist.
pub(crate) static RULE: Rule = Rule {
    code: "DELV004",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "the AnalysisTemplates of a Rollout exist",
    why: "Argo Rollouts marks a Rollout without its templates as invalid and does not start it.",
    fix: "Add the AnalysisTemplate to the namespace, or set clusterScope for a ClusterAnalysisTemplate.",
    absorbs: &["argo-rollouts AnalysisTemplateNotFound"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for rollout in rollouts::all(cluster) {
        for analysis in rollouts::analyses(rollout) {
            for template in analysis.templates(rollout) {
                let (kind, namespace, name) = (template.kind, template.namespace, template.name);
                if !cluster.exists(rollouts::GROUP, kind, namespace, name) {
                    let help = cluster.nearest(rollouts::GROUP, kind, namespace, name);
                    let message = format!("there is no {kind} {name}");
                    findings.add_with_help(rollout, template.path, message, help);
                }
            }
        }
    }
    for experiment in cluster.of_kind(rollouts::GROUP, "Experiment") {
        for template in rollouts::templates_of_experiment(experiment) {
            let (kind, namespace, name) = (template.kind, template.namespace, template.name);
            if !cluster.exists(rollouts::GROUP, kind, namespace, name) {
                let help = cluster.nearest(rollouts::GROUP, kind, namespace, name);
                let message = format!("there is no {kind} {name}");
                findings.add_with_help(experiment, template.path, message, help);
            }
        }
    }
}
