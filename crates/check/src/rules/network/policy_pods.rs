//! NET001: the pod selectors of a `NetworkPolicy` fit pods.

use crate::cluster::{Cluster, namespace_of, selector};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::network::policies::{self, Peer};

/// The pod selectors of a `NetworkPolicy` fit pods.
pub(crate) static RULE: Rule = Rule {
    code: "NET001",
    area: Area::Network,
    severity: Severity::Error,
    title: "the pod selectors of a NetworkPolicy fit pods",
    why: "A policy without pods protects nothing, and a peer without pods allows nothing: the traffic that was meant is cut off.",
    fix: "Use labels that the pods carry; a peer in another namespace needs a namespaceSelector beside the podSelector, in the same item.",
    absorbs: &[
        "kube-linter dangling-networkpolicy",
        "kube-linter dangling-networkpolicypeer-podselector",
        "kube-score networkpolicy-targets-pod",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for policy in policies::all(cluster) {
        let namespace = namespace_of(policy);
        let own = policy
            .value
            .lookup("/spec/podSelector")
            .filter(|wanted| !selector::is_empty(wanted));
        if let Some(wanted) = own
            && cluster
                .selected(namespace, wanted.get("matchLabels"), |pods| {
                    selector::matches(wanted, &pods.labels)
                })
                .is_empty()
        {
            findings.add(
                policy,
                "spec.podSelector",
                format!(
                    "no pod of namespace {namespace} fits {}",
                    selector::shown(wanted)
                ),
            );
        }
        for Peer { value, path, .. } in policies::peers(policy) {
            let Some(wanted) = value
                .get("podSelector")
                .filter(|wanted| !selector::is_empty(wanted))
            else {
                continue;
            };
            let namespaces = policies::namespaces(cluster, policy, value);
            if !namespaces.is_empty() && policies::pods(cluster, policy, value).is_empty() {
                let message = format!(
                    "no pod of {} fits {}",
                    policies::shown(&namespaces),
                    selector::shown(wanted)
                );
                findings.add(policy, format!("{path}.podSelector"), message);
            }
        }
    }
}
