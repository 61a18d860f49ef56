//! The annotations that Istio reads, and the objects that carry them.

use serde_json::{Map, Value as Json};

use crate::cluster::Cluster;
use crate::document::Document;
use crate::pointer::Lookup;

/// Any kind of object.
const ANY: &[&str] = &[];

/// Pods, and the templates of pods.
const POD: &[&str] = &["Pod"];

/// Name, the kinds that it is read of (none for all), and whether it is deprecated; istio.io/api, annotations of 1.30.
pub(super) static KNOWN: [(&str, &[&str], bool); 67] = [
    (
        "alpha.istio.io/canonical-serviceaccounts",
        &["Service"],
        true,
    ),
    (
        "alpha.istio.io/kubernetes-serviceaccounts",
        &["Service"],
        true,
    ),
    ("ambient.istio.io/bypass-inbound-capture", POD, false),
    ("ambient.istio.io/dns-capture", POD, false),
    ("ambient.istio.io/redirection", POD, false),
    (
        "ambient.istio.io/waypoint-inbound-binding",
        &["GatewayClass", "Gateway"],
        false,
    ),
    ("galley.istio.io/analyze-suppress", ANY, false),
    ("gateway.istio.io/controller-version", ANY, false),
    ("gateway.istio.io/name-override", &["Gateway"], false),
    ("gateway.istio.io/service-account", &["Gateway"], false),
    ("inject.istio.io/templates", POD, false),
    ("istio.io/autoRegistrationGroup", &["WorkloadEntry"], false),
    ("istio.io/connectedAt", &["WorkloadEntry"], false),
    ("istio.io/disconnectedAt", &["WorkloadEntry"], false),
    ("istio.io/dry-run", &["AuthorizationPolicy"], false),
    ("istio.io/reroute-virtual-interfaces", POD, false),
    ("istio.io/rev", POD, false),
    (
        "istio.io/use-waypoint-canary-weight",
        &["Service", "ServiceEntry", "Namespace"],
        false,
    ),
    ("istio.io/workloadController", &["WorkloadEntry"], false),
    ("networking.istio.io/exportTo", &["Service"], false),
    ("networking.istio.io/service-type", &["Gateway"], false),
    (
        "networking.istio.io/traffic-distribution",
        &["Namespace", "Service", "ServiceEntry"],
        false,
    ),
    ("prometheus.istio.io/merge-metrics", POD, false),
    ("proxy.istio.io/config", POD, false),
    ("proxy.istio.io/overrides", POD, false),
    (
        "readiness.status.sidecar.istio.io/applicationPorts",
        POD,
        false,
    ),
    (
        "readiness.status.sidecar.istio.io/failureThreshold",
        POD,
        false,
    ),
    (
        "readiness.status.sidecar.istio.io/initialDelaySeconds",
        POD,
        false,
    ),
    (
        "readiness.status.sidecar.istio.io/periodSeconds",
        POD,
        false,
    ),
    ("sidecar.istio.io/agentLogLevel", POD, false),
    ("sidecar.istio.io/bootstrapOverride", POD, false),
    ("sidecar.istio.io/componentLogLevel", POD, false),
    ("sidecar.istio.io/discoveryAddress", POD, true),
    ("sidecar.istio.io/extraStatTags", POD, true),
    ("sidecar.istio.io/inject", POD, true),
    ("sidecar.istio.io/interceptionMode", POD, false),
    ("sidecar.istio.io/logLevel", POD, false),
    ("sidecar.istio.io/nativeSidecar", POD, false),
    ("sidecar.istio.io/proxyCPU", POD, false),
    ("sidecar.istio.io/proxyCPULimit", POD, false),
    ("sidecar.istio.io/proxyImage", POD, false),
    ("sidecar.istio.io/proxyImageType", POD, false),
    ("sidecar.istio.io/proxyMemory", POD, false),
    ("sidecar.istio.io/proxyMemoryLimit", POD, false),
    ("sidecar.istio.io/rewriteAppHTTPProbers", POD, false),
    ("sidecar.istio.io/statsCompression", POD, true),
    ("sidecar.istio.io/statsEvictionInterval", POD, false),
    ("sidecar.istio.io/statsFlushInterval", POD, false),
    ("sidecar.istio.io/statsHistogramBins", POD, false),
    ("sidecar.istio.io/statsHistogramBuckets", POD, false),
    ("sidecar.istio.io/statsInclusionPrefixes", POD, true),
    ("sidecar.istio.io/statsInclusionRegexps", POD, true),
    ("sidecar.istio.io/statsInclusionSuffixes", POD, true),
    ("sidecar.istio.io/status", POD, false),
    ("sidecar.istio.io/userVolume", POD, false),
    ("sidecar.istio.io/userVolumeMount", POD, false),
    ("status.sidecar.istio.io/port", POD, false),
    (
        "topology.istio.io/controlPlaneClusters",
        &["Namespace"],
        false,
    ),
    ("traffic.istio.io/nodeSelector", &["Service"], false),
    ("traffic.sidecar.istio.io/excludeInboundPorts", POD, false),
    ("traffic.sidecar.istio.io/excludeInterfaces", POD, false),
    (
        "traffic.sidecar.istio.io/excludeOutboundIPRanges",
        POD,
        false,
    ),
    ("traffic.sidecar.istio.io/excludeOutboundPorts", POD, false),
    ("traffic.sidecar.istio.io/includeInboundPorts", POD, false),
    (
        "traffic.sidecar.istio.io/includeOutboundIPRanges",
        POD,
        false,
    ),
    ("traffic.sidecar.istio.io/includeOutboundPorts", POD, false),
    ("traffic.sidecar.istio.io/kubevirtInterfaces", POD, true),
];

/// Annotations that controllers write and nobody is meant to correct.
const OF_CONTROLLERS: [&str; 3] = [
    "sidecar.istio.io/status",
    "gateway.istio.io/controller-version",
    "istio.io/rev",
];

/// An annotation of Istio on an object or on the template of its pods.
pub(super) struct Annotation<'a> {
    pub(super) document: &'a Document,
    /// The kind that carries it: `Pod` for the template of a workload.
    pub(super) kind: &'a str,
    pub(super) name: &'a str,
    pub(super) value: &'a str,
    /// Where it stands.
    pub(super) path: String,
}

impl Annotation<'_> {
    /// What Istio knows of it: the kinds that it is read of, and whether it is deprecated.
    pub(super) fn known(&self) -> Option<(&'static [&'static str], bool)> {
        let known = KNOWN.iter().find(|(name, _, _)| *name == self.name)?;
        Some((known.1, known.2))
    }
}

/// The kinds that people annotate for Istio.
const CARRIERS: [(&str, &str); 6] = [
    ("", "Namespace"),
    ("", "Service"),
    ("apps", "Deployment"),
    ("apps", "StatefulSet"),
    ("apps", "DaemonSet"),
    ("argoproj.io", "Rollout"),
];

/// All annotations of Istio on namespaces, Services, workloads and pods.
pub(super) fn all<'a>(cluster: &Cluster<'a>) -> Vec<Annotation<'a>> {
    let mut found = Vec::new();
    for (group, kind) in CARRIERS {
        for document in cluster.of_kind(group, kind) {
            let annotations = document.value.lookup("/metadata/annotations");
            collect(
                &mut found,
                document,
                kind,
                "metadata.annotations",
                annotations,
            );
        }
    }
    for pods in cluster.pods() {
        let Some((owner, _)) = pods.template() else {
            continue;
        };
        let place = pods.path.strip_suffix("spec").unwrap_or_default();
        let pointer = format!("/{}metadata/annotations", place.replace('.', "/"));
        let path = format!("{place}metadata.annotations");
        collect(
            &mut found,
            owner,
            "Pod",
            &path,
            owner.value.lookup(&pointer),
        );
    }
    found
}

fn collect<'a>(
    found: &mut Vec<Annotation<'a>>,
    document: &'a Document,
    kind: &'a str,
    path: &str,
    annotations: Option<&'a Json>,
) {
    let entries = annotations
        .and_then(Json::as_object)
        .into_iter()
        .flat_map(Map::iter);
    for (name, value) in entries {
        let is_of_istio = name
            .split_once('/')
            .is_some_and(|(prefix, _)| prefix == "istio.io" || prefix.ends_with(".istio.io"));
        if is_of_istio && !OF_CONTROLLERS.contains(&name.as_str()) {
            found.push(Annotation {
                document,
                kind,
                name,
                value: value.as_str().unwrap_or_default(),
                path: format!("{path}[{name}]"),
            });
        }
    }
}
