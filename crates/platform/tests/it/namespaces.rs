//! What every namespace of an environment starts with.

use serde_json::{Value, json};

use crate::environments::{every, field};

#[test]
fn every_namespace_of_the_environment_has_its_bounds() {
    for rendered in every() {
        for namespace in rendered.environment.namespaces.keys() {
            for (kind, name) in [
                ("ResourceQuota", "quota"),
                ("LimitRange", "defaults"),
                ("NetworkPolicy", "default-deny-all"),
                ("NetworkPolicy", "allow-dns"),
            ] {
                let found = rendered.find(kind, namespace.as_str(), name);
                assert!(
                    found.is_some(),
                    "{}: {namespace} has no {kind} {name}",
                    rendered.fixture
                );
            }
        }
    }
}

#[test]
fn the_denial_is_of_every_pod_in_both_directions() {
    for rendered in every() {
        for namespace in rendered.environment.namespaces.keys() {
            let policy = rendered.find("NetworkPolicy", namespace.as_str(), "default-deny-all");
            let spec = policy.map(|policy| field(policy, "/spec"));
            assert_eq!(
                spec,
                Some(json!({ "podSelector": {}, "policyTypes": ["Ingress", "Egress"] }))
            );
        }
    }
}

#[test]
fn no_policy_that_allows_is_open_to_everybody_or_on_every_port() {
    for rendered in every() {
        for policy in rendered.of_kind("NetworkPolicy") {
            for (direction, peers) in [("ingress", "from"), ("egress", "to")] {
                for rule in field(policy, &format!("/spec/{direction}"))
                    .as_array()
                    .into_iter()
                    .flatten()
                {
                    for list in [&rule[peers], &rule["ports"]] {
                        let filled = list.as_array().is_some_and(|items| !items.is_empty());
                        assert!(
                            filled,
                            "{}: {} has an open rule",
                            rendered.fixture,
                            policy.id()
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn every_namespace_enforces_a_level_of_pod_security_and_a_lower_one_says_why() {
    for rendered in every() {
        for (name, settings) in &rendered.environment.namespaces {
            let manifest = rendered
                .of_kind("Namespace")
                .find(|manifest| manifest.id().name == name.as_str());
            let metadata = manifest
                .map(|manifest| manifest.metadata().clone())
                .unwrap_or_default();
            let level = metadata.labels.unwrap_or_default();
            let level = level.get("pod-security.kubernetes.io/enforce").cloned();
            let reason = metadata.annotations.unwrap_or_default();
            let reason = reason.get("platform/pod-security-reason").cloned();
            match &settings.pod_security {
                None => assert_eq!(
                    (level.as_deref(), reason),
                    (Some("restricted"), None),
                    "{name}"
                ),
                Some(security) => {
                    assert_eq!(level, Some(security.level.to_string()), "{name}");
                    assert_eq!(reason.as_ref(), Some(&security.reason), "{name}");
                }
            }
        }
    }
}

#[test]
fn pods_are_in_the_mesh_exactly_where_the_environment_says_so() {
    for rendered in every() {
        for (name, settings) in &rendered.environment.namespaces {
            let injected = rendered
                .of_kind("Namespace")
                .filter(|manifest| manifest.id().name == name.as_str())
                .any(|manifest| {
                    field(manifest, "/metadata/labels/istio-injection") == json!("enabled")
                });
            let strict = rendered
                .find("PeerAuthentication", name.as_str(), "default")
                .is_some();
            let denied = rendered.find("AuthorizationPolicy", name.as_str(), "deny-all");
            let control_plane = rendered
                .find("NetworkPolicy", name.as_str(), "allow-mesh-control-plane")
                .is_some();
            assert_eq!(
                [injected, strict, denied.is_some(), control_plane],
                [settings.mesh.value; 4],
                "{}: {name}",
                rendered.fixture
            );
            if let Some(policy) = denied {
                assert_eq!(
                    field(policy, "/spec/rules"),
                    Value::Null,
                    "a rule would allow something"
                );
            }
        }
    }
}
