//! Every pod that asks for it with annotations: `prometheus.io/scrape`, `/port`, `/path` and
//! `/scheme`; all of them together, or those of one application or of some namespaces by themselves.

use names::{Duration, NamespaceName, WorkloadName};

use super::meta;
use crate::prometheus::discovery::{KubernetesDiscovery, Role};
use crate::prometheus::relabel::Relabel;
use crate::prometheus::scrape::ScrapeConfig;

/// The pods of one application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Application<'a> {
    /// Their namespace.
    pub namespace: &'a NamespaceName,
    /// Their label `app`.
    pub app: &'a WorkloadName,
}

/// What other jobs scrape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere<'a> {
    /// All pods of these namespaces.
    pub namespaces: &'a [NamespaceName],
    /// These applications.
    pub applications: &'a [Application<'a>],
}

/// The job `kubernetes-pods`: all but what other jobs scrape. `sample_limit` keeps one pod with runaway labels from
/// filling the database.
///
/// Discovery gives one target for each declared port of each container. Their addresses are
/// rewritten to the annotated port, and targets with equal labels merge, so no label may say which
/// container or port a target came from.
pub fn annotated_pods(sample_limit: u64, elsewhere: Elsewhere<'_>) -> ScrapeConfig {
    let mut chosen = vec![Relabel::keep(meta::ANNOTATION_SCRAPE, "true")];
    if !elsewhere.namespaces.is_empty() {
        chosen.push(Relabel::drop(
            meta::META_NAMESPACE,
            any_of(elsewhere.namespaces),
        ));
    }
    let applications: Vec<String> = elsewhere
        .applications
        .iter()
        .map(|application| format!("{};{}", application.namespace, application.app))
        .collect();
    if !applications.is_empty() {
        chosen.push(Relabel::drop_all(
            [meta::META_NAMESPACE, meta::POD_LABEL_APP],
            any_of(&applications),
        ));
    }
    pods("kubernetes-pods", sample_limit, chosen)
}

/// The job `controllers`: the pods of these namespaces, whose samples are about objects elsewhere, so that their labels
/// `namespace`, `name` and `pod` must win. Whoever may run pods there can pretend to be anybody.
pub fn controllers(sample_limit: u64, namespaces: &[NamespaceName]) -> ScrapeConfig {
    let chosen = vec![
        Relabel::keep(meta::ANNOTATION_SCRAPE, "true"),
        Relabel::keep(meta::META_NAMESPACE, any_of(namespaces)),
    ];
    ScrapeConfig {
        honor_labels: true,
        ..pods("controllers", sample_limit, chosen)
    }
}

/// A job for the pods of one application, at its own pace where one is said.
pub fn application(
    job_name: &str,
    sample_limit: u64,
    application: Application<'_>,
    interval: Option<Duration>,
) -> ScrapeConfig {
    let chosen = vec![Relabel::keep(meta::POD_LABEL_APP, application.app.as_str())];
    ScrapeConfig {
        scrape_interval: interval,
        kubernetes_sd_configs: vec![
            KubernetesDiscovery::of(Role::Pod).in_namespace(application.namespace),
        ],
        ..pods(job_name, sample_limit, chosen)
    }
}

/// An expression for any of these names, in which only dots could mean something else.
fn any_of<T: ToString>(names: &[T]) -> String {
    let names: Vec<String> = names
        .iter()
        .map(|name| name.to_string().replace('.', r"\."))
        .collect();
    names.join("|")
}

/// Pods that ask for it, as far as `chosen` lets them through.
pub(crate) fn pods(job_name: &str, sample_limit: u64, chosen: Vec<Relabel>) -> ScrapeConfig {
    let addressed = [
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
    ];
    ScrapeConfig {
        sample_limit: Some(sample_limit),
        kubernetes_sd_configs: vec![KubernetesDiscovery::of(Role::Pod)],
        relabel_configs: chosen.into_iter().chain(addressed).collect(),
        ..ScrapeConfig::new(job_name)
    }
}
