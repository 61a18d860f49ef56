//! The text of every application of the small environment, and of those that a variation changes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use manifest::{Application, Manifest};

use crate::environments::{Rendered, SMALL};

/// The objects of the cluster itself have snapshots of their own beside their component.
const SHOWN_ELSEWHERE: [&str; 2] = ["cluster", "pod-security-groups"];

/// What Argo CD is told of an application, as comments, and all of its manifests.
fn text(application: &Application) -> String {
    let mut text = format!(
        "# {}, wave {}, {}\n",
        application.namespace,
        application.wave,
        application.directory.as_str()
    );
    for ignored in &application.ignore_differences {
        let _ = writeln!(text, "# {ignored:?}");
    }
    for option in &application.sync_options {
        let _ = writeln!(text, "# {option:?}");
    }
    if let Some(chart) = &application.chart {
        let _ = writeln!(
            text,
            "# chart {} {} of {}",
            chart.chart, chart.version, chart.repository
        );
        let _ = writeln!(
            text,
            "# released as {}\n{:#}",
            chart.release_name, chart.values
        );
    }
    text.push_str(
        &application
            .manifests
            .iter()
            .map(Manifest::yaml)
            .collect::<Vec<_>>()
            .join("---\n"),
    );
    text
}

/// The text of each application by its name.
fn texts(fixture: &'static str) -> BTreeMap<String, String> {
    Rendered::of(fixture)
        .applications
        .iter()
        .filter(|application| !SHOWN_ELSEWHERE.contains(&application.name.as_str()))
        .map(|application| (application.name.to_string(), text(application)))
        .collect()
}

fn shows(name: &str, text: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn every_application_of_the_small_environment() {
    for (application, text) in texts(SMALL) {
        shows(&format!("{SMALL}-{application}"), &text);
    }
}

/// Shows what a variation changes, and holds it to changing nothing else and to leaving out only `missing`.
fn changes(fixture: &'static str, changed: &[&str], missing: &[&str]) {
    let (before, after) = (texts(SMALL), texts(fixture));
    let differing: Vec<&str> = after
        .iter()
        .filter(|(application, text)| before.get(*application) != Some(*text))
        .map(|(application, _)| application.as_str())
        .collect();
    assert_eq!(
        differing, changed,
        "the applications that `{fixture}` changes"
    );
    let gone: Vec<&str> = before
        .keys()
        .filter(|application| !after.contains_key(*application))
        .map(String::as_str)
        .collect();
    assert_eq!(
        gone, missing,
        "the applications that `{fixture}` leaves out"
    );
    for application in changed {
        if let Some(text) = after.get(*application) {
            shows(&format!("{fixture}-{application}"), text);
        }
    }
}

#[test]
fn a_canary_changes_its_service_only() {
    changes("canary", &["web"], &[]);
}

#[test]
fn a_blue_green_rollout_changes_its_service_only() {
    changes("blue-green", &["web"], &[]);
}

#[test]
fn another_pace_changes_every_service_that_rolls() {
    changes("rolling", &["orders", "web"], &[]);
}

#[test]
fn an_exposed_service_changes_itself_only() {
    changes("exposed", &["web"], &[]);
}

#[test]
fn a_measured_rollout_asks_prometheus() {
    changes(
        "analysis",
        &["argo-rollouts", "orders", "prometheus", "web"],
        &[],
    );
}

#[test]
fn a_load_balancer_is_let_in_past_the_mesh() {
    changes(
        "balanced",
        &[
            "aws-load-balancer-controller",
            "istio-ingress",
            "namespaces",
            "prometheus",
            "web",
        ],
        &[],
    );
}

#[test]
fn an_ingress_leads_to_services_in_the_mesh() {
    changes(
        "ingress",
        &[
            "cert-manager",
            "certificates",
            "ingress",
            "namespaces",
            "nginx-ingress",
            "orders",
            "prometheus",
            "web",
        ],
        &[],
    );
}

#[test]
fn a_service_says_more_than_the_least() {
    changes(
        "settled",
        &[
            "cert-manager",
            "namespaces",
            "orders",
            "prometheus",
            "prometheus-adapter",
            "web",
        ],
        &[],
    );
}

#[test]
fn callers_are_known_by_namespace_and_labels() {
    changes(
        "callers",
        &[
            "mesh-policies",
            "namespaces",
            "orders",
            "postgres",
            "prometheus",
            "web",
        ],
        &[],
    );
}

#[test]
fn secrets_and_an_account_change_the_service_and_what_it_proves_itself_with() {
    changes("secrets", &["orders", "postgres"], &[]);
}

#[test]
fn without_the_mesh_there_are_no_proxies_and_no_policies_of_theirs() {
    changes(
        "without-mesh",
        &[
            "mesh-policies",
            "namespaces",
            "orders",
            "postgres",
            "prometheus",
            "web",
        ],
        &[],
    );
}

#[test]
fn a_database_with_everything_around_it_and_a_cache() {
    changes(
        "database",
        &["cache", "orders", "postgres", "prometheus"],
        &[],
    );
}

#[test]
fn without_a_database_nobody_calls_it() {
    changes("without-postgres", &["orders"], &["postgres"]);
}

#[test]
fn without_backups_there_is_no_namespace_for_them_and_nothing_to_scrape() {
    changes(
        "without-backup",
        &["namespaces", "prometheus"],
        &["backups", "velero"],
    );
}

#[test]
fn policies_priorities_and_the_care_of_images() {
    changes(
        "guarded",
        &[
            "admission-policies",
            "constraint-definitions",
            "falco",
            "falco-rules",
            "gatekeeper",
            "image-scan",
            "image-signatures",
            "kyverno",
            "namespaces",
            "over-provisioning",
            "prometheus",
            "registry-settings",
            "scheduling",
        ],
        &[],
    );
}

#[test]
fn every_chart_with_its_values_and_what_follows_from_it() {
    changes(
        "addons",
        &[
            "argocd",
            "aws-load-balancer-controller",
            "calico",
            "calico-definitions",
            "calico-policies",
            "cert-manager",
            "certificates",
            "cluster-autoscaler",
            "external-dns",
            "falco",
            "gatekeeper",
            "istio-ingress",
            "kyverno",
            "namespaces",
            "nginx-ingress",
            "policy-controller",
            "prometheus",
            "trivy-operator",
        ],
        &[],
    );
}

#[test]
fn tenants_with_all_that_follows_from_their_tiers() {
    changes(
        "tenants",
        &[
            "kyverno",
            "namespaces",
            "prometheus",
            "tenant-policies",
            "tenant-tests",
            "tenants",
            "vpa-checkpoint-backup",
            "vpa-nap-coordinator",
        ],
        &[],
    );
}

#[test]
fn logs_that_are_stored_in_the_cluster_change_where_they_go() {
    changes(
        "log-store",
        &[
            "cert-manager",
            "elasticsearch",
            "fluentd",
            "kibana",
            "logstash",
            "namespaces",
            "prometheus",
        ],
        &[],
    );
}

#[test]
fn everything_that_watches() {
    changes(
        "monitored",
        &[
            "alertmanager",
            "grafana",
            "kube-state-metrics",
            "node-exporter",
            "opencost",
            "prometheus",
        ],
        &[],
    );
}
