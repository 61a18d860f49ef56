//! SEC030: a token is mounted where somebody asked for it.

use serde_json::Value as Json;

use crate::cluster::{Cluster, templates, text};
use crate::report::Findings;
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

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        if template
            .spec
            .get("automountServiceAccountToken")
            .is_some_and(Json::is_boolean)
        {
            continue;
        }
        let account = text(template.spec, "/serviceAccountName").filter(|name| !name.is_empty());
        let account = account.unwrap_or("default");
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
