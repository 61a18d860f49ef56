//! The alerts, by area: a platform takes the areas whose systems it runs. Each comes with promtool
//! tests of every alert in it.

mod backup;
mod certificates;
mod database;
mod delivery;
mod mesh;
mod monitoring;
mod nodes;
mod secrets;
mod storage;
mod workloads;

use std::collections::BTreeSet;

use names::{Bytes, Duration};

use super::label::MetricName;
use super::rule_tests::{RuleTestFile, TestGroup};
use super::rules::{RuleFile, RuleGroup};

/// A set of alerts about one kind of system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Pods, Deployments, StatefulSets, Jobs and autoscalers. Needs cAdvisor and
    /// kube-state-metrics.
    Workloads,
    /// Nodes and their disks. Needs kube-state-metrics and node-exporter.
    Nodes,
    /// Volume claims. Needs the kubelet.
    Storage,
    /// Prometheus, Alertmanager and the way between them.
    Monitoring,
    /// Errors and latency between workloads. Needs Istio's proxies.
    Mesh,
    /// Certificates that are about to end. Needs cert-manager.
    Certificates,
    /// Secrets that do not follow their source. Needs External Secrets.
    Secrets,
    /// What Argo CD cannot bring about.
    Delivery,
    /// Backups that are not made. Needs Velero.
    Backup {
        /// The greatest age of the newest one: the schedule's interval and the time that a backup
        /// takes.
        maximum_age: Duration,
    },
    /// Replication. Needs `postgres_exporter`.
    Database {
        /// How far a standby may be behind in time.
        lag: Duration,
        /// How far it may be behind in log.
        backlog: Bytes,
    },
}

impl Area {
    /// The alerts.
    pub fn rules(self) -> RuleGroup {
        match self {
            Self::Workloads => workloads::rules(),
            Self::Nodes => nodes::rules(),
            Self::Storage => storage::rules(),
            Self::Monitoring => monitoring::rules(),
            Self::Mesh => mesh::rules(),
            Self::Certificates => certificates::rules(),
            Self::Secrets => secrets::rules(),
            Self::Delivery => delivery::rules(),
            Self::Backup { maximum_age } => backup::rules(maximum_age),
            Self::Database { lag, backlog } => database::rules(lag, backlog),
        }
    }

    /// promtool's tests of them.
    pub fn tests(self) -> Vec<TestGroup> {
        match self {
            Self::Workloads => workloads::tests(),
            Self::Nodes => nodes::tests(),
            Self::Storage => storage::tests(),
            Self::Monitoring => monitoring::tests(),
            Self::Mesh => mesh::tests(),
            Self::Certificates => certificates::tests(),
            Self::Secrets => secrets::tests(),
            Self::Delivery => delivery::tests(),
            Self::Backup { maximum_age } => backup::tests(maximum_age),
            Self::Database { lag, backlog } => database::tests(lag, backlog),
        }
    }
}

/// The rule file with these areas, in this order.
pub fn rule_file(areas: &[Area]) -> RuleFile {
    RuleFile {
        groups: areas.iter().map(|area| area.rules()).collect(),
    }
}

/// The test file for [`rule_file`] of the same areas, which must be written beside it under
/// `rule_file_name`.
pub fn test_file(areas: &[Area], rule_file_name: &str) -> RuleTestFile {
    RuleTestFile::of(rule_file_name, areas.iter().flat_map(|area| area.tests()))
}

/// Every metric that these areas ask for.
pub fn metrics(areas: &[Area]) -> BTreeSet<MetricName> {
    rule_file(areas)
        .rules()
        .flat_map(|rule| rule.expression().metrics())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use names::{Bytes, Duration};

    use super::{Area, metrics, rule_file, test_file};
    use crate::prometheus::metrics::{Kind, find};

    pub(crate) const ALL: [Area; 10] = [
        Area::Workloads,
        Area::Nodes,
        Area::Storage,
        Area::Monitoring,
        Area::Mesh,
        Area::Certificates,
        Area::Secrets,
        Area::Delivery,
        Area::Backup {
            maximum_age: Duration::hours(26),
        },
        Area::Database {
            lag: Duration::seconds(30),
            backlog: Bytes::mebi(256),
        },
    ];

    #[test]
    fn every_metric_is_known() {
        for name in metrics(&ALL) {
            assert!(
                find(&name).is_some(),
                "{name} is missing from the list of metrics"
            );
        }
    }

    #[test]
    fn counters_are_asked_for_their_growth_alone() {
        for rule in rule_file(&ALL).rules() {
            let text = rule.expression().as_str();
            for name in rule.expression().metrics() {
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
        for rule in rule_file(&ALL).rules() {
            let text = rule.expression().as_str();
            let cadvisor = [
                "container_cpu_usage_seconds_total",
                "container_memory_working_set_bytes",
            ];
            assert!(cadvisor.iter().all(|name| text.matches(name).count()
                == text.matches(&format!("{name}{{container!=\"\"}}")).count()));
        }
    }

    #[test]
    fn alerts_have_names_of_their_own_and_say_what_to_do() {
        let mut seen = BTreeSet::new();
        for alert in rule_file(&ALL).rules().filter_map(|rule| rule.alert()) {
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
        let file = test_file(&ALL, "rules.yaml");
        let tests: Vec<_> = file
            .tests
            .iter()
            .flat_map(|group| &group.alert_rule_test)
            .collect();
        for alert in rule_file(&ALL).rules().filter_map(|rule| rule.alert()) {
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
}
