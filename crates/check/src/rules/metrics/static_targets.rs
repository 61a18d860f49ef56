//! METR022: the Services that Prometheus is told to scrape exist.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Found, list, namespace_of};
use crate::monitoring::Prometheus;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::storage::pipeline_hosts::service;

/// The Services that Prometheus is told to scrape exist.
pub(super) static RULE: Rule = Rule {
    code: "METR022",
    area: Area::Metrics,
    severity: Severity::Error,
    title: "the Services that Prometheus is told to scrape exist",
    why: "A target whose name nobody resolves is down for ever, and so is every alert that would be sent there.",
    fix: "Name a Service as `name.namespace.svc:port`, with one of its ports.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for prometheus in &cluster.monitoring.prometheus {
        let value = prometheus.source.value();
        for (at, job) in list(value, "/scrape_configs") {
            targets(
                cluster,
                findings,
                prometheus,
                job,
                &format!("scrape_configs[{at}]"),
            );
        }
        for (at, manager) in list(value, "/alerting/alertmanagers") {
            let field = format!("alerting.alertmanagers[{at}]");
            targets(cluster, findings, prometheus, manager, &field);
        }
    }
}

fn targets(
    cluster: &Cluster<'_>,
    findings: &mut Findings<'_>,
    prometheus: &Prometheus<'_>,
    job: &Json,
    field: &str,
) {
    // A relabelling may make another address of what stands there.
    let is_rewritten = list(job, "/relabel_configs")
        .any(|(_, step)| step.get("target_label").and_then(Json::as_str) == Some("__address__"));
    if is_rewritten {
        return;
    }
    for (group, config) in list(job, "/static_configs") {
        for (at, target) in list(config, "/targets") {
            let Some(target) = target.as_str() else {
                continue;
            };
            if let Some((message, help)) = fault(cluster, prometheus, target) {
                let field = format!("{field}.static_configs[{group}].targets[{at}]");
                findings.add_at(&prometheus.source.spot(&field), message, help);
            }
        }
    }
}

/// What is wrong with a target that names a Service of a namespace that is known.
fn fault(
    cluster: &Cluster<'_>,
    prometheus: &Prometheus<'_>,
    target: &str,
) -> Option<(String, Option<String>)> {
    let own = namespace_of(prometheus.source.document);
    let (name, namespace) = service(target, own)?;
    match cluster.find("", "Service", namespace, name) {
        Some(Found::Document(found)) => {
            let port: u64 = target.rsplit_once(':')?.1.parse().ok()?;
            let is_open = |(_, open): (usize, &Json)| open.get("port")?.as_u64();
            let ports: Vec<u64> = list(&found.value, "/spec/ports")
                .filter_map(is_open)
                .collect();
            let is_headless = found
                .value
                .pointer("/spec/clusterIP")
                .and_then(Json::as_str)
                == Some("None");
            let is_known = ports.contains(&port) || ports.is_empty() || is_headless;
            (!is_known).then(|| {
                (
                    format!("Service {namespace}/{name} has no port {port}"),
                    None,
                )
            })
        }
        Some(Found::External(_)) => None,
        None => {
            // What lives in a namespace that nobody here looks after is not known.
            cluster.document("", "Namespace", "", namespace)?;
            let help = cluster.nearest("", "Service", namespace, name);
            let message = format!("there is no Service {namespace}/{name} to scrape");
            Some((message, help))
        }
    }
}
