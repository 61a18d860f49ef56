//! MESH017: beside a mesh every namespace says whether its pods are part of it.

use serde_json::Value as Json;

use crate::cluster::Cluster;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts::ROOT_NAMESPACE;
use crate::rules::mesh::membership::{self, Namespace};

/// Beside a mesh every namespace says whether its pods are part of it.
pub(crate) static RULE: Rule = Rule {
    code: "MESH017",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "beside a mesh every namespace says whether its pods are part of it",
    why: "The default of the injector decides, which another installation may set differently: pods lose, or get, mutual TLS unnoticed.",
    fix: "Set the label istio-injection to enabled or disabled, or istio.io/rev, or istio.io/dataplane-mode.",
    absorbs: &["istioctl IST0102", "istioctl IST0148"],
    check: Some(check),
};

/// Namespaces that the cluster itself makes.
const OF_THE_CLUSTER: [&str; 4] = ["default", "kube-system", "kube-public", "kube-node-lease"];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    if !membership::is_in_use(cluster) {
        return;
    }
    let by_default = injects_by_default(cluster);
    for namespace in cluster.of_kind("", "Namespace") {
        let name = namespace.id.name.as_str();
        let is_own = name == ROOT_NAMESPACE || OF_THE_CLUSTER.contains(&name);
        let says = membership::of_namespace(cluster, name);
        if !is_own && says == Namespace::Silent {
            let message = match by_default {
                Some(true) => "its pods get a proxy because the injector does so by default",
                Some(false) | None => "it does not say whether its pods are part of the mesh",
            };
            findings.add(namespace, "metadata.labels", message);
        }
    }
}

/// What the injector's own settings say, where they are among the objects.
fn injects_by_default(cluster: &Cluster<'_>) -> Option<bool> {
    let settings = cluster
        .document("", "ConfigMap", ROOT_NAMESPACE, "istio-sidecar-injector")?
        .value
        .lookup("/data/values")?
        .as_str()?;
    let settings: Json = serde_json::from_str(settings).ok()?;
    settings
        .lookup("/sidecarInjectorWebhook/enableNamespacesByDefault")?
        .as_bool()
}
