//! REFS005: the `ServiceAccount` of a pod exists.

use crate::cluster::{Cluster, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The `ServiceAccount` of a pod exists.
pub(crate) static RULE: Rule = Rule {
    code: "REFS005",
    area: Area::References,
    severity: Severity::Error,
    title: "the ServiceAccount of a pod exists",
    why: "The API server refuses to create a pod whose ServiceAccount does not exist: the workload stays without pods.",
    fix: "Add the ServiceAccount to the namespace, or correct the name.",
    absorbs: &["kube-linter non-existent-service-account"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for pods in cluster.pods() {
        let Some((owner, spec)) = pods.template() else {
            continue;
        };
        // Every namespace has the account `default`.
        // The older name of the field counts where the newer one is not there.
        let named = ["serviceAccountName", "serviceAccount"]
            .into_iter()
            .find_map(|field| Some((field, text(spec, &format!("/{field}"))?)));
        let Some((field, name)) = named.filter(|(_, name)| !matches!(*name, "" | "default")) else {
            continue;
        };
        if !cluster.exists("", "ServiceAccount", pods.namespace, name) {
            let message = format!("there is no ServiceAccount {}/{name}", pods.namespace);
            let help = cluster.nearest("", "ServiceAccount", pods.namespace, name);
            findings.add_with_help(owner, format!("{}.{field}", pods.path), message, help);
        }
    }
}
