//! SEC029: the service account is named by the field of today.

use crate::cluster::{Cluster, templates, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The service account is named by the field of today.
pub(crate) static RULE: Rule = Rule {
    code: "SEC029",
    area: Area::Security,
    severity: Severity::Warning,
    title: "the service account is named by the field of today",
    why: "The field `serviceAccount` is deprecated, and readers of the file that only know the other one take the account for `default`.",
    fix: "Write `serviceAccountName`.",
    absorbs: &["kube-linter deprecated-service-account-field"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        let Some(old) = text(template.spec, "/serviceAccount").filter(|name| !name.is_empty())
        else {
            continue;
        };
        let new = text(template.spec, "/serviceAccountName").unwrap_or_default();
        // The server writes both; only who writes the old one alone, or two different ones, is told.
        if new != old {
            let message = format!("the account is named as serviceAccount: {old}");
            findings.add(template.owner, template.path("serviceAccount"), message);
        }
    }
}
