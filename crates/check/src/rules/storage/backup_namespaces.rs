//! STOR001: the namespaces of a Velero backup exist.

use crate::cluster::{Cluster, list};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::storage::backups;

/// The namespaces of a Velero backup exist.
pub(crate) static RULE: Rule = Rule {
    code: "STOR001",
    area: Area::Storage,
    severity: Severity::Error,
    title: "the namespaces of a Velero backup exist",
    why: "Velero backs up nothing of a namespace that does not exist, and calls the backup a success.",
    fix: "Name namespaces that exist; `*` means all.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (document, pointer, path) in backups::all(cluster) {
        for (index, name) in list(&document.value, &format!("{pointer}/includedNamespaces")) {
            let Some(name) = name.as_str().filter(|name| !name.contains('*')) else {
                continue;
            };
            if !cluster.exists("", "Namespace", "", name) {
                let help = cluster.nearest("", "Namespace", "", name);
                findings.add_with_help(
                    document,
                    format!("{path}.includedNamespaces[{index}]"),
                    format!("there is no namespace {name}"),
                    help,
                );
            }
        }
    }
}
