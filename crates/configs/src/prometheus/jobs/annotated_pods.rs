//! Every pod that asks for it with annotations: `prometheus.io/scrape`, `/port`, `/path` and
//! `/scheme`.

use super::meta;
use crate::prometheus::discovery::{KubernetesDiscovery, Role};
use crate::prometheus::relabel::Relabel;
use crate::prometheus::scrape::ScrapeConfig;

/// The job `kubernetes-pods`. `sample_limit` keeps one pod with runaway labels from filling the
/// database.
///
/// Discovery gives one target for each declared port of each container. Their addresses are
/// rewritten to the annotated port, and targets with equal labels merge, so no label may say which
/// container or port a target came from.
pub fn annotated_pods(sample_limit: u64) -> ScrapeConfig {
    ScrapeConfig {
        sample_limit: Some(sample_limit),
        kubernetes_sd_configs: vec![KubernetesDiscovery::of(Role::Pod)],
        relabel_configs: vec![
            Relabel::keep(meta::ANNOTATION_SCRAPE, "true"),
            Relabel::drop(meta::POD_PHASE, "Pending|Succeeded|Failed|Completed"),
            Relabel::copy_matching(meta::ANNOTATION_SCHEME, "(https?)", meta::SCHEME),
            Relabel::copy_matching(meta::ANNOTATION_PATH, "(.+)", meta::METRICS_PATH),
            // The pod's own IP, because a target of a pod without declared ports has no port that
            // could be replaced.
            Relabel::compose(
                [meta::ANNOTATION_PORT, meta::POD_IP],
                r"(\d+);((([0-9]+?)(\.|$)){4})",
                "$2:$1",
                meta::ADDRESS,
            ),
            Relabel::compose(
                [meta::ANNOTATION_PORT, meta::POD_IP],
                r"(\d+);(([A-Fa-f0-9]{1,4}::?){1,7}[A-Fa-f0-9]{1,4})",
                "[$2]:$1",
                meta::ADDRESS,
            ),
            Relabel::copy(meta::META_NAMESPACE, meta::NAMESPACE),
            Relabel::copy(meta::POD_NAME, meta::POD),
            Relabel::copy(meta::POD_NODE_NAME, meta::NODE),
        ],
        ..ScrapeConfig::new("kubernetes-pods")
    }
}
