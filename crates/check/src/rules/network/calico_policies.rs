//! NET012: Calico can read its policies, and their tiers are there.

use serde_json::Value as Json;

use crate::cluster::Cluster;
use crate::document::Document;
use crate::network::calico::selector::Selector;
use crate::network::calico::{of_kind, tier_of};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::syntax;

/// Calico can read its policies, and their tiers are there.
pub(crate) static RULE: Rule = Rule {
    code: "NET012",
    area: Area::Network,
    severity: Severity::Error,
    title: "ordered policies can be read, and their tiers are there",
    why: "A selector that cannot be read, or a tier that does not exist, is refused by Calico's API server and left out by its agents: the policy does nothing.",
    fix: "Write selectors as `key == 'value'`, `key in {'a', 'b'}`, `has(key)` or `all()`, joined by `&&` and `||`, and add the Tier.",
    absorbs: &[],
    check: Some(check),
};

/// Tiers that Calico makes by itself.
const OWN: [&str; 5] = [
    "default",
    "adminnetworkpolicy",
    "baselineadminnetworkpolicy",
    "kube-admin",
    "kube-baseline",
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let tiers: Vec<&str> = of_kind(cluster, "Tier")
        .map(|tier| tier.id.name.as_str())
        .collect();
    for kind in [
        "NetworkPolicy",
        "GlobalNetworkPolicy",
        "StagedNetworkPolicy",
        "StagedGlobalNetworkPolicy",
    ] {
        for policy in of_kind(cluster, kind) {
            selectors(
                findings,
                policy,
                "spec",
                policy.value.get("spec").unwrap_or(&Json::Null),
                0,
            );
            let tier = tier_of(policy);
            if !OWN.contains(&tier) && !tiers.contains(&tier) {
                let near = syntax::nearest(tier, tiers.iter().copied());
                let help = near.map(|near| format!("did you mean `{near}`?"));
                findings.add_with_help(
                    policy,
                    "spec.tier",
                    format!("there is no Tier {tier}"),
                    help,
                );
            }
        }
    }
}

/// Fields that hold selectors.
const FIELDS: [&str; 4] = [
    "selector",
    "notSelector",
    "namespaceSelector",
    "serviceAccountSelector",
];
/// How deep a policy nests.
const DEPTH: usize = 8;

fn selectors(
    findings: &mut Findings<'_>,
    policy: &Document,
    path: &str,
    value: &Json,
    depth: usize,
) {
    if depth > DEPTH {
        return;
    }
    match value {
        Json::Object(fields) => {
            for (name, field) in fields {
                let path = format!("{path}.{name}");
                match field
                    .as_str()
                    .filter(|_| FIELDS.contains(&name.as_str()))
                    .map(Selector::parse)
                {
                    Some(Err(error)) => findings.add(policy, path, error.to_string()),
                    Some(Ok(_)) => {}
                    None => selectors(findings, policy, &path, field, depth + 1),
                }
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                selectors(
                    findings,
                    policy,
                    &format!("{path}[{index}]"),
                    item,
                    depth + 1,
                );
            }
        }
        _ => {}
    }
}
