//! WORK035: nothing runs in the namespace default.

use crate::cluster::{Cluster, namespace_of, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Nothing runs in the namespace default.
pub(crate) static RULE: Rule = Rule {
    code: "WORK035",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "nothing runs in the namespace default",
    why: "In it everything that names no namespace comes together: rights, quotas and network policies cannot be told apart.",
    fix: "Give it a namespace of its own.",
    absorbs: &["kube-linter use-namespace"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let of_pods = templates(cluster).map(|template| template.owner);
    let services = cluster.of_kind("", "Service").iter().copied();
    for document in of_pods.chain(services) {
        // The Service of the API server itself lives there.
        if namespace_of(document) == "default" && document.id.name != "kubernetes" {
            findings.add(
                document,
                "metadata.namespace",
                "it is in the namespace default",
            );
        }
    }
}
