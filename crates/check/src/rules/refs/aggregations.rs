//! REFS013: an aggregated role gathers rules.

use crate::cluster::{Cluster, list, selector};
use crate::report::Findings;
use crate::rights::roles::{GROUP, Roles};
use crate::rule::{Area, Rule, Severity};
use crate::security::powers::is_of_the_server;

/// An aggregated role gathers rules.
pub(crate) static RULE: Rule = Rule {
    code: "REFS013",
    area: Area::References,
    severity: Severity::Warning,
    title: "an aggregated role gathers rules",
    why: "A ClusterRole that gathers by labels which no role has is empty: whoever is bound to it may do nothing.",
    fix: "Put the label on the roles that are meant, or correct the selector.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let documents = cluster.of_kind(GROUP, "ClusterRole").iter().copied();
    let roles = Roles::of(documents.clone());
    for role in documents.filter(|role| !is_of_the_server(&role.id.name)) {
        for (index, wanted) in list(&role.value, "/aggregationRule/clusterRoleSelectors") {
            // Labels of Kubernetes itself are on roles of the server.
            let is_of_kubernetes = selector::shown(wanted).contains("rbac.authorization.k8s.io/");
            if !is_of_kubernetes && roles.accepted(wanted).is_empty() {
                let message = format!("no ClusterRole fits {}", selector::shown(wanted));
                findings.add(
                    role,
                    format!("aggregationRule.clusterRoleSelectors[{index}]"),
                    message,
                );
            }
        }
    }
}
