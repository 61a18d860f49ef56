//! The text of each kind that a builder makes.

use builders::{
    ClusterGrant, ConfigMap, CronJob, DisruptionBudget, Endpoint, Flow, Flows, Grant,
    HorizontalAutoscaler, Job, Method, Peer, Permission, Pod, Probe, Probes, RunAs, ScaleMetric,
    SecretKeyRef, SecretRef, ServiceAccount, Volume, Workload,
};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use manifest::Manifest;
use names::{
    AnnotationKey, Bytes, ConfigMapName, CronSchedule, DataKey, Duration, EnvironmentVariable,
    PathPrefix, PriorityClassName, RoleName, SecretName, ServiceAccountName, VolumeName,
    WorkloadName, annotation_key, label_key, label_value, name, percentage, port,
};

use crate::sample::{
    ADMIN, HTTP, SHOP, VAULT, account, basket, canary, claim, container, pod, service, workload,
};

fn shows(name: &str, manifests: &[Manifest]) {
    let documents: Vec<String> = manifests.iter().map(Manifest::yaml).collect();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, documents.join("---\n"));
    });
}

/// A pod that uses most of what the builders have a word for.
fn full_pod() -> Pod {
    let identity = basket();
    let config = ConfigMap::new(&identity, &name!(ConfigMapName, "basket-settings"))
        .entry(&name!(DataKey, "LOG_LEVEL"), "info");
    let level = config
        .key(&name!(DataKey, "LOG_LEVEL"))
        .expect("the key was added");
    let secret = SecretRef::external(&SHOP, &name!(SecretName, "basket-db"), "of the tests");
    let password = SecretKeyRef::new(&secret, &name!(DataKey, "password"));
    let health = name!(PathPrefix, "/health");
    let probe = || Probe::http(&HTTP, &health).period(10).timeout(5);
    let container = container()
        .args(["--verbose"])
        .env(&name!(EnvironmentVariable, "MODE"), "on")
        .env_from_config_map(&name!(EnvironmentVariable, "LOG_LEVEL"), &level)
        .env_from_secret(&name!(EnvironmentVariable, "DATABASE_PASSWORD"), &password)
        .env_from_field(&name!(EnvironmentVariable, "POD_NAME"), "metadata.name")
        .mount(
            &Volume::scratch(&name!(VolumeName, "tmp"), Bytes::mebi(64)),
            "/tmp",
        )
        .mount_read_only(
            &Volume::config_map(&name!(VolumeName, "settings"), &config.handle()),
            "/etc/basket",
        )
        .probes(
            Probes::new(probe().failures(3), probe())
                .startup(probe().initial_delay(5).failures(30)),
        );
    let priority = builders::PriorityClassRef::declared(
        &name!(PriorityClassName, "important"),
        "of the tests",
    );
    Pod::new(
        &identity,
        &account(&identity),
        RunAs::same(10_001),
        container,
    )
    .annotation(&annotation_key!("platform/config"), config.fingerprint())
    .spread_over_zones(false, Some("pod-template-hash"))
    .prefer_separate_nodes()
    .on_nodes(&label_key!("class"), &label_value!("compute"))
    .tolerate(&label_key!("class"), &label_value!("compute"), "NoSchedule")
    .priority(&priority)
    .termination_grace(Duration::seconds(35))
}

#[test]
fn a_deployment() {
    let share = || IntOrString::String("25%".to_owned());
    shows(
        "deployment",
        &[Workload::deployment(full_pod())
            .rolling_update(share(), share())
            .manifest()],
    );
}

#[test]
fn a_canary_rollout() {
    shows(
        "rollout-canary",
        &[Workload::canary(pod(&basket()), canary(&basket())).manifest()],
    );
}

#[test]
fn a_blue_green_rollout() {
    let active = service(&basket(), "").handle();
    let preview = service(&basket(), "-preview").handle();
    shows(
        "rollout-blue-green",
        &[Workload::blue_green(pod(&basket()), &active, &preview).manifest()],
    );
}

#[test]
fn a_stateful_set() {
    let identity = basket();
    let claim = claim(&identity);
    let container = container().mount(&claim.volume(), "/var/lib/basket");
    let pod = Pod::new(&identity, &account(&identity), RunAs::same(999), container)
        .require_separate_nodes();
    let headless = service(&identity, "-headless").headless().handle();
    shows(
        "stateful-set",
        &[Workload::stateful_set(pod, &headless, [claim])
            .replicas(3)
            .manifest()],
    );
}

#[test]
fn a_daemon_set() {
    let logs = Volume::host_path(&name!(VolumeName, "logs"), "/var/log", "Directory");
    let container = container().mount_read_only(&logs, "/var/log");
    let pod = Pod::new(
        &basket(),
        &account(&basket()),
        RunAs::same(10_001),
        container,
    )
    .with_api_access();
    shows("daemon-set", &[Workload::daemon_set(pod).manifest()]);
}

#[test]
fn a_job_and_a_cron_job() {
    let nightly = CronSchedule::from_static("15 2 * * *");
    shows(
        "job-and-cron-job",
        &[
            Job::new(pod(&basket())).manifest(),
            CronJob::new(pod(&basket()), &nightly).manifest(),
        ],
    );
}

#[test]
fn an_autoscaler_and_a_budget() {
    let target = Workload::deployment(pod(&basket())).scale_target();
    let autoscaler = HorizontalAutoscaler::new(&basket(), &target, 2, 10)
        .metrics([
            ScaleMetric::Cpu(percentage!(70)),
            ScaleMetric::Memory(percentage!(80)),
        ])
        .stabilization(Some(Duration::seconds(0)), Some(Duration::minutes(5)));
    shows(
        "autoscaler-and-budget",
        &[
            autoscaler.manifest(),
            DisruptionBudget::max_unavailable(&basket(), 1).manifest(),
        ],
    );
}

#[test]
fn services() {
    const SCHEME: AnnotationKey =
        annotation_key!("service.beta.kubernetes.io/aws-load-balancer-scheme");
    let pod_name = label_key!("statefulset.kubernetes.io/pod-name");
    shows(
        "services",
        &[
            service(&basket(), "")
                .port(port!(9000), &ADMIN)
                .app_protocol("http")
                .manifest(),
            service(&basket(), "-headless").headless().manifest(),
            service(&basket(), "-primary")
                .only(&pod_name, &label_value!("basket-0"))
                .sticky(600)
                .manifest(),
            service(&basket(), "-public")
                .load_balancer(Some("service.k8s.aws/nlb"))
                .annotation(&SCHEME, "internet-facing")
                .manifest(),
        ],
    );
}

#[test]
fn accounts_and_rights() {
    let account = ServiceAccount::new(&basket(), &name!(ServiceAccountName, "basket"));
    let handle = account.handle();
    let read = || Permission::new("", ["configmaps"], ["get", "list"]);
    let mut manifests = vec![account.manifest()];
    manifests.extend(
        Grant::new(&SHOP, &name!(RoleName, "basket-reader"), &handle, [read()]).manifests(),
    );
    manifests.extend(
        ClusterGrant::new(&name!(RoleName, "platform:basket"), &handle, [read()]).manifests(),
    );
    shows("accounts-and-rights", &manifests);
}

#[test]
fn policies_of_flows() {
    let peer = |identity| Peer::meshed(&identity, &account(&identity));
    let client = peer(basket());
    let server = Endpoint {
        peer: peer(workload(&VAULT, &name!(WorkloadName, "keys"))),
        port: HTTP,
    };
    let flows = Flows::from_iter([
        Flow::new(&client, &server).methods([Method::Get]),
        Flow::new(
            &server.peer,
            &Endpoint {
                peer: server.peer.clone(),
                port: ADMIN,
            },
        ),
    ]);
    let owned = flows
        .network_policies()
        .into_iter()
        .chain(flows.authorization_policies());
    shows(
        "policies-of-flows",
        &owned.map(|owned| owned.manifest).collect::<Vec<_>>(),
    );
}
