//! Prometheus' files: snapshots, what an independent reader finds in them, and promtool.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests hand files to other programs"
)]

use std::fs;
use std::process::Command;

use configs::FilePath;
use configs::grafana::boards;
use configs::prometheus::alerts::{rule_file, test_file};
use configs::prometheus::jobs::{self, Application, Elsewhere, Endpoints, KubeletCertificate};
use configs::prometheus::{
    Alertmanager, Configuration, RecordingRule, Retention, Rule, RuleFile, RuleGroup,
};
use names::{Bytes, Duration, NamespaceName, PortName, ServiceName, WorkloadName, name, port};
use serde_yaml::Value;

use crate::alerts::{areas, of_services};
use crate::programs::run;
use crate::snapshots;

fn configuration() -> Configuration {
    let namespace = name!(NamespaceName, "monitoring");
    let state = Endpoints {
        namespace: &namespace,
        service: &name!(ServiceName, "kube-state-metrics"),
        port: &name!(PortName, "http-metrics"),
    };
    let controllers = [
        name!(NamespaceName, "argo-rollouts"),
        name!(NamespaceName, "cert-manager"),
    ];
    let (namespace_of_vectors, app_of_vectors) = (
        name!(NamespaceName, "vector-store"),
        name!(WorkloadName, "vector-store"),
    );
    let vectors = Application {
        namespace: &namespace_of_vectors,
        app: &app_of_vectors,
    };
    let alertmanager = Alertmanager::behind_service(
        &namespace,
        &name!(ServiceName, "alertmanager"),
        &name!(PortName, "http"),
    );
    Configuration::every(Duration::seconds(15), Duration::seconds(15))
        .keeping(Retention {
            time: Duration::days(30),
            size: Bytes::gibi(80),
        })
        .with_rules(FilePath::from_static("/etc/prometheus/rules/alerts.yaml"))
        .alerting(alertmanager)
        .scraping(jobs::own(port!(9090)))
        .scraping(jobs::api_server())
        .scraping(jobs::kubelet(KubeletCertificate::ClusterAuthority))
        .scraping(jobs::cadvisor(KubeletCertificate::SelfSigned))
        .scraping(jobs::node_port("node-exporter", port!(9100)))
        .scraping(jobs::about_others("kube-state-metrics", state))
        .scraping(jobs::application("vector-store", 50_000, vectors, None))
        .scraping(jobs::controllers(50_000, &controllers))
        .scraping(jobs::annotated_pods(
            50_000,
            Elsewhere {
                namespaces: &controllers,
                applications: &[vectors],
            },
        ))
}

/// The expressions of all dashboards as recordings, which is a form that promtool reads.
fn dashboards() -> RuleFile {
    let recordings = boards::all()
        .into_iter()
        .flat_map(|board| board.expressions().cloned().collect::<Vec<_>>())
        .enumerate()
        .map(|(at, expr)| RecordingRule {
            record: format!("dashboard:{at}").parse().unwrap(),
            expr,
            labels: std::collections::BTreeMap::new(),
        });
    RuleFile {
        groups: vec![RuleGroup {
            name: "dashboards".to_owned(),
            interval: None,
            rules: recordings.map(Rule::from).collect(),
        }],
    }
}

fn read(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

#[test]
fn the_configuration_of_a_cluster() {
    snapshots()
        .bind(|| insta::assert_snapshot!("prometheus__configuration", configuration().to_text()));
}

#[test]
fn the_alerts_of_every_area() {
    snapshots()
        .bind(|| insta::assert_snapshot!("prometheus__rules", rule_file(&areas()).to_text()));
}

#[test]
fn the_tests_of_every_area() {
    snapshots().bind(|| {
        insta::assert_snapshot!(
            "prometheus__rule_tests",
            test_file(&areas(), "rules.yaml").to_text()
        );
    });
}

#[test]
fn pods_are_relabelled_in_the_order_that_the_steps_need() {
    let configuration = read(&configuration().to_text());
    let jobs = configuration["scrape_configs"].as_sequence().unwrap();
    let pods = jobs
        .iter()
        .find(|job| job["job_name"] == "kubernetes-pods")
        .unwrap();
    let steps: Vec<(&str, &str)> = pods["relabel_configs"]
        .as_sequence()
        .unwrap()
        .iter()
        .map(|step| {
            (
                step["action"].as_str().unwrap(),
                step["target_label"].as_str().unwrap_or(""),
            )
        })
        .collect();
    let expected = [
        ("keep", ""),
        ("drop", ""),
        ("drop", ""),
        ("drop", ""),
        ("replace", "__scheme__"),
        ("replace", "__metrics_path__"),
        ("replace", "__address__"),
        ("replace", "__address__"),
        ("replace", "namespace"),
        ("replace", "pod"),
        ("replace", "node"),
    ];
    assert_eq!(steps, expected);
}

#[test]
fn only_controllers_may_speak_for_others() {
    let configuration = read(&configuration().to_text());
    for job in configuration["scrape_configs"].as_sequence().unwrap() {
        assert_eq!(
            job["honor_labels"] == true,
            ["kube-state-metrics", "controllers"].contains(&job["job_name"].as_str().unwrap()),
            "{job:?}"
        );
    }
}

#[test]
fn job_names_are_unique_and_every_job_has_targets() {
    let configuration = read(&configuration().to_text());
    let jobs = configuration["scrape_configs"].as_sequence().unwrap();
    let mut names: Vec<&str> = jobs
        .iter()
        .map(|job| job["job_name"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), jobs.len());
    for job in jobs {
        assert!(
            !job["kubernetes_sd_configs"].is_null() || !job["static_configs"].is_null(),
            "{job:?}"
        );
        for discovery in job["kubernetes_sd_configs"]
            .as_sequence()
            .into_iter()
            .flatten()
        {
            assert_ne!(
                discovery["role"], "endpoints",
                "deprecated with the objects that it reads"
            );
        }
    }
}

#[test]
fn retention_is_written_as_prometheus_reads_it() {
    let configuration = read(&configuration().to_text());
    let retention = &configuration["storage"]["tsdb"]["retention"];
    assert_eq!(
        (retention["time"].as_str(), retention["size"].as_str()),
        (Some("30d"), Some("80GB"))
    );
    assert_eq!(configuration["global"]["scrape_interval"], "15s");
}

#[test]
#[ignore = "needs promtool"]
fn promtool_accepts_the_files_and_the_alerts_pass_their_tests() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    let mut configuration = configuration();
    configuration.rule_files = vec![path("rules.yaml").to_str().unwrap().parse().unwrap()];
    // Debian's promtool is of version 2, which knows no retention in the file, and built without
    // Kubernetes discovery.
    if run(Command::new("promtool").arg("--version")).contains("version 2.") {
        configuration.storage = None;
        configuration.alerting = None;
        configuration
            .scrape_configs
            .iter_mut()
            .for_each(|job| job.kubernetes_sd_configs.clear());
    }
    let text = configuration.to_text().replace(
        "/var/run/secrets/kubernetes.io/serviceaccount",
        directory.path().to_str().unwrap(),
    );
    fs::write(path("token"), "").unwrap();
    fs::write(path("ca.crt"), "").unwrap();
    fs::write(path("prometheus.yml"), text).unwrap();
    fs::write(path("rules.yaml"), rule_file(&areas()).to_text()).unwrap();
    fs::write(path("dashboards.yaml"), dashboards().to_text()).unwrap();
    run(Command::new("promtool")
        .args(["check", "config"])
        .arg(path("prometheus.yml")));
    run(Command::new("promtool")
        .args(["check", "rules"])
        .arg(path("rules.yaml"))
        .arg(path("dashboards.yaml")));
    // Each area by itself: a test that takes days evaluates no other rules meanwhile.
    for (at, area) in areas().into_iter().enumerate() {
        let (rules, tests) = (format!("rules-{at}.yaml"), format!("tests-{at}.yaml"));
        fs::write(path(&rules), rule_file(&[area]).to_text()).unwrap();
        fs::write(path(&tests), test_file(&[area], &rules).to_text()).unwrap();
        run(Command::new("promtool")
            .args(["test", "rules"])
            .arg(path(&tests)));
    }
    for (at, (rules, tests)) in of_services("services.yaml").into_iter().enumerate() {
        fs::write(path("services.yaml"), rules.to_text()).unwrap();
        let file = format!("services-{at}.yaml");
        fs::write(path(&file), tests.to_text()).unwrap();
        run(Command::new("promtool")
            .args(["test", "rules"])
            .arg(path(&file)));
    }
}
