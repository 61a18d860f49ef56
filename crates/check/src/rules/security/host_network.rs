//! SEC004: pods have a network of their own.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::standards::{self, Control, Level};

/// Pods have a network of their own.
pub(crate) static RULE: Rule = Rule {
    code: "SEC004",
    area: Area::Security,
    severity: Severity::Warning,
    title: "pods have a network of their own",
    why: "On the network of the node no network policy holds, every port of the node is reachable, and the cloud gives out the identity of the node.",
    fix: "Take `hostNetwork` away and publish the port by a Service.",
    absorbs: &["kube-linter host-network", "polaris hostNetworkSet"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    standards::report(cluster, findings, Level::Baseline, Control::HostNetwork);
}
