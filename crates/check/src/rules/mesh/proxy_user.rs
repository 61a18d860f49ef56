//! MESH022: no container runs under the user of the proxy.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Pods};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts::ROOT_NAMESPACE;
use crate::rules::mesh::membership;

/// No container runs under the user of the proxy.
pub(crate) static RULE: Rule = Rule {
    code: "MESH022",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "no container runs under the user of the proxy",
    why: "What user 1337 sends passes the proxy by: no mutual TLS, no policy, no telemetry.",
    fix: "Let the container run as another user.",
    absorbs: &["istioctl IST0144"],
    check: Some(check),
};

/// The user that the rules of the pod's packet filter leave alone.
const PROXY_USER: i64 = 1337;

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for pods in cluster.pods() {
        let is_own = pods.namespace == ROOT_NAMESPACE || pods.labels.contains_key("istio");
        if !is_own && membership::has_proxy(cluster, pods) != Some(false) {
            judge(findings, pods);
        }
    }
}

fn judge(findings: &mut Findings<'_>, pods: &Pods<'_>) {
    let Some((owner, spec)) = pods.template() else {
        return;
    };
    let user = |value: &Json| {
        value
            .lookup("/securityContext/runAsUser")
            .and_then(Json::as_i64)
    };
    let of_pod = user(spec);
    for container in pods.containers() {
        let is_proxy = container.name() == membership::PROXY;
        if !is_proxy && user(container.value) == Some(PROXY_USER) {
            let path = format!("{}.securityContext.runAsUser", container.path(pods));
            let message = format!("container {} runs as user {PROXY_USER}", container.name());
            findings.add(owner, path, message);
        }
    }
    let inherits = pods
        .containers()
        .any(|container| user(container.value).is_none() && container.name() != membership::PROXY);
    if of_pod == Some(PROXY_USER) && inherits {
        let path = format!("{}.securityContext.runAsUser", pods.path);
        findings.add(owner, path, format!("the pod runs as user {PROXY_USER}"));
    }
}
