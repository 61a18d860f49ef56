//! A cluster on Azure.

use environment::Environment;
use serde_json::{Value, json};

use super::{environment_of, leads_somewhere, object, objects, shows};

#[test]
fn a_cluster_is_a_namespace_and_three_objects() {
    let all = objects(&environment_of("aks", &[]));
    shows(
        "aks-cluster",
        &all,
        &[
            "Namespace",
            "Cluster",
            "AzureASOManagedCluster",
            "AzureASOManagedControlPlane",
        ],
    );
}

#[test]
fn a_pool_of_the_system_is_two_objects() {
    let all = objects(&environment_of("aks", &[]));
    shows(
        "aks-pools",
        &all,
        &["AzureASOManagedMachinePool", "MachinePool"],
    );
}

#[test]
fn a_pool_made_as_pods_need_it_is_one_object_beside_the_kinds_of_nodes() {
    let component = crate::cluster::provisioned_pools(&environment_of("aks", &[]))
        .expect("the fixture has pools");
    shows(
        "aks-provisioned-pools",
        &component.application.manifests,
        &["AKSNodeClass", "NodePool"],
    );
}

#[test]
fn every_reference_leads_to_an_object_of_the_application() {
    leads_somewhere(&objects(&environment_of("aks", &[])), 3);
}

#[test]
fn a_label_of_the_environment_wins_over_that_of_the_pool() {
    let environment = environment_of(
        "aks",
        &[(
            "      taints: [\"resized=true:NoSchedule\"]\n",
            "      labels: { node-pool: other }\n",
        )],
    );
    let component = crate::cluster::provisioned_pools(&environment).expect("the fixture has pools");
    let pools: Vec<Value> = component
        .application
        .manifests
        .iter()
        .filter(|manifest| manifest.id().kind == "NodePool")
        .map(manifest::Manifest::value)
        .collect();
    let template = &pools[0]["spec"]["template"];
    assert_eq!(template["metadata"]["labels"]["node-pool"], json!("other"));
    assert_eq!(template["spec"].get("taints"), None);
}

#[test]
fn an_open_api_server_lets_in_whom_the_environment_names() {
    let access = |environment: Environment| {
        object(&environment, "AzureASOManagedControlPlane")["spec"]["resources"][0]["spec"]["apiServerAccessProfile"]
            .clone()
    };
    let closed = access(environment_of("aks", &[]));
    assert_eq!(closed["enablePrivateCluster"], json!(true));
    assert_eq!(closed.get("authorizedIPRanges"), None);
    let open = access(environment_of(
        "aks",
        &[(
            "      private: true\n",
            "      private: false\n      authorizedNetworks: { office: 203.0.113.0/24 }\n",
        )],
    ));
    assert_eq!(open["enablePrivateCluster"], json!(false));
    assert_eq!(open["authorizedIPRanges"], json!(["203.0.113.0/24"]));
}
