//! What tells one object of a cluster from every other.

use std::borrow::Cow;
use std::fmt::{self, Display};

/// The groups of kinds that every API server knows by itself (Kubernetes 1.35). Their endings do not tell:
/// `autoscaling.k8s.io` is that of a custom resource.
const BUILT_IN_GROUPS: [&str; 21] = [
    "",
    "admissionregistration.k8s.io",
    "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "apps",
    "authentication.k8s.io",
    "authorization.k8s.io",
    "autoscaling",
    "batch",
    "certificates.k8s.io",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "events.k8s.io",
    "flowcontrol.apiserver.k8s.io",
    "networking.k8s.io",
    "node.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "resource.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
];

/// What tells one object of a cluster from every other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceId {
    /// Group and version, or the version alone for the core group: `apps/v1`, `v1`.
    pub api_version: Cow<'static, str>,
    /// The kind as it is written in manifests: `Deployment`.
    pub kind: Cow<'static, str>,
    /// The namespace; `None` for what belongs to the whole cluster.
    pub namespace: Option<String>,
    /// The name, unique for the kind in its namespace.
    pub name: String,
}

impl ResourceId {
    /// Whether every API server knows the kind by itself; all others are defined by a custom resource.
    pub fn is_built_in(&self) -> bool {
        BUILT_IN_GROUPS.contains(&self.group())
    }

    /// The API group; empty for the core group.
    pub fn group(&self) -> &str {
        self.api_version
            .split_once('/')
            .map_or("", |(group, _)| group)
    }

    /// The version within the group: `v1`.
    pub fn version(&self) -> &str {
        self.api_version
            .split_once('/')
            .map_or(&self.api_version, |(_, version)| version)
    }

    /// Whether both are the same object of a cluster: the version does not matter to that.
    pub fn is_same_object(&self, other: &Self) -> bool {
        self.group() == other.group()
            && self.kind == other.kind
            && self.namespace == other.namespace
            && self.name == other.name
    }
}

/// `apps/v1 Deployment production/api-gateway`, or without the namespace.
impl Display for ResourceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {} ", self.api_version, self.kind)?;
        if let Some(namespace) = &self.namespace {
            write!(formatter, "{namespace}/")?;
        }
        formatter.write_str(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(api_version: &'static str, namespace: Option<&str>) -> ResourceId {
        ResourceId {
            api_version: api_version.into(),
            kind: "Thing".into(),
            namespace: namespace.map(str::to_owned),
            name: "one".to_owned(),
        }
    }

    #[test]
    fn kinds_of_custom_resources_are_not_built_in_whatever_their_group_ends_in() {
        let id = |api_version: &'static str| ResourceId {
            api_version: api_version.into(),
            kind: "Kind".into(),
            namespace: None,
            name: "name".to_owned(),
        };
        for built_in in ["v1", "apps/v1", "networking.k8s.io/v1"] {
            assert!(id(built_in).is_built_in(), "{built_in}");
        }
        for custom in [
            "autoscaling.k8s.io/v1",
            "argoproj.io/v1alpha1",
            "cluster.x-k8s.io/v1beta2",
        ] {
            assert!(!id(custom).is_built_in(), "{custom}");
        }
    }

    #[test]
    fn group_and_version_are_parts_of_the_api_version() {
        let grouped = id("apps/v1", None);
        assert_eq!((grouped.group(), grouped.version()), ("apps", "v1"));
        let core = id("v1", None);
        assert_eq!((core.group(), core.version()), ("", "v1"));
    }

    #[test]
    fn it_is_shown_as_people_name_objects() {
        assert_eq!(
            id("apps/v1", Some("production")).to_string(),
            "apps/v1 Thing production/one"
        );
        assert_eq!(id("v1", None).to_string(), "v1 Thing one");
    }

    #[test]
    fn two_versions_of_one_group_are_the_same_object() {
        assert!(id("a.example.com/v1", None).is_same_object(&id("a.example.com/v1beta1", None)));
        assert!(!id("a.example.com/v1", None).is_same_object(&id("b.example.com/v1", None)));
        assert!(!id("v1", Some("one")).is_same_object(&id("v1", Some("two"))));
        assert!(!id("v1", Some("one")).is_same_object(&id("v1", None)));
    }
}
