//! MESH035: a `DestinationRule` that begins TLS verifies whom it talks to.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts;

/// A `DestinationRule` that begins TLS verifies whom it talks to.
pub(crate) static RULE: Rule = Rule {
    code: "MESH035",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "a DestinationRule that begins TLS verifies whom it talks to",
    why: "Without the certificate of an authority the proxy takes any server for the right one.",
    fix: "Set caCertificates (`system` for the authorities of the operating system), or credentialName together with a workloadSelector.",
    absorbs: &["istioctl IST0128", "istioctl IST0129"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for rule in cluster.of_kind(hosts::GROUP, "DestinationRule") {
        let policies = std::iter::once((
            "spec.trafficPolicy".to_owned(),
            rule.value.lookup("/spec/trafficPolicy"),
        ));
        let of_subsets = hosts::subsets(rule).map(|(index, _, subset)| {
            (
                format!("spec.subsets[{index}].trafficPolicy"),
                subset.get("trafficPolicy"),
            )
        });
        for (path, policy) in policies.chain(of_subsets) {
            let Some(policy) = policy else { continue };
            judge(findings, rule, policy.get("tls"), &format!("{path}.tls"));
            for (index, port) in list(policy, "/portLevelSettings") {
                let path = format!("{path}.portLevelSettings[{index}].tls");
                judge(findings, rule, port.get("tls"), &path);
            }
        }
    }
}

fn judge(findings: &mut Findings<'_>, rule: &Document, tls: Option<&Json>, path: &str) {
    let Some(tls) = tls else { return };
    let mode = text(tls, "/mode").unwrap_or_default();
    let has = |field: &str| {
        tls.get(field)
            .and_then(Json::as_str)
            .is_some_and(|value| !value.is_empty())
    };
    // Only proxies that a selector names look for a credential.
    let by_credential =
        has("credentialName") && rule.value.lookup("/spec/workloadSelector").is_some();
    if ["SIMPLE", "MUTUAL"].contains(&mode) && !has("caCertificates") && !by_credential {
        let host = text(&rule.value, "/spec/host").unwrap_or_default();
        let message = format!("{mode} TLS to {host} verifies no certificate");
        findings.add(rule, path, message);
    }
}
