//! MESH036: every route of a `VirtualService` can be reached.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts;
use crate::rules::mesh::route_order::{self, Judgement};

/// Every route of a `VirtualService` can be reached.
pub(crate) static RULE: Rule = Rule {
    code: "MESH036",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "every route of a VirtualService can be reached",
    why: "The first route that fits a request takes it: one that stands behind a route without conditions, or repeats the conditions of an earlier one, is never taken.",
    fix: "Put the route before the other, or remove it.",
    absorbs: &["istioctl IST0130"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for service in hosts::virtual_services(cluster) {
        route_order::judge(service, &mut |path, judgement, message| {
            if judgement == Judgement::Unreachable {
                findings.add(service, path, message);
            }
        });
    }
}
