//! One snapshot for each rule that holds on one provider only: the file is right but for one contradiction.

use std::collections::BTreeMap;

const SMALL: &str = include_str!("small.yaml");
const GKE: &str = include_str!("gke.yaml");
const AKS: &str = include_str!("aks.yaml");

fn loaded(text: String) -> Result<environment::Environment, environment::Diagnostics> {
    let sources = BTreeMap::from([
        ("small".to_owned(), SMALL.to_owned()),
        ("prod".to_owned(), text),
    ]);
    environment::load("prod", &sources)
}

/// What is said about a right file after some texts in it were replaced, each of which is there exactly once.
fn wrong(right: &str, replacements: &[(&str, &str)]) -> String {
    let mut text = right.to_owned();
    for (right, replacement) in replacements {
        assert_eq!(
            text.matches(right).count(),
            1,
            "`{right}` is not there exactly once"
        );
        text = text.replace(right, replacement);
    }
    loaded(text).unwrap_err().render(false)
}

#[test]
fn the_right_files_break_no_rule() {
    for text in [GKE, AKS] {
        loaded(text.to_owned()).unwrap_or_else(|mistakes| panic!("{}", mistakes.render(false)));
    }
}

macro_rules! rules {
    ($file:ident: $($test:ident: $($right:literal => $wrong:literal),+;)+) => {$(
        #[test]
        fn $test() {
            insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(
                    concat!("providers__", stringify!($test)),
                    wrong($file, &[$(($right, $wrong)),+])
                );
            });
        }
    )+};
}

rules! { GKE:
    google_runs_a_metrics_server_of_its_own: "metricsServer: null" => "metricsServer: 3.13.1";
    google_runs_an_autoscaler_of_its_own: "metricsServer: null, clusterAutoscaler: null" => "metricsServer: null";
    calico_stands_beside_the_network_of_aws: "clusterAutoscaler: null }" => "clusterAutoscaler: null, calico: v3.32.1 }";
    load_balancers_of_aws_are_on_aws: "clusterAutoscaler: null }" => "clusterAutoscaler: null, awsLoadBalancerController: 3.5.0 }";
    a_zone_of_google_is_in_the_region: "zones: [europe-west4-a, europe-west4-b]" => "zones: [europe-west4-a, europe-west1-b]";
    a_key_of_google_is_in_the_region: "locations/europe-west4/" => "locations/global/";
    ranges_of_google_do_not_overlap: "services: 10.4.0.0/14" => "services: 10.8.0.0/14";
    a_control_plane_of_google_has_sixteen_addresses: "172.16.0.0/28" => "172.16.0.0/24";
    a_network_of_google_has_nodes: "purpose: nodes" => "purpose: service-connect";
    nodes_of_google_stand_in_one_subnet: "purpose: proxies" => "purpose: nodes";
    nodes_of_google_have_addresses: "cidr: 10.8.0.0/20" => "cidr: 10.8.0.0/29";
    pods_of_google_have_addresses: "pods: 10.0.0.0/14" => "pods: 10.0.0.0/22";
    a_first_size_is_within_the_size: "initial: 4" => "initial: 8";
    a_first_size_spreads_over_the_zones: "initial: 4" => "initial: 3";
    a_pool_is_in_zones_of_the_cluster: "initial: 4" => "initial: 4, zones: [europe-west4-a, europe-west4-d]";
    google_has_no_spot_machines: "initial: 4" => "initial: 4, capacity: spot";
    google_has_no_machines_of_amazon: "n2-standard-4" => "m5.xlarge";
    google_has_no_disks_of_amazon: "type: pd-ssd" => "type: gp3";
    google_reserves_by_itself: "evictionHard: null" => "evictionHard: 200Mi, podsPerCore: 10";
    google_has_no_static_managers: "evictionHard: null" => "evictionHard: null, cpuManagerPolicy: static, memoryManagerPolicy: static";
    names_of_secrets_at_google_have_no_slash: "storage:\n" => "secrets: { prefix: platform/small }\nstorage:\n";
    a_bucket_of_google_has_no_account: "storage:\n" => "backup: { storageAccount: small }\nstorage:\n";
}

rules! { AKS:
    a_zone_of_azure_is_a_number_up_to_three: "zones: [1, 2, 3]" => "zones: [1, 2, 4]";
    nodes_of_azure_lie_in_the_network: "nodes: 10.20.0.0/18" => "nodes: 10.30.0.0/18";
    ranges_of_azure_do_not_overlap: "pods: 10.244.0.0/16" => "pods: 10.21.0.0/16", "controlPlane: 10.20.64.0/28" => "controlPlane: 10.20.1.0/28";
    a_control_plane_of_azure_has_sixteen_addresses: "10.20.64.0/28" => "10.20.64.0/29";
    nobody_reaches_what_is_private: "      private: true\n" => "      private: true\n      authorizedNetworks: { office: 203.0.113.0/24 }\n";
    an_identity_of_azure_is_known: "{ external-secrets: 1b8e5a60" => "{ external-dns: 1b8e5a60";
    an_identifier_of_azure_has_five_groups: "6c1f0a52-7a5e-4f0e-9d43-2b8b5f6f0c11" => "6c1f0a52-7a5e-4f0e";
    a_container_of_azure_has_an_account: "backup: { storageAccount: smallbackups }" => "";
    an_account_of_azure_has_a_plain_name: "storageAccount: smallbackups" => "storageAccount: small-backups";
    a_pool_of_azure_has_a_fixed_size: "size: 3..3" => "size: 3..5";
    a_pool_of_azure_has_a_short_name: "    workers: { machine: Standard_D4s_v5, size: 3..3 }" => "    workers: null\n    application-nodes: { class: application, machine: Standard_D4s_v5, size: 3..3, disk: 100Gi, capacity: on-demand }";
    a_weight_is_up_to_a_hundred: "weight: 10" => "weight: 110";
    a_budget_begins_and_ends: ", duration: 11h" => "";
    a_pool_has_room_for_one_machine: "limits: { cpu: 64, memory: 256Gi }" => "limits: { cpu: 2, memory: 8Gi }";
    a_pool_has_machines: "families: [D]" => "families: []", "capacity: [on-demand]" => "capacity: []";
    azure_has_no_memory_manager: "evictionHard: null" => "evictionHard: null, memoryManagerPolicy: static";
}

#[test]
fn nobody_makes_nodes_elsewhere() {
    let pool = AKS
        .split_once("  provisioned:\n")
        .and_then(|(_, rest)| rest.split_once("storage:\n"))
        .map(|(pool, _)| pool)
        .unwrap();
    let text = GKE.replace("storage:\n", &format!("  provisioned:\n{pool}storage:\n"));
    let said = loaded(text).unwrap_err().render(false);
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("providers__nobody_makes_nodes_elsewhere", said);
    });
}

#[test]
fn a_taint_is_written_as_kubectl_takes_it() {
    let said = wrong(GKE, &[("initial: 4", "initial: 4, taints: [dedicated]")]);
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("providers__a_taint_is_written_as_kubectl_takes_it", said);
    });
}
