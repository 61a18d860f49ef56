//! DELV002: the Services of a Rollout exist.

use crate::cluster::{Cluster, Found, namespace_of, selector, text};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::rollouts;

/// The Services of a Rollout exist.
pub(crate) static RULE: Rule = Rule {
    code: "DELV002",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "the Services of a Rollout exist",
    why: "Argo Rollouts marks a Rollout without its Services as invalid and does not start it.",
    fix: "Add the Services; both select the pods of the Rollout.",
    absorbs: &["argo-rollouts ServiceNotFound"],
    check: Some(check),
};

const SERVICES: [&str; 6] = [
    "canary.canaryService",
    "canary.stableService",
    "canary.pingPong.pingService",
    "canary.pingPong.pongService",
    "blueGreen.activeService",
    "blueGreen.previewService",
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for rollout in rollouts::all(cluster) {
        let namespace = namespace_of(rollout);
        for field in SERVICES {
            let pointer = format!("/spec/strategy/{}", field.replace('.', "/"));
            let Some(name) = text(&rollout.value, &pointer) else {
                continue;
            };
            let path = format!("spec.strategy.{field}");
            match cluster.find("", "Service", namespace, name) {
                None => {
                    let help = cluster.nearest("", "Service", namespace, name);
                    findings.add_with_help(
                        rollout,
                        path,
                        format!("there is no Service {namespace}/{name}"),
                        help,
                    );
                }
                Some(Found::External(_)) => {}
                Some(Found::Document(service)) => {
                    let wanted = service.value.lookup("/spec/selector");
                    let pods = cluster.pods_of(rollout);
                    if wanted
                        .zip(pods)
                        .is_some_and(|(wanted, pods)| !selector::matches_map(wanted, &pods.labels))
                    {
                        findings.add(
                            rollout,
                            path,
                            format!(
                                "Service {namespace}/{name} does not select the pods of the Rollout"
                            ),
                        );
                    }
                }
            }
        }
    }
}
