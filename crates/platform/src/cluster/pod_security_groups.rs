//! Security groups of AWS for the pods of single components.

use api::vpcresources_k8s_aws::v1beta1::{
    SecurityGroupPolicy, SecurityGroupPolicySecurityGroups, SecurityGroupPolicySpec,
};
use environment::{Environment, Provider};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use manifest::Manifest;
use names::{ApplicationName, ComponentName, NamespaceName, label_key, name};

use crate::component::Component;
use crate::wave;

/// The policies of all components that have security groups, or nothing where there are none and on other providers.
///
/// They take effect on pods made after them, so they come before everything that runs.
pub(crate) fn pod_security_groups(environment: &Environment) -> Option<Component<()>> {
    let Provider::Eks(eks) = &environment.cluster.provider else {
        return None;
    };
    let policies: Vec<Manifest> = eks
        .pod_security_groups
        .iter()
        .filter_map(|(component, groups)| {
            Some(policy(
                namespace_of(environment, component)?,
                component,
                groups,
            ))
        })
        .collect();
    let (application, home) = (
        name!(ApplicationName, "pod-security-groups"),
        name!(NamespaceName, "kube-system"),
    );
    (!policies.is_empty())
        .then(|| Component::new(&application, &home, wave::POLICIES, ()).with(policies))
}

/// The namespace of the database or of a service.
fn namespace_of<'a>(
    environment: &'a Environment,
    component: &ComponentName,
) -> Option<&'a NamespaceName> {
    let postgres = environment
        .postgres
        .as_ref()
        .filter(|_| component.as_str() == "postgres");
    let service = || {
        environment
            .services
            .get(component)
            .map(|service| &service.namespace.value)
    };
    postgres
        .map(|settings| &settings.namespace.value)
        .or_else(service)
}

/// The groups replace those of the node: they have to let in what the pods serve and the kubelet's probes, and let out
/// DNS.
fn policy(namespace: &NamespaceName, component: &ComponentName, groups: &[String]) -> Manifest {
    let policy = SecurityGroupPolicy {
        spec: Some(SecurityGroupPolicySpec {
            pod_selector: Some(LabelSelector {
                match_labels: Some([(label_key!("app").into(), component.to_string())].into()),
                ..Default::default()
            }),
            security_groups: Some(SecurityGroupPolicySecurityGroups {
                group_ids: Some(groups.to_vec()),
            }),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(namespace, component, policy)
}
