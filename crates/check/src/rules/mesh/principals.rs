//! MESH009: the principals of an `AuthorizationPolicy` are accounts that exist.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The principals of an `AuthorizationPolicy` are accounts that exist.
pub(crate) static RULE: Rule = Rule {
    code: "MESH009",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "the principals of an AuthorizationPolicy are accounts that exist",
    why: "A caller under another account is refused, and nobody else is let in.",
    fix: "Write `cluster.local/ns/<namespace>/sa/<account>` of a ServiceAccount that the calling pods run under.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for policy in cluster.of_kind("security.istio.io", "AuthorizationPolicy") {
        for (rule, value) in list(&policy.value, "/spec/rules") {
            for (index, from) in list(value, "/from") {
                for (position, principal) in list(from, "/source/principals") {
                    let Some((namespace, name)) = account(principal) else {
                        continue;
                    };
                    if name != "default" && !cluster.exists("", "ServiceAccount", namespace, name) {
                        let path = format!(
                            "spec.rules[{rule}].from[{index}].source.principals[{position}]"
                        );
                        let help = cluster.nearest("", "ServiceAccount", namespace, name);
                        findings.add_with_help(
                            policy,
                            path,
                            format!("there is no ServiceAccount {namespace}/{name}"),
                            help,
                        );
                    }
                }
            }
        }
    }
}

/// Namespace and name of `<trust domain>/ns/<namespace>/sa/<name>`; patterns are left alone.
fn account(principal: &Json) -> Option<(&str, &str)> {
    let principal = principal
        .as_str()
        .filter(|principal| !principal.contains('*'))?;
    let (_, rest) = principal.split_once("/ns/")?;
    rest.split_once("/sa/")
}
