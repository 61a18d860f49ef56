//! NET006: the backends of routes from outside may be reached by the controller that serves them.

use crate::cluster::Cluster;
use crate::network::calls::{self, Caller};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The backends of routes from outside may be reached by the controller that serves them.
pub(crate) static RULE: Rule = Rule {
    code: "NET006",
    area: Area::Network,
    severity: Severity::Error,
    title: "the backends of routes from outside may be reached by the controller that serves them",
    why: "No rule lets anybody in but pods that are known and are not the controller: whoever comes through the route gets a timeout.",
    fix: "Allow ingress to the backend's port from the namespace of the ingress controller or gateway.",
    absorbs: &["netpol-analyzer BlockedIngress"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let paths = cluster.paths();
    for call in calls::all(cluster, paths) {
        let (Some(document), Caller::Unknown(caller)) = (call.document, &call.caller) else {
            continue;
        };
        let is_open = |(to, port): &(usize, _)| paths.open_to_anyone(*to).contains(*port);
        if call.callees.iter().any(is_open) {
            continue;
        }
        if let Some((to, port)) = call.callees.first() {
            let why = paths.why_anyone(caller, *to, *port);
            let message = format!("{caller} cannot reach {}: {why}", call.title);
            findings.add(document, call.path.clone(), message);
        }
    }
}
