//! MESH048: objects of the mesh are written in the version that Istio keeps.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Objects of the mesh are written in the version that Istio keeps.
pub(crate) static RULE: Rule = Rule {
    code: "MESH048",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "objects of the mesh are written in the version that Istio keeps",
    why: "The older versions are served for those who have not moved yet; fields that came since are only documented for v1.",
    fix: "Write v1; the fields are the same.",
    absorbs: &[],
    check: Some(check),
};

/// The kinds that have a version v1 since Istio 1.22.
const KINDS: [(&str, &str); 11] = [
    ("networking.istio.io", "VirtualService"),
    ("networking.istio.io", "DestinationRule"),
    ("networking.istio.io", "Gateway"),
    ("networking.istio.io", "ServiceEntry"),
    ("networking.istio.io", "Sidecar"),
    ("networking.istio.io", "WorkloadEntry"),
    ("networking.istio.io", "WorkloadGroup"),
    ("security.istio.io", "AuthorizationPolicy"),
    ("security.istio.io", "PeerAuthentication"),
    ("security.istio.io", "RequestAuthentication"),
    ("telemetry.istio.io", "Telemetry"),
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (group, kind) in KINDS {
        for document in cluster.of_kind(group, kind) {
            let version = document
                .id
                .api_version
                .rsplit('/')
                .next()
                .unwrap_or_default();
            if version != "v1" {
                let message = format!("{kind} is written in {version}, and Istio keeps v1");
                findings.add(document, "apiVersion", message);
            }
        }
    }
}
