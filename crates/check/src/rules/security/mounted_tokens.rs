//! SEC030: a token is mounted where somebody asked for it.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of, templates, text};
use crate::report::Findings;
use crate::rights::roles::GROUP;
use crate::rule::{Area, Rule, Severity};

/// A token is mounted where somebody asked for it.
pub(crate) static RULE: Rule = Rule {
    code: "SEC030",
    area: Area::Security,
    severity: Severity::Warning,
    title: "a token is mounted where somebody asked for it",
    why: "The token is in every container of the pod; whoever gets into one of them is the account.",
    fix: "Say `automountServiceAccountToken: false` on the pods or the account, and `true` on the pods that talk to the API server.",
    absorbs: &["polaris automountServiceAccountToken"],
    check: Some(check),
};

/// Namespace and name of every account that a binding names.
fn bound<'a>(cluster: &Cluster<'a>) -> BTreeSet<(&'a str, &'a str)> {
    let bindings = ["RoleBinding", "ClusterRoleBinding"]
        .into_iter()
        .flat_map(|kind| cluster.of_kind(GROUP, kind));
    let subjects = bindings.flat_map(|binding| {
        let subjects = list(&binding.value, "/subjects");
        subjects.filter_map(|(_, subject)| {
            let namespace = text(subject, "/namespace").unwrap_or(namespace_of(binding));
            Some((namespace, text(subject, "/name")?))
        })
    });
    subjects.collect()
}

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let bound = bound(cluster);
    for template in templates(cluster) {
        let account = text(template.spec, "/serviceAccountName").filter(|name| !name.is_empty());
        let account = account.unwrap_or("default");
        let asked = template
            .spec
            .get("automountServiceAccountToken")
            .and_then(Json::as_bool);
        if let Some(asked) = asked {
            if asked && !bound.contains(&(template.pods.namespace, account)) {
                let message = format!(
                    "the pods get a token of the account {account}, which is bound to nothing"
                );
                findings.add(
                    template.owner,
                    template.path("automountServiceAccountToken"),
                    message,
                );
            }
            continue;
        }
        let document = cluster.document("", "ServiceAccount", template.pods.namespace, account);
        let said = document.and_then(|account| account.value.get("automountServiceAccountToken"));
        if !said.is_some_and(Json::is_boolean) {
            let message =
                format!("nobody says whether the pods get a token of the account {account}");
            findings.add(
                template.owner,
                template.path("automountServiceAccountToken"),
                message,
            );
        }
    }
}
