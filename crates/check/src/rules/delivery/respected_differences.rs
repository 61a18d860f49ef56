//! DELV021: what an Application does not compare, it does not overwrite either.

use crate::cluster::{Cluster, list};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::applications;

/// What an Application does not compare, it does not overwrite either.
pub(crate) static RULE: Rule = Rule {
    code: "DELV021",
    area: Area::Delivery,
    severity: Severity::Warning,
    title: "what an Application does not compare, it does not overwrite either",
    why: "ignoreDifferences alone hides the difference: the next sync, for whatever reason, writes what is in Git over what the controller wrote.",
    fix: "Add the sync option RespectIgnoreDifferences=true.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for application in applications::all(cluster) {
        let ignores = list(&application.value, "/spec/ignoreDifferences")
            .next()
            .is_some();
        let respects = list(&application.value, "/spec/syncPolicy/syncOptions")
            .any(|(_, option)| option.as_str() == Some("RespectIgnoreDifferences=true"));
        if ignores && !respects {
            let message = "RespectIgnoreDifferences=true is not among the options of the sync";
            findings.add(application, "spec.ignoreDifferences", message);
        }
    }
}
