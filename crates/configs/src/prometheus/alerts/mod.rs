//! The alerts, by area: a platform takes the areas whose systems it runs. Each comes with promtool
//! tests of every alert in it.

mod alerting;
mod autoscaling;
mod backup;
mod certificates;
mod cost;
mod database;
mod delivery;
mod log_storage;
mod logs;
mod monitoring;
mod nodes;
mod quotas;
mod rollouts;
mod secrets;
mod services;
mod storage;
mod workloads;

use std::collections::BTreeSet;

use names::{Bytes, Duration};

pub use services::{Objective, Source, service_tests, services};

use super::label::MetricName;
use super::metrics::{Exporter, find};
use super::rule_tests::{RuleTestFile, TestGroup};
use super::rules::{RuleFile, RuleGroup};

/// A set of alerts about one kind of system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Pods, Deployments, StatefulSets and Jobs. Needs cAdvisor and kube-state-metrics.
    Workloads,
    /// Horizontal autoscalers. Needs kube-state-metrics.
    Autoscaling,
    /// What namespaces may have. Needs kube-state-metrics.
    Quotas,
    /// Nodes and their disks. Needs kube-state-metrics and node-exporter.
    Nodes,
    /// Volume claims. Needs the kubelet.
    Storage,
    /// Prometheus.
    Monitoring,
    /// Alertmanager, and the way from it to people.
    Alerting,
    /// Certificates that are about to end. Needs cert-manager.
    Certificates,
    /// Secrets that do not follow their source. Needs External Secrets.
    Secrets,
    /// What Argo CD cannot bring about.
    Delivery,
    /// New versions that do not become healthy. Needs Argo Rollouts.
    Rollouts,
    /// What the cluster costs. Needs the cost model.
    Cost,
    /// The way of logs from the nodes. Needs Fluentd.
    Logs,
    /// The cluster that stores logs. Needs `elasticsearch_exporter`.
    LogStorage,
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

/// The limits that differ from cluster to cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// The greatest age of the newest backup.
    pub backup_age: Duration,
    /// How far a standby may be behind in time.
    pub replication_lag: Duration,
    /// How far it may be behind in log.
    pub replication_backlog: Bytes,
}

impl Area {
    /// All areas, in the order of the rule file.
    pub fn every(thresholds: &Thresholds) -> Vec<Self> {
        vec![
            Self::Workloads,
            Self::Autoscaling,
            Self::Quotas,
            Self::Nodes,
            Self::Storage,
            Self::Monitoring,
            Self::Alerting,
            Self::Certificates,
            Self::Secrets,
            Self::Delivery,
            Self::Rollouts,
            Self::Backup {
                maximum_age: thresholds.backup_age,
            },
            Self::Database {
                lag: thresholds.replication_lag,
                backlog: thresholds.replication_backlog,
            },
            Self::Cost,
            Self::Logs,
            Self::LogStorage,
        ]
    }

    /// Who has to be scraped for the alerts to mean anything.
    pub fn exporters(self) -> BTreeSet<Exporter> {
        metrics(&[self])
            .iter()
            .filter_map(|name| find(name))
            .map(|metric| metric.exporter)
            .collect()
    }

    /// The alerts.
    pub fn rules(self) -> RuleGroup {
        match self {
            Self::Workloads => workloads::rules(),
            Self::Autoscaling => autoscaling::rules(),
            Self::Quotas => quotas::rules(),
            Self::Nodes => nodes::rules(),
            Self::Storage => storage::rules(),
            Self::Monitoring => monitoring::rules(),
            Self::Alerting => alerting::rules(),
            Self::Certificates => certificates::rules(),
            Self::Secrets => secrets::rules(),
            Self::Delivery => delivery::rules(),
            Self::Rollouts => rollouts::rules(),
            Self::Cost => cost::rules(),
            Self::Logs => logs::rules(),
            Self::LogStorage => log_storage::rules(),
            Self::Backup { maximum_age } => backup::rules(maximum_age),
            Self::Database { lag, backlog } => database::rules(lag, backlog),
        }
    }

    /// promtool's tests of them.
    pub fn tests(self) -> Vec<TestGroup> {
        match self {
            Self::Workloads => workloads::tests(),
            Self::Autoscaling => autoscaling::tests(),
            Self::Quotas => quotas::tests(),
            Self::Nodes => nodes::tests(),
            Self::Storage => storage::tests(),
            Self::Monitoring => monitoring::tests(),
            Self::Alerting => alerting::tests(),
            Self::Certificates => certificates::tests(),
            Self::Secrets => secrets::tests(),
            Self::Delivery => delivery::tests(),
            Self::Rollouts => rollouts::tests(),
            Self::Cost => cost::tests(),
            Self::Logs => logs::tests(),
            Self::LogStorage => log_storage::tests(),
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
