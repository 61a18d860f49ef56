//! WORK006: a `StatefulSet` has a headless Service of its own.

use crate::cluster::{Cluster, Found, namespace_of, selector, text};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A `StatefulSet` has a headless Service of its own.
pub(crate) static RULE: Rule = Rule {
    code: "WORK006",
    area: Area::Workload,
    severity: Severity::Error,
    title: "a StatefulSet has a headless Service of its own",
    why: "Without it the pods have no names in DNS, and members of a cluster do not find each other.",
    fix: "Add a Service of that name with `clusterIP: None` and the selector of the set.",
    absorbs: &["kube-score statefulset-has-servicename"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for set in cluster.of_kind("apps", "StatefulSet") {
        let Some(name) = text(&set.value, "/spec/serviceName").filter(|name| !name.is_empty())
        else {
            findings.add(set, "spec.serviceName", "no Service is named");
            continue;
        };
        let namespace = namespace_of(set);
        match cluster.find("", "Service", namespace, name) {
            None => {
                let help = cluster.nearest("", "Service", namespace, name);
                findings.add_with_help(
                    set,
                    "spec.serviceName",
                    format!("there is no Service {namespace}/{name}"),
                    help,
                );
            }
            Some(Found::External(_)) => {}
            Some(Found::Document(service)) => {
                if text(&service.value, "/spec/clusterIP") != Some("None") {
                    findings.add(
                        set,
                        "spec.serviceName",
                        format!("Service {namespace}/{name} is not headless"),
                    );
                }
                let selects = service.value.lookup("/spec/selector");
                let pods = cluster.pods_of(set);
                if !selects
                    .zip(pods)
                    .is_some_and(|(wanted, pods)| selector::matches_map(wanted, &pods.labels))
                {
                    findings.add(
                        set,
                        "spec.serviceName",
                        format!("Service {namespace}/{name} does not select the pods of the set"),
                    );
                }
            }
        }
    }
}
