//! DELV005: the project and the namespace of an Argo CD Application exist.

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The project and the namespace of an Argo CD Application exist.
pub(crate) static RULE: Rule = Rule {
    code: "DELV005",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "the project and the namespace of an Argo CD Application exist",
    why: "An Application of an unknown project is not synced at all; one into an unknown namespace fails at its first object.",
    fix: "Add the AppProject or Namespace, or let the Application create the namespace with `CreateNamespace=true`.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for application in cluster.of_kind("argoproj.io", "Application") {
        let project = text(&application.value, "/spec/project").unwrap_or("default");
        // Argo CD makes the project `default` itself; projects stand beside the Application or in Argo CD's own namespace.
        if project != "default"
            && !cluster.exists(
                "argoproj.io",
                "AppProject",
                namespace_of(application),
                project,
            )
        {
            let help = cluster.nearest(
                "argoproj.io",
                "AppProject",
                namespace_of(application),
                project,
            );
            findings.add_with_help(
                application,
                "spec.project",
                format!("there is no AppProject {project}"),
                help,
            );
        }
        let creates = list(&application.value, "/spec/syncPolicy/syncOptions")
            .any(|(_, option)| option.as_str() == Some("CreateNamespace=true"));
        let Some(namespace) =
            text(&application.value, "/spec/destination/namespace").filter(|_| !creates)
        else {
            continue;
        };
        if !cluster.exists("", "Namespace", "", namespace) {
            let help = cluster.nearest("", "Namespace", "", namespace);
            findings.add_with_help(
                application,
                "spec.destination.namespace",
                format!("there is no namespace {namespace}"),
                help,
            );
        }
    }
}
