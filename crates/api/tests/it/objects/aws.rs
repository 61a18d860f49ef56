//! The cluster itself on AWS.

use api::controlplane_cluster_x_k8s_io::v1beta2::{
    AWSManagedControlPlane, AWSManagedControlPlaneEndpointAccess, AWSManagedControlPlaneNetwork,
    AWSManagedControlPlaneNetworkSubnet, AWSManagedControlPlaneNetworkVpc,
    AWSManagedControlPlaneSpec,
};
use api::infrastructure_cluster_x_k8s_io::v1beta2::{
    AWSManagedMachinePool, AWSManagedMachinePoolCapacityType, AWSManagedMachinePoolScaling,
    AWSManagedMachinePoolSpec,
};
use api::vpcresources_k8s_aws::v1beta1::{
    SecurityGroupPolicy, SecurityGroupPolicySecurityGroups, SecurityGroupPolicySpec,
};

use super::{LabelSelector, json, named, some, spec, strings};

#[test]
fn a_control_plane_with_its_network() {
    let subnet = AWSManagedControlPlaneNetworkSubnet {
        id: "private-a".to_owned(),
        availability_zone: some("us-east-1a"),
        cidr_block: some("10.0.0.0/19"),
        is_public: Some(false),
        ..Default::default()
    };
    let control_plane = AWSManagedControlPlane {
        metadata: named("prod"),
        spec: Some(AWSManagedControlPlaneSpec {
            region: some("us-east-1"),
            version: some("v1.35"),
            network: Some(AWSManagedControlPlaneNetwork {
                vpc: Some(AWSManagedControlPlaneNetworkVpc {
                    cidr_block: some("10.0.0.0/16"),
                    ..Default::default()
                }),
                subnets: Some(vec![subnet]),
                ..Default::default()
            }),
            endpoint_access: Some(AWSManagedControlPlaneEndpointAccess {
                private: Some(true),
                ..Default::default()
            }),
            ..Default::default()
        }),
    };
    assert_eq!(
        spec(&control_plane),
        json!({
            "endpointAccess": { "private": true },
            "network": {
                "subnets": [{
                    "availabilityZone": "us-east-1a", "cidrBlock": "10.0.0.0/19", "id": "private-a", "isPublic": false,
                }],
                "vpc": { "cidrBlock": "10.0.0.0/16" },
            },
            "region": "us-east-1",
            "version": "v1.35",
        })
    );
}

#[test]
fn a_machine_pool_within_bounds() {
    let pool = AWSManagedMachinePool {
        metadata: named("application-nodes"),
        spec: Some(AWSManagedMachinePoolSpec {
            capacity_type: Some(AWSManagedMachinePoolCapacityType::OnDemand),
            instance_type: some("m6i.xlarge"),
            scaling: Some(AWSManagedMachinePoolScaling {
                min_size: Some(3),
                max_size: Some(10),
            }),
            ..Default::default()
        }),
    };
    assert_eq!(
        spec(&pool),
        json!({ "capacityType": "onDemand", "instanceType": "m6i.xlarge", "scaling": { "maxSize": 10, "minSize": 3 } })
    );
}

#[test]
fn security_groups_for_pods() {
    let policy = SecurityGroupPolicy {
        metadata: named("postgres"),
        spec: Some(SecurityGroupPolicySpec {
            pod_selector: Some(LabelSelector {
                match_labels: Some([("app".to_owned(), "postgres".to_owned())].into()),
                ..Default::default()
            }),
            security_groups: Some(SecurityGroupPolicySecurityGroups {
                group_ids: Some(strings(["sg-1"])),
            }),
            ..Default::default()
        }),
    };
    assert_eq!(
        spec(&policy),
        json!({ "podSelector": { "matchLabels": { "app": "postgres" } }, "securityGroups": { "groupIds": ["sg-1"] } })
    );
}
