//! Versions that are gone, and versions that go (Kubernetes' guide to deprecated APIs, and its release notes).

use schemas::{KindSchema, Store};

use crate::document::Document;
use crate::report::Finding;
use crate::rules::api::deprecated_version;

/// A version of some kinds that an API server no longer answers: group, version, kinds (none for all of them), the minor
/// that it went with, and what took its place (nothing where nothing did).
type Removed = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static str,
    &'static str,
);

const FLOW: &str = "flowcontrol.apiserver.k8s.io";
const NETWORKING: &str = "networking.k8s.io";
const STORAGE: &str = "storage.k8s.io";

const REMOVED: &[Removed] = &[
    (
        "extensions",
        "v1beta1",
        &["Ingress"],
        "1.22",
        "networking.k8s.io/v1",
    ),
    (
        "extensions",
        "v1beta1",
        &["NetworkPolicy"],
        "1.16",
        "networking.k8s.io/v1",
    ),
    ("extensions", "v1beta1", &["PodSecurityPolicy"], "1.16", ""),
    ("extensions", "v1beta1", &[], "1.16", "apps/v1"),
    ("apps", "v1beta1", &[], "1.16", "apps/v1"),
    ("apps", "v1beta2", &[], "1.16", "apps/v1"),
    (
        "admissionregistration.k8s.io",
        "v1beta1",
        &[
            "ValidatingWebhookConfiguration",
            "MutatingWebhookConfiguration",
        ],
        "1.22",
        "admissionregistration.k8s.io/v1",
    ),
    (
        "apiextensions.k8s.io",
        "v1beta1",
        &[],
        "1.22",
        "apiextensions.k8s.io/v1",
    ),
    (
        "apiregistration.k8s.io",
        "v1beta1",
        &[],
        "1.22",
        "apiregistration.k8s.io/v1",
    ),
    (
        "certificates.k8s.io",
        "v1beta1",
        &["CertificateSigningRequest"],
        "1.22",
        "certificates.k8s.io/v1",
    ),
    (
        "coordination.k8s.io",
        "v1beta1",
        &["Lease"],
        "1.22",
        "coordination.k8s.io/v1",
    ),
    (
        NETWORKING,
        "v1beta1",
        &["Ingress", "IngressClass"],
        "1.22",
        "networking.k8s.io/v1",
    ),
    (
        "rbac.authorization.k8s.io",
        "v1beta1",
        &[],
        "1.22",
        "rbac.authorization.k8s.io/v1",
    ),
    (
        "rbac.authorization.k8s.io",
        "v1alpha1",
        &[],
        "1.22",
        "rbac.authorization.k8s.io/v1",
    ),
    (
        "scheduling.k8s.io",
        "v1beta1",
        &["PriorityClass"],
        "1.22",
        "scheduling.k8s.io/v1",
    ),
    (
        STORAGE,
        "v1beta1",
        &["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"],
        "1.22",
        "storage.k8s.io/v1",
    ),
    ("batch", "v1beta1", &["CronJob"], "1.25", "batch/v1"),
    ("batch", "v2alpha1", &["CronJob"], "1.21", "batch/v1"),
    (
        "discovery.k8s.io",
        "v1beta1",
        &[],
        "1.25",
        "discovery.k8s.io/v1",
    ),
    ("events.k8s.io", "v1beta1", &[], "1.25", "events.k8s.io/v1"),
    ("autoscaling", "v2beta1", &[], "1.25", "autoscaling/v2"),
    ("autoscaling", "v2beta2", &[], "1.26", "autoscaling/v2"),
    (
        "policy",
        "v1beta1",
        &["PodDisruptionBudget"],
        "1.25",
        "policy/v1",
    ),
    ("policy", "v1beta1", &["PodSecurityPolicy"], "1.25", ""),
    ("node.k8s.io", "v1beta1", &[], "1.25", "node.k8s.io/v1"),
    (
        FLOW,
        "v1beta1",
        &[],
        "1.26",
        "flowcontrol.apiserver.k8s.io/v1",
    ),
    (
        FLOW,
        "v1beta2",
        &[],
        "1.29",
        "flowcontrol.apiserver.k8s.io/v1",
    ),
    (
        FLOW,
        "v1beta3",
        &[],
        "1.32",
        "flowcontrol.apiserver.k8s.io/v1",
    ),
    (
        STORAGE,
        "v1beta1",
        &["CSIStorageCapacity"],
        "1.27",
        "storage.k8s.io/v1",
    ),
];

/// Group, version, kinds, the first minor that says so, what to use instead.
type Deprecated = (
    &'static str,
    &'static str,
    &'static [&'static str],
    (u32, u32),
    &'static str,
);

/// Versions that are still answered, and no longer meant to be used.
const DEPRECATED: &[Deprecated] = &[
    (
        "",
        "v1",
        &["Endpoints"],
        (1, 33),
        "discovery.k8s.io/v1 EndpointSlice",
    ),
    (
        NETWORKING,
        "v1beta1",
        &["IPAddress", "ServiceCIDR"],
        (1, 33),
        "networking.k8s.io/v1",
    ),
    (
        "resource.k8s.io",
        "v1beta1",
        &[],
        (1, 34),
        "resource.k8s.io/v1",
    ),
    (
        "resource.k8s.io",
        "v1beta2",
        &[
            "DeviceClass",
            "ResourceClaim",
            "ResourceClaimTemplate",
            "ResourceSlice",
        ],
        (1, 34),
        "resource.k8s.io/v1",
    ),
    (
        STORAGE,
        "v1beta1",
        &["VolumeAttributesClass"],
        (1, 34),
        "storage.k8s.io/v1",
    ),
    (
        "admissionregistration.k8s.io",
        "v1beta1",
        &["MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"],
        (1, 36),
        "admissionregistration.k8s.io/v1",
    ),
];

/// With which release a version went, and what took its place.
pub(super) fn removal(group: &str, version: &str, kind: &str) -> Option<String> {
    let found = REMOVED.iter().find(|(of, removed, kinds, ..)| {
        *of == group && *removed == version && (kinds.is_empty() || kinds.contains(&kind))
    });
    let (.., minor, instead) = found?;
    Some(match (*instead, kind) {
        ("", "PodSecurityPolicy") => format!(
            "was removed in Kubernetes {minor}; Pod Security admission takes its place, by labels of the namespaces"
        ),
        ("", _) => format!("was removed in Kubernetes {minor}, and nothing takes its place"),
        (instead, _) => format!("was removed in Kubernetes {minor}; use {instead}"),
    })
}

/// Says of an object that its version goes, where it does.
pub(super) fn check(
    document: &Document,
    kind: &KindSchema,
    is_custom: bool,
    (store, minor): (&Store, &str),
    found: &mut Vec<Finding>,
) {
    let message = if is_custom {
        custom(kind, store)
    } else {
        built_in(kind, store, minor)
    };
    if let Some(message) = message {
        let finding = Finding::new(&deprecated_version::RULE, document, "apiVersion", message);
        found.push(finding);
    }
}

fn custom(kind: &KindSchema, store: &Store) -> Option<String> {
    let others = || {
        let versions = store.custom_kinds().filter(|other| {
            other.group == kind.group && other.kind == kind.kind && other.version != kind.version
        });
        versions.map(|other| other.version)
    };
    // Istio keeps its old versions without saying that they are.
    let is_old = kind.group.ends_with("istio.io")
        && kind.version != "v1"
        && others().any(|version| version == "v1");
    if !kind.deprecated && !is_old {
        return None;
    }
    let better = others().filter(|version| rank(version) > rank(&kind.version));
    let better = better.max_by_key(|version| rank(version));
    Some(match better {
        Some(better) => format!(
            "{} of {} is deprecated; use {}/{better}",
            kind.version, kind.kind, kind.group
        ),
        None => format!("{} of {} is deprecated", kind.version, kind.kind),
    })
}

/// How finished a version is: `v1` before `v1beta2` before `v1beta1` before `v1alpha1`.
fn rank(version: &str) -> (u32, u32, u32) {
    let rest = version.strip_prefix('v').unwrap_or(version);
    let (major, stage, minor) = match rest.find(|character: char| !character.is_ascii_digit()) {
        None => (rest, 2, ""),
        Some(end) => {
            let (major, rest) = rest.split_at(end);
            match rest.strip_prefix("beta") {
                Some(minor) => (major, 1, minor),
                None => (major, 0, rest.trim_start_matches("alpha")),
            }
        }
    };
    (
        stage,
        major.parse().unwrap_or(0),
        minor.parse().unwrap_or(0),
    )
}

fn built_in(kind: &KindSchema, store: &Store, minor: &str) -> Option<String> {
    let now = numbers(minor)?;
    let next = format!("{}.{}", now.0, now.1 + 1);
    let is_known = store.minors().any(|known| known == next);
    if is_known
        && store
            .kind(&next, &kind.group, &kind.version, &kind.kind)
            .is_none()
    {
        return Some(format!(
            "{} {} is gone in Kubernetes {next}",
            kind.api_version(),
            kind.kind
        ));
    }
    let found = DEPRECATED.iter().find(|(group, version, kinds, since, _)| {
        *group == kind.group
            && *version == kind.version
            && (kinds.is_empty() || kinds.contains(&&*kind.kind))
            && now >= *since
    });
    let (.., instead) = found?;
    Some(format!(
        "{} {} is deprecated; use {instead}",
        kind.api_version(),
        kind.kind
    ))
}

/// `1.35` as two numbers.
pub(super) fn numbers(minor: &str) -> Option<(u32, u32)> {
    let (major, minor) = minor.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{rank, removal};

    #[test]
    fn versions_are_ranked_as_clients_choose_them() {
        let mut versions = ["v1alpha1", "v2", "v1beta2", "v1", "v2beta1", "v1beta10"];
        versions.sort_by_key(|version| rank(version));
        assert_eq!(
            versions,
            ["v1alpha1", "v1beta2", "v1beta10", "v2beta1", "v1", "v2"]
        );
    }

    #[test]
    fn what_was_removed_says_when_and_what_took_its_place() {
        let said = removal("extensions", "v1beta1", "Ingress").unwrap();
        assert_eq!(
            said,
            "was removed in Kubernetes 1.22; use networking.k8s.io/v1"
        );
        let said = removal("extensions", "v1beta1", "Deployment").unwrap();
        assert_eq!(said, "was removed in Kubernetes 1.16; use apps/v1");
        assert!(
            removal("policy", "v1beta1", "PodSecurityPolicy")
                .unwrap()
                .contains("Pod Security admission")
        );
        assert_eq!(removal("apps", "v1", "Deployment"), None);
    }
}
