//! One snapshot for each rule between values: the file is right but for one contradiction.

use std::collections::BTreeMap;

const RIGHT: &str = include_str!("small.yaml");

fn loaded(text: &str) -> Result<environment::Environment, environment::Diagnostics> {
    environment::load(
        "small",
        &BTreeMap::from([("small".to_owned(), text.to_owned())]),
    )
}

/// What is said about the right file after some texts in it were replaced, each of which is there exactly once.
fn wrong(replacements: &[(&str, &str)]) -> String {
    let mut text = RIGHT.to_owned();
    for (right, replacement) in replacements {
        assert_eq!(
            text.matches(right).count(),
            1,
            "`{right}` is not there exactly once"
        );
        text = text.replace(right, replacement);
    }
    loaded(&text).unwrap_err().render(false)
}

#[test]
fn the_right_file_breaks_no_rule() {
    let environment = loaded(RIGHT).unwrap();
    assert_eq!(environment.services.len(), 2);
}

macro_rules! rules {
    ($($test:ident: $($right:literal => $wrong:literal),+;)+) => {$(
        #[test]
        fn $test() {
            insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(concat!("rules__", stringify!($test)), wrong(&[$(($right, $wrong)),+]));
            });
        }
    )+};
}

rules! {
    a_zone_is_in_the_region: "zones: [eu-west-1a, eu-west-1b]" => "zones: [eu-west-1a, eu-west-2b]";
    a_zone_is_listed_once: "zones: [eu-west-1a, eu-west-1b]" => "zones: [eu-west-1a, eu-west-1b, eu-west-1a]";
    a_cluster_has_two_zones: "zones: [eu-west-1a, eu-west-1b]" => "zones: [eu-west-1a]";
    every_zone_has_its_subnets: "          eu-west-1b: 10.0.20.0/24\n" => "";
    a_subnet_lies_in_the_vpc: "10.0.20.0/24" => "10.9.20.0/24";
    subnets_do_not_overlap: "eu-west-1b: 10.0.20.0/24" => "eu-west-1b: 10.0.10.0/25";
    services_have_addresses_of_their_own: "services: 172.20.0.0/16" => "services: 10.0.0.0/16";
    an_account_has_twelve_digits: "\"123456789012\"" => "\"1234\"";
    the_key_is_of_the_region: "arn:aws:kms:eu-west-1:" => "arn:aws:kms:us-east-1:";
    a_machine_is_known: "machine: m5.xlarge" => "machine: m5.xlrage";
    a_machine_is_of_its_class: "machine: m5.xlarge" => "machine: m5.large";
    a_disk_is_of_its_class: "disk: 100Gi" => "disk: 20Gi";
    a_static_cpu_manager_has_reserved_cpu:
        "cpuManagerPolicy: none" => "cpuManagerPolicy: static",
        "systemReserved: { cpu: 100m" => "systemReserved: { cpu: 0",
        "kubeReserved: { cpu: 100m" => "kubeReserved: { cpu: 0";
    a_static_memory_manager_has_reserved_memory:
        "memoryManagerPolicy: none" => "memoryManagerPolicy: static",
        "systemReserved: { cpu: 100m, memory: 300Mi" => "systemReserved: { cpu: 100m, memory: 0",
        "kubeReserved: { cpu: 100m, memory: 1Gi" => "kubeReserved: { cpu: 100m, memory: 0";
    weights_of_a_canary_rise: "{ weight: 20, pause: 5m }" => "{ weight: 5, pause: 5m }";
    a_canary_ends_with_all_traffic: "{ weight: 100 }" => "{ weight: 90 }";
    a_service_runs_in_a_namespace_of_the_file: "    namespace: shop # gateway" => "    namespace: shopp";
    a_canary_needs_the_mesh: "    mesh: true\n" => "";
    a_called_service_exists: "calls: [identity]" => "calls: [identty]";
    a_service_does_not_call_itself: "calls: [identity]" => "calls: [gateway]";
    a_service_is_called_once: "calls: [identity]" => "calls: [identity, identity]";
    replicas_have_a_range: "{ min: 2, max: 6, cpu: 70% }" => "{ min: 7, max: 6, cpu: 70% }";
    replicas_begin_at_one: "{ min: 2, max: 6, cpu: 70% }" => "{ min: 0, max: 6, cpu: 70% }";
    replicas_are_scaled_by_something: "{ min: 2, max: 6, cpu: 70% }" => "{ min: 2, max: 6 }";
    two_autoscalers_do_not_fight: "mode: \"off\"" => "mode: recreate";
    a_path_leads_to_one_service:
        "    calls: [identity]\n" => "    calls: [identity]\n    exposed: { paths: [/shop] }\n",
        "    replicas: { min: 1, max: 2, memory: 80% }\n" => "    replicas: { min: 1, max: 2, memory: 80% }\n    exposed: { paths: [/, /shop] }\n";
    a_role_holds_rights: "may: [{ resources: [configmaps], verbs: [get] }]" => "may: []";
    rights_have_a_role: "role: reader, " => "";
    a_quota_holds_the_maxima_of_memory: "max: 6, cpu: 70%" => "max: 600, cpu: 70%";
    a_storage_class_exists: "class: fast, size: 10Gi" => "class: fsat, size: 10Gi";
    a_disk_has_what_is_sold: "iops: 3000" => "iops: 300";
    metrics_fit_on_their_volume: "size: 8Gi }" => "size: 20Gi }";
    backups_are_of_namespaces_that_exist: "namespaces: [shop]" => "namespaces: [shpo]";
    agents_need_a_privileged_namespace: "level: privileged" => "level: baseline";
}
