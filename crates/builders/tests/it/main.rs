//! What the builders promise: invariants between fields, the text of each kind, and what does not compile.

#![expect(clippy::expect_used, reason = "the helpers of tests are tests, too")]

mod access;
mod authorization;
mod autoscaling;
mod config_maps;
mod disruption;
mod flows;
mod jobs;
mod labels;
mod plain_text;
mod pods;
mod refused;
mod sample;
mod services;
mod shown;
mod workloads;
