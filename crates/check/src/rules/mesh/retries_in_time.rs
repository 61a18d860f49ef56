//! MESH046: the tries of a route fit into its timeout.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, text};
use crate::format::duration;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts;

/// The tries of a route fit into its timeout.
pub(crate) static RULE: Rule = Rule {
    code: "MESH046",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "the tries of a route fit into its timeout",
    why: "The timeout is for all tries together: the first slow one uses it up, and nothing is tried again.",
    fix: "Make the timeout longer than perTryTimeout, or shorten the tries.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for service in hosts::virtual_services(cluster) {
        for (index, route) in list(&service.value, "/spec/http") {
            let attempts = route.lookup("/retries/attempts").and_then(Json::as_i64);
            let each = text(route, "/retries/perTryTimeout");
            let all = text(route, "/timeout");
            let (Some(attempts), Some(each), Some(all)) = (attempts, each, all) else {
                continue;
            };
            let (Some(one), Some(whole)) = (duration::parse(each), duration::parse(all)) else {
                continue;
            };
            // A timeout of 0 is none.
            if attempts > 0 && whole > 0 && one >= whole {
                let message = format!(
                    "a try may take {each}, and all together {all}: none of the {attempts} retries is made"
                );
                findings.add(
                    service,
                    format!("spec.http[{index}].retries.perTryTimeout"),
                    message,
                );
            }
        }
    }
}
