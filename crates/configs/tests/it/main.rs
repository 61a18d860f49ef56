//! The files of this crate against readers and programs that share nothing with what writes them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests end the test"
)]

mod alertmanager;
mod alerts;
mod cache;
mod checkpoints;
mod coordinator;
mod elasticsearch;
mod falco;
mod fluentd;
mod fluentd_reader;
mod grafana;
mod kibana;
mod kubelet;
mod logstash;
mod logstash_reader;
mod nginx;
mod pooler;
mod postgres;
mod programs;
mod prometheus;
mod prometheus_adapter;
mod registry;
mod runbook;
mod templates;
mod tenants;

/// Snapshots by their own names, in one folder.
fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("../snapshots");
    settings
}
