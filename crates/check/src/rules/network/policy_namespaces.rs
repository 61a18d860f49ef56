//! NET002: the namespace selectors of a `NetworkPolicy` fit namespaces.

use crate::cluster::{Cluster, selector};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::network::policies::{self, Peer};
use crate::syntax;

/// The namespace selectors of a `NetworkPolicy` fit namespaces.
pub(crate) static RULE: Rule = Rule {
    code: "NET002",
    area: Area::Network,
    severity: Severity::Error,
    title: "the namespace selectors of a NetworkPolicy fit namespaces",
    why: "A peer without namespaces allows nothing: the traffic that was meant is cut off.",
    fix: "Select by `kubernetes.io/metadata.name`, which every namespace has, or by a label that the Namespace carries.",
    absorbs: &["kube-linter dangling-networkpolicypeer-podselector"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for policy in policies::all(cluster) {
        for Peer { value, path, .. } in policies::peers(policy) {
            let Some(wanted) = value.get("namespaceSelector") else {
                continue;
            };
            if policies::namespaces(cluster, policy, value).is_empty() {
                let name = wanted
                    .lookup("/matchLabels/kubernetes.io~1metadata.name")
                    .and_then(serde_json::Value::as_str);
                let nearest = name.and_then(|name| {
                    syntax::nearest(name, cluster.namespaces().map(|(name, _)| name))
                });
                let help = nearest.map(|nearest| format!("did you mean `{nearest}`?"));
                let message = format!("no namespace fits {}", selector::shown(wanted));
                findings.add_with_help(policy, format!("{path}.namespaceSelector"), message, help);
            }
        }
    }
}
