//! Prometheus 3: its configuration file, its rule files, and promtool's unit tests of the rules.

pub mod alerts;
mod client;
mod configuration;
mod discovery;
mod expression;
pub mod jobs;
mod label;
pub mod metrics;
mod relabel;
pub mod rule_tests;
mod rules;
mod scrape;
mod tenants;

pub use client::{Authorization, Scheme, TlsConfig, TlsVersion};
pub use configuration::{Alerting, Alertmanager, Configuration, Global, Retention, Storage, Tsdb};
pub use discovery::{
    AttachMetadata, KubernetesDiscovery, Namespaces, Role, Selector, StaticTargets,
};
pub use expression::Expression;
pub use label::{LabelName, MetricName};
pub use relabel::{Relabel, RelabelAction};
pub use rules::{AlertRule, RecordingRule, Rule, RuleFile, RuleGroup, Severity, anchor};
pub use scrape::{ScrapeConfig, ScrapeProtocol};
pub use tenants::MonitoringTier;
