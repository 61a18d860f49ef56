//! REFS014: a monitor of Prometheus finds what it scrapes.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Labels, Pods, labels, list, namespace_of, selector, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A monitor of Prometheus finds what it scrapes.
pub(crate) static RULE: Rule = Rule {
    code: "REFS014",
    area: Area::References,
    severity: Severity::Error,
    title: "a monitor of Prometheus finds what it scrapes",
    why: "A ServiceMonitor or PodMonitor that selects nothing, or names a port that nothing has, scrapes nothing: its alerts stay silent.",
    fix: "Make selector, namespaces and port those of the Service or the pods.",
    absorbs: &["kube-linter dangling-servicemonitor"],
    check: Some(check),
};

const GROUP: &str = "monitoring.coreos.com";

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for monitor in cluster.of_kind(GROUP, "ServiceMonitor") {
        let services = cluster.of_kind("", "Service").iter().filter(|service| {
            let labels = labels(service.value.lookup("/metadata/labels"));
            reaches(monitor, namespace_of(service)) && accepts(monitor, &labels)
        });
        let services: Vec<&&Document> = services.collect();
        if services.is_empty() {
            findings.add(
                monitor,
                "spec.selector",
                format!("no Service fits {}", shown(monitor)),
            );
            continue;
        }
        for (index, endpoint) in list(&monitor.value, "/spec/endpoints") {
            let Some(port) = text(endpoint, "/port") else {
                continue;
            };
            let has_port = |service: &&&Document| {
                list(&service.value, "/spec/ports")
                    .any(|(_, declared)| text(declared, "/name") == Some(port))
            };
            if !services.iter().any(has_port) {
                let message = format!("no Service that fits has a port of the name {port}");
                findings.add(monitor, format!("spec.endpoints[{index}].port"), message);
            }
        }
    }
    for monitor in cluster.of_kind(GROUP, "PodMonitor") {
        let fits =
            |pods: &&Pods<'_>| reaches(monitor, pods.namespace) && accepts(monitor, &pods.labels);
        let pods: Vec<&Pods<'_>> = cluster.pods().iter().filter(fits).collect();
        if pods.is_empty() {
            findings.add(
                monitor,
                "spec.selector",
                format!("no pod fits {}", shown(monitor)),
            );
            continue;
        }
        for (index, endpoint) in list(&monitor.value, "/spec/podMetricsEndpoints") {
            if let Some(port) = endpoint.get("port").filter(|port| port.is_string())
                && !pods.iter().any(|pods| pods.declares(port))
            {
                let message = format!("no pod that fits has a port of the name {port}");
                findings.add(
                    monitor,
                    format!("spec.podMetricsEndpoints[{index}].port"),
                    message,
                );
            }
        }
    }
}

/// Whether a monitor looks into a namespace: its own, those it names, or all.
fn reaches(monitor: &Document, namespace: &str) -> bool {
    let any = monitor.value.lookup("/spec/namespaceSelector/any") == Some(&Json::Bool(true));
    let mut named = list(&monitor.value, "/spec/namespaceSelector/matchNames").peekable();
    let own = named.peek().is_none() && namespace_of(monitor) == namespace;
    // Without a namespace of its own nobody knows where it will stand.
    let is_anywhere = namespace_of(monitor).is_empty() && named.peek().is_none();
    any || own || is_anywhere || named.any(|(_, name)| name.as_str() == Some(namespace))
}

fn accepts(monitor: &Document, labels: &Labels) -> bool {
    monitor
        .value
        .lookup("/spec/selector")
        .is_none_or(|wanted| selector::matches(wanted, labels))
}

fn shown(monitor: &Document) -> String {
    monitor
        .value
        .lookup("/spec/selector")
        .map_or_else(|| "no selector".to_owned(), selector::shown)
}
