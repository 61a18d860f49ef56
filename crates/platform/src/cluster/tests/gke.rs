//! A cluster on Google.

use serde_json::json;

use super::{environment_of, leads_somewhere, object, objects, shows};

#[test]
fn a_cluster_is_a_namespace_and_three_objects() {
    let all = objects(&environment_of("gke", &[]));
    shows(
        "gke-cluster",
        &all,
        &[
            "Namespace",
            "Cluster",
            "GCPManagedCluster",
            "GCPManagedControlPlane",
        ],
    );
}

#[test]
fn a_pool_is_two_objects() {
    let all = objects(&environment_of("gke", &[]));
    shows("gke-pools", &all, &["GCPManagedMachinePool", "MachinePool"]);
}

#[test]
fn every_reference_leads_to_an_object_of_the_application() {
    leads_somewhere(&objects(&environment_of("gke", &[])), 4);
}

#[test]
fn nodes_come_first_among_the_subnets() {
    let environment = environment_of("gke", &[("          nodes: {", "          zebra: {")]);
    let cluster = object(&environment, "GCPManagedCluster");
    assert_eq!(
        cluster["spec"]["network"]["subnets"][0]["name"],
        json!("zebra")
    );
}

#[test]
fn nobody_but_the_named_networks_reaches_the_api_server() {
    let control_plane = object(&environment_of("gke", &[]), "GCPManagedControlPlane");
    assert_eq!(
        control_plane["spec"]["master_authorized_networks_config"],
        json!({
            "cidr_blocks": [{ "cidr_block": "10.16.0.0/24", "display_name": "management" }],
            "gcp_public_cidrs_access_enabled": false,
        })
    );
}
