//! The machines of a pool: a managed node group of EKS over all zones.

use std::collections::BTreeMap;

use api::infrastructure_cluster_x_k8s_io::v1beta2::{
    AWSMachineAmi, AWSMachineAmiEksLookupType, AWSMachineInstanceMetadataOptions,
    AWSMachineInstanceMetadataOptionsHttpTokens, AWSMachinePoolAvailabilityZoneSubnetType,
    AWSMachinePoolAwsLaunchTemplate, AWSMachineRootVolume, AWSManagedMachinePool,
    AWSManagedMachinePoolAmiType, AWSManagedMachinePoolCapacityType, AWSManagedMachinePoolScaling,
    AWSManagedMachinePoolSpec, AWSManagedMachinePoolUpdateConfig,
};
use environment::{Capacity, Eks, TaintEffect};
use k8s_openapi::api::core::v1::Taint;
use manifest::Manifest;

use super::Pool;
use crate::cluster::{count, gibibytes};

/// The node group. Its name, zones, kind of image and way of buying cannot be changed later: a pool of another name
/// takes its place.
pub(super) fn machines(pool: &Pool, eks: &Eks, tags: BTreeMap<String, String>) -> Manifest {
    let group = AWSManagedMachinePool {
        spec: Some(AWSManagedMachinePoolSpec {
            eks_nodegroup_name: Some(pool.name.to_string()),
            ami_type: Some(AWSManagedMachinePoolAmiType::Custom),
            aws_launch_template: Some(launch_template(pool)),
            availability_zones: Some(zones(pool, eks)),
            availability_zone_subnet_type: Some(AWSMachinePoolAvailabilityZoneSubnetType::Private),
            capacity_type: Some(match pool.settings.capacity.value {
                Capacity::OnDemand => AWSManagedMachinePoolCapacityType::OnDemand,
                Capacity::Spot => AWSManagedMachinePoolCapacityType::Spot,
            }),
            // Both or none: the provider reads one of them where it looks whether the other is there.
            scaling: Some(AWSManagedMachinePoolScaling {
                min_size: Some(count(*pool.settings.size.lower())),
                max_size: Some(count(*pool.settings.size.upper())),
            }),
            update_config: Some(AWSManagedMachinePoolUpdateConfig {
                max_unavailable: Some(1),
                ..Default::default()
            }),
            labels: Some(pool.labels.clone()),
            taints: taints(pool),
            additional_tags: Some(tags),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(&pool.home, &pool.object, group)
}

/// How each machine is made: an encrypted disk, and no credentials of the node for its pods, since the answers of the
/// metadata service do not travel further than one hop.
///
/// The image is the newest that AWS publishes for the minor, so nodes are replaced when a newer one appears.
fn launch_template(pool: &Pool) -> AWSMachinePoolAwsLaunchTemplate {
    AWSMachinePoolAwsLaunchTemplate {
        ami: Some(AWSMachineAmi {
            eks_lookup_type: Some(AWSMachineAmiEksLookupType::AmazonLinux2023),
            ..Default::default()
        }),
        instance_type: Some(pool.settings.machine.value.clone()),
        root_volume: Some(AWSMachineRootVolume {
            size: i64::try_from(gibibytes(pool.settings.disk.value)).unwrap_or(i64::MAX),
            type_: Some("gp3".to_owned()),
            encrypted: Some(true),
            ..Default::default()
        }),
        instance_metadata_options: Some(AWSMachineInstanceMetadataOptions {
            http_tokens: Some(AWSMachineInstanceMetadataOptionsHttpTokens::Required),
            http_put_response_hop_limit: Some(1),
            ..Default::default()
        }),
        ..Default::default()
    }
}

/// The zones of the pool, or else all of the cluster.
fn zones(pool: &Pool, eks: &Eks) -> Vec<String> {
    pool.settings
        .zones
        .as_ref()
        .unwrap_or(&eks.zones)
        .iter()
        .map(|zone| zone.value.clone())
        .collect()
}

/// The group is told as well as the kubelet, in words of its own: EKS shows its taints, and the autoscaler may ask for
/// them.
fn taints(pool: &Pool) -> Option<Vec<Taint>> {
    let taints: Vec<Taint> = pool
        .settings
        .taints
        .iter()
        .map(|taint| Taint {
            key: taint.key.to_string(),
            value: Some(taint.value.to_string()),
            effect: match taint.effect {
                TaintEffect::NoSchedule => "no-schedule",
                TaintEffect::PreferNoSchedule => "prefer-no-schedule",
                TaintEffect::NoExecute => "no-execute",
            }
            .to_owned(),
            ..Default::default()
        })
        .collect();
    (!taints.is_empty()).then_some(taints)
}
