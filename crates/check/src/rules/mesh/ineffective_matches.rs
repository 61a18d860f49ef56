//! MESH037: every condition of a route can make a difference.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts;
use crate::rules::mesh::route_order::{self, Judgement};

/// Every condition of a route can make a difference.
pub(crate) static RULE: Rule = Rule {
    code: "MESH037",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "every condition of a route can make a difference",
    why: "A condition whose requests an earlier one takes all is never tried; the more special one belongs before the more general one.",
    fix: "Put it before the other, or remove it.",
    absorbs: &["istioctl IST0131"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for service in hosts::virtual_services(cluster) {
        route_order::judge(service, &mut |path, judgement, message| {
            if judgement == Judgement::Ineffective {
                findings.add(service, path, message);
            }
        });
    }
}
