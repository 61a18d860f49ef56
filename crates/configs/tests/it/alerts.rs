//! What holds for every expression of alerts and dashboards, and for every alert.

use std::collections::BTreeSet;

use configs::grafana::boards;
use configs::prometheus::alerts::{
    Area, Objective, Source, Thresholds, rule_file, service_tests, services, test_file,
};
use configs::prometheus::metrics::{Exporter, Kind, find};
use configs::prometheus::rule_tests::RuleTestFile;
use configs::prometheus::{Expression, RuleFile};
use names::{Bytes, Duration, NamespaceName, WorkloadName, name};

const THRESHOLDS: Thresholds = Thresholds {
    backup_age: Duration::hours(26),
    replication_lag: Duration::seconds(30),
    replication_backlog: Bytes::mebi(256),
};

/// Every area with limits that tests can count on.
pub(crate) fn areas() -> Vec<Area> {
    Area::every(&THRESHOLDS)
}

fn objective() -> Objective {
    Objective {
        namespace: name!(NamespaceName, "shop"),
        workload: name!(WorkloadName, "web"),
        errors: "1%".parse().unwrap(),
        latency: Duration::milliseconds(500),
        after: Duration::minutes(5),
    }
}

/// The alerts of a service in each way of counting its requests, with their tests.
pub(crate) fn of_services(rules: &str) -> [(RuleFile, RuleTestFile); 2] {
    [Source::Mesh, Source::Service].map(|source| {
        let file = RuleFile {
            groups: vec![services("services", source, &[objective()])],
        };
        (
            file,
            RuleTestFile::of(rules, service_tests(source, &objective())),
        )
    })
}

/// Every expression that Prometheus is asked, by alerts and dashboards.
fn expressions() -> Vec<Expression> {
    let mut file = rule_file(&areas());
    for (rules, _) in of_services("") {
        file.groups.extend(rules.groups);
    }
    let alerts = file.rules().map(|rule| rule.expression().clone());
    let dashboards = boards::all()
        .into_iter()
        .flat_map(|board| board.expressions().cloned().collect::<Vec<_>>());
    alerts.chain(dashboards).collect()
}

#[test]
fn every_metric_is_known() {
    for name in expressions().iter().flat_map(Expression::metrics) {
        assert!(
            find(&name).is_some(),
            "{name} is missing from the list of metrics"
        );
    }
}

#[test]
fn counters_are_asked_for_their_growth_alone() {
    for expression in expressions() {
        let text = expression.as_str();
        // A variable lists the labels of series, whose values it does not read.
        if boards::all()
            .iter()
            .any(|board| board.variables().any(|variable| variable == &expression))
        {
            continue;
        }
        for name in expression.metrics() {
            if find(&name).is_some_and(|metric| metric.kind != Kind::Gauge) {
                let uses = text.matches(name.as_str()).count();
                let growth = ["rate(", "increase("]
                    .map(|function| text.matches(&format!("{function}{name}")).count());
                assert_eq!(uses, growth[0] + growth[1], "{text}");
            }
        }
    }
}

#[test]
fn rows_about_whole_pods_are_not_added_to_those_of_their_containers() {
    for expression in expressions() {
        let text = expression.as_str();
        for name in [
            "container_cpu_usage_seconds_total{",
            "container_memory_working_set_bytes{",
        ] {
            for selector in text.split(name).skip(1) {
                let labels = selector.split_once('}').map_or("", |(labels, _)| labels);
                assert!(labels.contains("container!=\"\""), "{text}");
            }
        }
    }
}

#[test]
fn an_area_names_whom_it_needs() {
    let workloads = Area::Workloads.exporters();
    assert_eq!(
        workloads,
        BTreeSet::from([Exporter::Cadvisor, Exporter::KubeStateMetrics])
    );
    assert_eq!(
        Area::Monitoring.exporters(),
        BTreeSet::from([Exporter::Scrape, Exporter::Prometheus])
    );
}

#[test]
fn alerts_have_names_of_their_own_and_say_what_to_do() {
    let mut seen = BTreeSet::new();
    for alert in rule_file(&areas()).rules().filter_map(|rule| rule.alert()) {
        assert!(seen.insert(alert.alert.clone()), "{} twice", alert.alert);
        for label in ["severity", "runbook"] {
            assert!(
                alert
                    .labels
                    .iter()
                    .any(|(key, value)| key.as_str() == label && !value.is_empty()),
                "{}",
                alert.alert
            );
        }
        for annotation in ["summary", "description"] {
            assert!(
                alert
                    .annotations
                    .iter()
                    .any(|(key, value)| key.as_str() == annotation && !value.is_empty()),
                "{}",
                alert.alert
            );
        }
    }
}

#[test]
fn every_alert_is_tested_silent_and_raised() {
    let file = test_file(&areas(), "rules.yaml");
    let tests: Vec<_> = file
        .tests
        .iter()
        .flat_map(|group| &group.alert_rule_test)
        .collect();
    for alert in rule_file(&areas()).rules().filter_map(|rule| rule.alert()) {
        let of_it = || tests.iter().filter(|test| test.alertname == alert.alert);
        assert!(
            of_it().any(|test| !test.exp_alerts.is_empty()),
            "{} is never raised",
            alert.alert
        );
        assert!(
            of_it().any(|test| test.exp_alerts.is_empty()) || alert.alert == "Watchdog",
            "{} is never silent",
            alert.alert
        );
    }
}
