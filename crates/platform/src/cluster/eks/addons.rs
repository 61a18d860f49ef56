//! What EKS itself installs into a cluster, and how the one that gives pods their addresses is set up.

use api::controlplane_cluster_x_k8s_io::v1beta2::{
    AWSManagedControlPlaneAddon, AWSManagedControlPlaneAddonConflictResolution,
    AWSManagedControlPlaneVpcCni,
};
use environment::{Eks, Environment};
use k8s_openapi::api::core::v1::EnvVar;
use serde_json::{Map, Value, json};

/// Whether some pods have security groups of their own.
pub(super) fn pods_have_security_groups(eks: &Eks) -> bool {
    !eks.pod_security_groups.is_empty()
}

/// The add-ons, each on the version that the environment pins. They replace what EKS puts into a new cluster unasked.
pub(super) fn addons(environment: &Environment, eks: &Eks) -> Vec<AWSManagedControlPlaneAddon> {
    let addon = |name: &str, version: &str| AWSManagedControlPlaneAddon {
        name: name.to_owned(),
        version: version.to_owned(),
        conflict_resolution: Some(AWSManagedControlPlaneAddonConflictResolution::Overwrite),
        ..Default::default()
    };
    let versions = &eks.addons;
    let snapshots = versions
        .snapshot_controller
        .as_ref()
        .map(|version| addon("snapshot-controller", version));
    let everywhere = vec![
        AWSManagedControlPlaneAddon {
            configuration: Some(container_network_configuration(environment, eks)),
            ..addon("vpc-cni", &versions.vpc_cni)
        },
        addon("coredns", &versions.coredns),
        addon("kube-proxy", &versions.kube_proxy),
        AWSManagedControlPlaneAddon {
            service_account_role_arn: Some(format!(
                "arn:aws:iam::{}:role/{}-ebs-csi-driver",
                eks.account.value, environment.cluster.name
            )),
            ..addon("aws-ebs-csi-driver", &versions.aws_ebs_csi_driver)
        },
    ];
    everywhere.into_iter().chain(snapshots).collect()
}

/// The same settings once more, for the provider: it writes them into the DaemonSet that EKS puts into a new cluster,
/// so that they hold before the add-on has taken over.
pub(super) fn container_network(
    environment: &Environment,
    eks: &Eks,
) -> AWSManagedControlPlaneVpcCni {
    let variables = settings(environment, eks).map(|(name, value)| EnvVar {
        name: name.to_owned(),
        value: Some(value.to_owned()),
        ..Default::default()
    });
    AWSManagedControlPlaneVpcCni {
        env: Some(variables.collect()),
        ..Default::default()
    }
}

/// The configuration of the add-on. Without it every update of the add-on would take the settings back. Network
/// policies do nothing on EKS until the add-on is told to enforce them; where Calico does, the two must not both.
fn container_network_configuration(environment: &Environment, eks: &Eks) -> String {
    let enforced = environment.addons.calico.is_none();
    let variables: Map<String, Value> = settings(environment, eks)
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
    json!({ "enableNetworkPolicy": enforced.to_string(), "env": variables }).to_string()
}

/// Whole prefixes instead of single addresses, so that the node's interfaces do not bound its pods; one prefix is kept
/// warm. Security groups of pods come in the mode in which network policies hold for these pods as well. Calico reads the
/// address of a new pod from its annotation, sooner than from its status.
fn settings(
    environment: &Environment,
    eks: &Eks,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let prefixes = [
        ("ENABLE_PREFIX_DELEGATION", "true"),
        ("WARM_PREFIX_TARGET", "1"),
    ];
    let security_groups = [
        ("ENABLE_POD_ENI", "true"),
        ("POD_SECURITY_GROUP_ENFORCING_MODE", "standard"),
    ];
    let security_groups = pods_have_security_groups(eks).then_some(security_groups);
    let calico = environment
        .addons
        .calico
        .as_ref()
        .map(|_| ("ANNOTATE_POD_IP", "true"));
    prefixes
        .into_iter()
        .chain(security_groups.into_iter().flatten())
        .chain(calico)
}
