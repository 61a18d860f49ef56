//! STOR014: what a restore begins with exists.

use crate::cluster::{Cluster, namespace_of, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// What a restore begins with exists.
pub(crate) static RULE: Rule = Rule {
    code: "STOR014",
    area: Area::Storage,
    severity: Severity::Error,
    title: "what a restore begins with exists",
    why: "Velero marks the Restore as FailedValidation, when it is needed most.",
    fix: "Name a Schedule that exists, or a Backup that one of them made, but not both.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for restore in cluster.of_kind("velero.io", "Restore") {
        let namespace = namespace_of(restore);
        let part = |field: &str| text(&restore.value, field).filter(|name| !name.is_empty());
        match (part("/spec/backupName"), part("/spec/scheduleName")) {
            (None, None) => findings.add(
                restore,
                "spec",
                "neither backupName nor scheduleName is said",
            ),
            (Some(_), Some(_)) => {
                findings.add(
                    restore,
                    "spec.scheduleName",
                    "backupName and scheduleName exclude each other",
                );
            }
            (None, Some(name)) if !cluster.exists("velero.io", "Schedule", namespace, name) => {
                let help = cluster.nearest("velero.io", "Schedule", namespace, name);
                let message = format!("there is no Schedule {namespace}/{name}");
                findings.add_with_help(restore, "spec.scheduleName", message, help);
            }
            // Backups are made at run time, so that theirs are not among the objects.
            _ => {}
        }
    }
}
