//! METR021: of a pod that is discovered, one port is scraped.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Of a pod that is discovered, one port is scraped.
pub(super) static RULE: Rule = Rule {
    code: "METR021",
    area: Area::Metrics,
    severity: Severity::Warning,
    title: "of a pod that is discovered, one port is scraped",
    why: "Discovery gives a target for each port that a pod declares, and for port 80 where it declares none; the port that its annotation names counts only where a relabelling puts it into the address.",
    fix: "Replace `__address__` by the host of the pod and the port of the annotation, or keep the port by its name.",
    absorbs: &[],
    check: Some(check),
};

/// The label of the annotation by which pods ask to be scraped.
const ASKS: &str = "__meta_kubernetes_pod_annotation_prometheus_io_scrape";
/// What the labels of a port begin with.
const PORT: &str = "__meta_kubernetes_pod_container_port_n";

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for prometheus in &cluster.monitoring.prometheus {
        let values = list(prometheus.source.value(), "/scrape_configs");
        for (job, (_, value)) in prometheus.jobs.iter().zip(values) {
            let mut discoveries = list(value, "/kubernetes_sd_configs");
            let of_pods = discoveries.any(|(_, one)| text(one, "/role") == Some("pod"));
            if of_pods && is_asked_for(value) && !chooses_a_port(value) {
                let message = format!(
                    "the job {} scrapes every port of the pods that ask for it, and not the one that they name",
                    job.name
                );
                let spot = prometheus
                    .source
                    .spot(&format!("{}.relabel_configs", job.field));
                findings.add_at(&spot, message, None);
            }
        }
    }
}

/// Whether the job keeps the pods with the annotation.
fn is_asked_for(job: &Json) -> bool {
    list(job, "/relabel_configs").any(|(_, step)| {
        text(step, "/action") == Some("keep") && sources(step).any(|label| label == ASKS)
    })
}

/// Whether the job writes the address, or looks at the port.
fn chooses_a_port(job: &Json) -> bool {
    list(job, "/relabel_configs").any(|(_, step)| {
        text(step, "/target_label") == Some("__address__")
            || sources(step).any(|label| label.starts_with(PORT))
    })
}

fn sources(step: &Json) -> impl Iterator<Item = &str> {
    list(step, "/source_labels").filter_map(|(_, label)| label.as_str())
}
