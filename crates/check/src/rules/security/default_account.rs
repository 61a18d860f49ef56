//! SEC028: a workload has a service account of its own.

use serde_json::Value as Json;

use crate::cluster::{Cluster, templates, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A workload has a service account of its own.
pub(crate) static RULE: Rule = Rule {
    code: "SEC028",
    area: Area::Security,
    severity: Severity::Warning,
    title: "a workload has a service account of its own",
    why: "Whatever anybody binds to the account `default` every other pod of the namespace may do too.",
    fix: "Make a ServiceAccount for the workload, and say `automountServiceAccountToken: false` where it does not talk to the API server.",
    absorbs: &["kube-linter default-service-account"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        let named = ["/serviceAccountName", "/serviceAccount"]
            .into_iter()
            .find_map(|pointer| text(template.spec, pointer).filter(|name| !name.is_empty()));
        // Without a token the account is nobody.
        let has_token =
            template.spec.get("automountServiceAccountToken") != Some(&Json::Bool(false));
        if has_token && named.is_none_or(|name| name == "default") {
            let message = "the pods run as the account default, with its token";
            findings.add(template.owner, template.path("serviceAccountName"), message);
        }
    }
}
