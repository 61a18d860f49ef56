//! SEC007: no container takes a port of its node.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::standards::{self, Control, Level};

/// No container takes a port of its node.
pub(crate) static RULE: Rule = Rule {
    code: "SEC007",
    area: Area::Security,
    severity: Severity::Warning,
    title: "no container takes a port of its node",
    why: "A port of the node is reachable from outside of the cluster past every Service, and only one pod for each node gets it.",
    fix: "Publish the port by a Service.",
    absorbs: &["polaris hostPortSet"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    standards::report(cluster, findings, Level::Baseline, Control::HostPorts);
}
