//! STOR010: a Deployment with a claim of one node is replaced, not rolled.

use serde_json::Value as Json;

use crate::cluster::{Cluster, text};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::storage::claim_list;

/// A Deployment with a claim of one node is replaced, not rolled.
pub(crate) static RULE: Rule = Rule {
    code: "STOR010",
    area: Area::Storage,
    severity: Severity::Warning,
    title: "a Deployment with a claim of one node is replaced, not rolled",
    why: "A rolling update starts the new pod before the old one is gone: on another node it waits for the volume for ever, on the same node both write.",
    fix: "Set the strategy Recreate, or maxSurge 0, or use a StatefulSet.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for claim in claim_list::all(cluster) {
        let is_shared = claim.asks_for("ReadWriteMany") || claim.asks_for("ReadOnlyMany");
        if claim.template.is_some() || is_shared {
            continue;
        }
        for pods in &claim.pods {
            let Some((owner, _)) = pods
                .template()
                .filter(|(owner, _)| owner.id.kind == "Deployment")
            else {
                continue;
            };
            let surge = owner.value.lookup("/spec/strategy/rollingUpdate/maxSurge");
            let has_no_surge = surge.is_some_and(|surge| match surge {
                Json::String(text) => text.trim_end_matches('%') == "0",
                value => value.as_i64() == Some(0),
            });
            let is_replaced = text(&owner.value, "/spec/strategy/type") == Some("Recreate");
            if !is_replaced && !has_no_surge {
                let message = format!(
                    "it is rolled, and mounts {}, which is for one node",
                    claim.title
                );
                findings.add(owner, "spec.strategy", message);
            }
        }
    }
}
