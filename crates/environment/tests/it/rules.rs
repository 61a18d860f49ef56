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
    a_standby_has_a_twin: "role: active\n" => "role: standby\n";
    a_twin_is_elsewhere: "role: active\n" => "role: active\ntwin: { cluster: small, region: eu-west-1, backups: small-backups }\n";
    a_kubelet_of_amazon_has_reservations: "    evictionHard: 100Mi\n" => "";
    a_namespace_is_in_a_mesh_that_is_there:
        "mesh:\n  meshId: mesh1\n  network: network1\n  clusterName: small\n  hub: docker.io/istio\n  pilot: { cpu: 100m..500m, memory: 256Mi..512Mi }\n  proxy: { cpu: 50m..200m, memory: 64Mi..128Mi }\n  gateway: { host: api.example.com, certificate: public-tls }\n" => "";
    a_mesh_has_its_chart: "  istio: 1.30.4\n" => "";
    a_canary_has_steps:
        "  canary:\n    - { weight: 5, pause: 2m }\n    - { weight: 20, pause: 5m }\n    - { weight: 100 }\n" => "";
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
    a_metric_of_pods_has_a_name: "{ min: 2, max: 6, cpu: 70% }" => "{ min: 2, max: 6, metric: { name: web-sockets, average: 500 } }";
    a_metric_of_pods_has_a_target: "{ min: 2, max: 6, cpu: 70% }" => "{ min: 2, max: 6, metric: { name: sockets, average: 0 } }";
    preferred_nodes_exist: "    calls: [identity]\n" => "    calls: [identity]\n    prefers: { node-type: large }\n";
    paths_of_the_gateway_do_not_overlap:
        "    calls: [identity]\n" => "    calls: [identity]\n    exposed: { paths: [/shop] }\n",
        "    replicas: { min: 1, max: 2, memory: 80% }\n" => "    replicas: { min: 1, max: 2, memory: 80% }\n    exposed: { paths: [/shop/cart] }\n";
    an_ingress_has_a_host:
        "    replicas: { min: 1, max: 2, memory: 80% }\n" => "    replicas: { min: 1, max: 2, memory: 80% }\n    ingress: { paths: [/shop] }\n";
    an_ingress_knows_no_canary:
        "    calls: [identity]\n" => "    calls: [identity]\n    ingress: { paths: [/shop] }\n";
    kept_answers_are_of_the_service:
        "    replicas: { min: 1, max: 2, memory: 80% }\n" => "    replicas: { min: 1, max: 2, memory: 80% }\n    ingress: { paths: [/shop], cached: [/static] }\n";
    a_load_balancer_has_a_certificate_of_the_region:
        "    replicas: { min: 1, max: 2, memory: 80% }\n" => "    replicas: { min: 1, max: 2, memory: 80% }\n    loadBalancer: { certificate: \"arn:aws:acm:us-east-1:123456789012:certificate/1\", sources: [0.0.0.0/0], affinity: 2d, tlsPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06 }\n";
    a_load_balancer_does_not_tell_versions_apart:
        "    calls: [identity]\n" => "    calls: [identity]\n    loadBalancer: { certificate: \"arn:aws:acm:eu-west-1:123456789012:certificate/1\", sources: [0.0.0.0/0], affinity: 3h, tlsPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06 }\n";
    callers_in_the_mesh_are_known_by_their_account:
        "    replicas: { min: 1, max: 2, memory: 80% }\n" => "    replicas: { min: 1, max: 2, memory: 80% }\n    callers: [{ labels: { role: client } }, { namespace: shpo }]\n";
    callers_are_not_everybody:
        "    replicas: { min: 1, max: 2, memory: 80% }\n" => "    replicas: { min: 1, max: 2, memory: 80% }\n    callers: [{}]\n";
    a_role_holds_rights: "may: [{ resources: [configmaps], verbs: [get] }]" => "may: []";
    rights_have_a_role: "role: reader, " => "";
    a_quota_holds_the_maxima_of_memory: "max: 6, cpu: 70%" => "max: 600, cpu: 70%";
    a_storage_class_exists: "class: fast, size: 10Gi" => "class: fsat, size: 10Gi";
    a_disk_has_what_is_sold: "iops: 3000" => "iops: 300";
    metrics_fit_on_their_volume: "size: 8Gi }" => "size: 20Gi }";
    backups_are_of_namespaces_that_exist: "namespaces: [shop]" => "namespaces: [shpo]";
    agents_need_a_privileged_namespace: "level: privileged" => "level: baseline";
    a_receiver_exists: "default: team" => "default: taem";
    a_receiver_is_told_somehow: "team: { slack: { channel: \"#team\", url: chat/url } }" => "team: {}";
    mail_is_taken_by_somebody: "team: { slack: { channel: \"#team\", url: chat/url } }" => "team: { email: { to: team@example.com } }";
    a_part_of_the_week_exists: "during: open" => "during: opne";
    a_part_of_the_week_ends_after_it_begins: "start: \"09:00\", end: \"17:00\"" => "start: \"19:00\", end: \"17:00\"";
    a_job_is_of_a_service_that_exists: "{ service: gateway }" => "{ service: gatway }";
    a_metric_is_served:
        "{ min: 2, max: 6, cpu: 70% }" => "{ min: 2, max: 6, metric: { name: sockets, average: 500 } }",
        "  adapter: { image: registry.example.com/adapter:v1, resources: { cpu: 50m..100m, memory: 128Mi..256Mi } }\n" => "";
    priorities_fall: "role: active\n" => "role: active\npriorities: { production: 2000000, batch: 5 }\n";
    placeholders_are_not_expendable: "role: active\n" => "role: active\npriorities: { placeholder: -50 }\n";
    priorities_are_not_kubernetes_own: "role: active\n" => "role: active\npriorities: { platformCritical: 2000000000 }\n";
    placeholders_have_a_namespace: "role: active\n" => "role: active\noverProvisioning: { namespace: shpo, image: registry.k8s.io/pause:3.10.1, replicas: 1, resources: { cpu: 1..1, memory: 1Gi..1Gi } }\n";
    a_level_has_shares: "role: active\n" => "role: active\napiFairness:\n  platform: { shares: 0, lendable: 50% }\n  observers: { shares: 1, lendable: 50% }\n  workloads: { shares: 1, lendable: 50% }\n";
    images_come_from_where_admission_lets_them: "role: active\n" => "role: active\npolicy:\n  imageSources: [quay.io/prometheus, quay.io]\n  requiredLabels: []\n  exemptNamespaces: {}\n  enforcement: { labels: warn, images: deny, resources: warn, host: deny, exposure: deny }\n";
    tagged_images_are_kept_longest: "role: active\n" => "role: active\nimages:\n  registry:\n    repository: { project: example, location: europe-west4, name: shop }\n    untagged: 7d\n    unused: 3d\n    newestKept: 3\n    scanOnPush: true\n    schedule: '@daily'\n    client: gcr.io/example/client:1\n    resources: { cpu: 100m..1, memory: 64Mi..64Mi }\n    namespace: shop\n";
    a_scan_has_a_namespace_and_a_class: "role: active\n" => "role: active\nimages:\n  scan:\n    namespace: shpo\n    image: ghcr.io/aquasecurity/trivy:0.76.2\n    schedule: '@daily'\n    severities: [HIGH]\n    resources: { cpu: 100m..1, memory: 64Mi..64Mi }\n    cache: { class: fsat, size: 1Gi }\n";
    logs_have_a_home: "  search: { host: logs.example.com, port: 9200 }\n" => "";
    logs_have_one_home: "  search: { host: logs.example.com, port: 9200 }\n" => "  search: { host: logs.example.com, port: 9200 }\n  elasticsearch:\n    namespace: watch\n    image: docker.elastic.co/elasticsearch/elasticsearch:9.5.2\n    nodes: 3\n    storage: { class: fast, size: 1Gi }\n    resources: { cpu: 1..1, memory: 2Gi..2Gi }\n    setup: '@hourly'\n    exporter: { image: quay.io/prometheuscommunity/elasticsearch-exporter:v1.9.0, resources: { cpu: 20m..20m, memory: 64Mi..64Mi } }\n";
    logs_are_kept_for_whole_days: "system: 30d" => "system: 36h";
    two_nodes_elect_no_master: "  search: { host: logs.example.com, port: 9200 }\n" => "  elasticsearch:\n    namespace: watch\n    image: docker.elastic.co/elasticsearch/elasticsearch:9.5.2\n    nodes: 2\n    storage: { class: fast, size: 1Gi }\n    resources: { cpu: 1..1, memory: 2Gi..2Gi }\n    setup: '@hourly'\n    exporter: { image: quay.io/prometheuscommunity/elasticsearch-exporter:v1.9.0, resources: { cpu: 20m..20m, memory: 64Mi..64Mi } }\n";
    the_parts_of_a_log_store_are_of_one_version: "  search: { host: logs.example.com, port: 9200 }\n" => "  elasticsearch:\n    namespace: watch\n    image: docker.elastic.co/elasticsearch/elasticsearch:9.5.2\n    nodes: 3\n    storage: { class: fast, size: 1Gi }\n    resources: { cpu: 1..1, memory: 2Gi..2Gi }\n    setup: '@hourly'\n    exporter: { image: quay.io/prometheuscommunity/elasticsearch-exporter:v1.9.0, resources: { cpu: 20m..20m, memory: 64Mi..64Mi } }\n    kibana: { image: docker.elastic.co/kibana/kibana:9.4.0, host: kibana.example.com, replicas: 1, resources: { cpu: 1..1, memory: 2Gi..2Gi } }\n";
    a_log_store_has_replicas: "  search: { host: logs.example.com, port: 9200 }\n" => "  elasticsearch:\n    namespace: watch\n    image: docker.elastic.co/elasticsearch/elasticsearch:9.5.2\n    nodes: 3\n    storage: { class: fast, size: 1Gi }\n    resources: { cpu: 1..1, memory: 2Gi..2Gi }\n    setup: '@hourly'\n    exporter: { image: quay.io/prometheuscommunity/elasticsearch-exporter:v1.9.0, resources: { cpu: 20m..20m, memory: 64Mi..64Mi } }\n    kibana: { image: docker.elastic.co/kibana/kibana:9.5.2, host: kibana.example.com, replicas: 0, resources: { cpu: 1..1, memory: 2Gi..2Gi } }\n";
    a_log_store_needs_certificates: "  search: { host: logs.example.com, port: 9200 }\n" => "  elasticsearch:\n    namespace: watch\n    image: docker.elastic.co/elasticsearch/elasticsearch:9.5.2\n    nodes: 3\n    storage: { class: fast, size: 1Gi }\n    resources: { cpu: 1..1, memory: 2Gi..2Gi }\n    setup: '@hourly'\n    exporter: { image: quay.io/prometheuscommunity/elasticsearch-exporter:v1.9.0, resources: { cpu: 20m..20m, memory: 64Mi..64Mi } }\n",
        "  certManager:\n    version: v1.21.1\n    issuer: { name: letsencrypt, directory: \"https://acme.example.com/directory\", email: ops@example.com }\n" => "";
    a_tier_exists: "baker: basic" => "baker: basci";
    a_tenant_has_a_namespace_of_its_own: "baker: basic" => "test: basic";
    a_tenants_name_fits_into_that_of_its_namespace: "baker: basic" => "the-bakery-at-the-corner-of-the-long-street-by-a-lak: basic";
    a_tier_has_a_pool: "nodePool: workers" => "nodePool: wrokers";
    a_node_holds_the_largest_container_of_its_tier: "maxCpu: 2, maxMemory: 4Gi" => "maxCpu: 4, maxMemory: 16Gi";
    a_quota_holds_the_largest_container: "quota: { cpu: 4..8, memory: 8Gi..16Gi, storage: 50Gi, pods: 30 }" => "quota: { cpu: 1, memory: 2Gi, storage: 50Gi, pods: 30 }";
    a_monitoring_tier_means_something: "monitoring: basic" => "monitoring: enhanced";
    a_circuit_breaker_exists: "circuitBreaker: eager" => "circuitBreaker: eagre";
    tenants_need_what_serves_them: "  kyverno: 3.9.0\n" => "";
    the_coordinator_runs_in_a_namespace_of_the_file: "namespace: watch # coordinator" => "namespace: wacth";
    the_pool_of_the_isolated_exists: "isolatedPool: workers" => "isolatedPool: wrokers";
    checkpoints_are_copied_to_two_regions: "    there: { account: shop, container: checkpoints-there }\n" => "";
}

rules! {
    the_autoscaler_is_of_the_cluster_s_minor: "cluster-autoscaler:v1.35.2" => "cluster-autoscaler:v1.34.4";
    something_decides_between_node_groups: "    coolDown: 10m" => "    coolDown: 10m\n    expanders: []";
    a_backup_has_its_chart: "  velero: 12.1.0\n" => "";
    a_canary_has_its_controller: "  argoRollouts: 2.41.0\n" => "";
    vertical_scaling_has_its_controller: "  verticalPodAutoscaler: 0.11.0\n" => "";
    scaling_by_use_has_its_metrics: "  metricsServer: 3.13.1\n" => "";
}

rules! {
    pools_fit_into_the_connections: "role: active\n" => "role: active\npostgres:\n  namespace: shop\n  image: docker.io/library/postgres:15.19-bookworm\n  database: shop\n  instances: 3\n  storage: { class: fast, size: 1Gi }\n  resources: { cpu: 1..1, memory: 1Gi..1Gi }\n  connections: 40\n  pooler:\n    image: docker.io/edoburu/pgbouncer:v1.25.2-p0\n    exporter: quay.io/prometheuscommunity/pgbouncer-exporter:v0.12.1\n    replicas: 2\n    resources: { cpu: 1..1, memory: 64Mi..64Mi }\n";
    a_pooler_has_replicas: "role: active\n" => "role: active\npostgres:\n  namespace: shop\n  image: docker.io/library/postgres:15.19-bookworm\n  database: shop\n  instances: 3\n  storage: { class: fast, size: 1Gi }\n  resources: { cpu: 1..1, memory: 1Gi..1Gi }\n  connections: 100\n  pooler:\n    image: docker.io/edoburu/pgbouncer:v1.25.2-p0\n    exporter: quay.io/prometheuscommunity/pgbouncer-exporter:v0.12.1\n    replicas: 0\n    resources: { cpu: 1..1, memory: 64Mi..64Mi }\n";
    a_restore_reaches_back: "role: active\n" => "role: active\npostgres:\n  namespace: shop\n  image: docker.io/library/postgres:15.19-bookworm\n  database: shop\n  instances: 3\n  storage: { class: fast, size: 1Gi }\n  resources: { cpu: 1..1, memory: 1Gi..1Gi }\n  connections: 100\n  archive:\n    image: docker.io/rclone/rclone:1.75.0\n    bucket: example-shop\n    schedule: '@daily'\n    keep: 12h\n    test: '@weekly'\n    resources: { cpu: 1..1, memory: 1Gi..1Gi }\n";
    what_follows_keeps_an_archive_of_its_own: "role: active\n" => "role: active\ntwin: { cluster: other, region: eu-west-2 }\npostgres:\n  namespace: shop\n  image: docker.io/library/postgres:15.19-bookworm\n  database: shop\n  instances: 3\n  storage: { class: fast, size: 1Gi }\n  resources: { cpu: 1..1, memory: 1Gi..1Gi }\n  connections: 100\n  follows: { bucket: example-other }\n";
    nobody_follows_himself: "role: active\n" => "role: active\ntwin: { cluster: other, region: eu-west-2 }\npostgres:\n  namespace: shop\n  image: docker.io/library/postgres:15.19-bookworm\n  database: shop\n  instances: 3\n  storage: { class: fast, size: 1Gi }\n  resources: { cpu: 1..1, memory: 1Gi..1Gi }\n  connections: 100\n  archive:\n    image: docker.io/rclone/rclone:1.75.0\n    bucket: example-shop\n    schedule: '@daily'\n    keep: 7d\n    test: '@weekly'\n    resources: { cpu: 1..1, memory: 1Gi..1Gi }\n  follows: { bucket: example-shop }\n";
    only_a_twin_is_followed: "role: active\n" => "role: active\npostgres:\n  namespace: shop\n  image: docker.io/library/postgres:15.19-bookworm\n  database: shop\n  instances: 3\n  storage: { class: fast, size: 1Gi }\n  resources: { cpu: 1..1, memory: 1Gi..1Gi }\n  connections: 100\n  archive:\n    image: docker.io/rclone/rclone:1.75.0\n    bucket: example-shop\n    schedule: '@daily'\n    keep: 7d\n    test: '@weekly'\n    resources: { cpu: 1..1, memory: 1Gi..1Gi }\n  follows: { bucket: example-other }\n";
    the_nodes_of_a_database_exist: "role: active\n" => "role: active\npostgres:\n  namespace: shop\n  image: docker.io/library/postgres:15.19-bookworm\n  database: shop\n  instances: 3\n  storage: { class: fast, size: 1Gi }\n  resources: { cpu: 1..1, memory: 1Gi..1Gi }\n  connections: 100\n  nodes: databse\n";
    a_cache_holds_something: "role: active\n" => "role: active\ncache:\n  namespace: shop\n  image: docker.io/valkey/valkey:9.1.1-alpine\n  exporter: docker.io/oliver006/redis_exporter:v1.88.0\n  resources: { cpu: 1..1, memory: 16Mi..16Mi }\n";
}
