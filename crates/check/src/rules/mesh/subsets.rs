//! MESH003: the subsets that a `VirtualService` sends to are defined.

use crate::cluster::{Cluster, namespace_of, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts;
use crate::rules::mesh::routes::{self, Route};
use crate::syntax;

/// The subsets that a `VirtualService` sends to are defined.
pub(crate) static RULE: Rule = Rule {
    code: "MESH003",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "the subsets that a VirtualService sends to are defined",
    why: "A subset that no DestinationRule defines has no endpoints: its share of the requests is answered with 503.",
    fix: "Define the subset in the DestinationRule of the same host.",
    absorbs: &["istioctl IST0101"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for Route {
        document,
        destination,
        path,
    } in routes::all(cluster)
    {
        let (Some(host), Some(subset)) = (routes::host(destination), text(destination, "/subset"))
        else {
            continue;
        };
        let defined: Vec<&str> = hosts::destination_rules(cluster, host, namespace_of(document))
            .flat_map(|rule| hosts::subsets(rule).map(|(_, name, _)| name))
            .collect();
        if !defined.contains(&subset) {
            let help = syntax::nearest(subset, defined.iter().copied())
                .map(|near| format!("did you mean `{near}`?"));
            let message = format!("no DestinationRule defines the subset {subset} of {host}");
            findings.add_with_help(document, format!("{path}.subset"), message, help);
        }
    }
}
