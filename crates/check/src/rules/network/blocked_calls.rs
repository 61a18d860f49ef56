//! NET004: what is meant to talk may talk.

use std::collections::BTreeSet;

use crate::cluster::Cluster;
use crate::network::calls::{self, Call, Caller};
use crate::network::{Endpoint, Paths};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// What is meant to talk may talk.
pub(crate) static RULE: Rule = Rule {
    code: "NET004",
    area: Area::Network,
    severity: Severity::Error,
    title: "what is meant to talk may talk",
    why: "A call that the environment declares, or that a setting of the caller names, is denied by the policies of one of its ends: it times out or is reset.",
    fix: "Allow the call at the end that is named, or take it back where it is not meant. Both ends have to allow it, and so has the mesh at the callee.",
    absorbs: &["netpol-analyzer eval"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let paths = cluster.paths();
    let mut said = BTreeSet::new();
    for call in calls::all(cluster, paths) {
        let Some(document) = call.document else {
            continue;
        };
        let callers = match &call.caller {
            Caller::Ends(callers) => callers.iter().map(std::slice::from_ref).collect(),
            Caller::OneOf(callers) => vec![callers.as_slice()],
            // What comes from outside is told by the rule for it.
            Caller::Unknown(_) => continue,
        };
        for callers in callers {
            let Some(why) = blocked(paths, callers, &call) else {
                continue;
            };
            let from = callers.first().and_then(|caller| paths.endpoint(*caller));
            let from = from.map(Endpoint::to_string).unwrap_or_default();
            let message = format!("{from} cannot reach {}: {why}", call.title);
            if said.insert((document.id.clone(), call.path.clone(), message.clone())) {
                findings.add(document, call.path.clone(), message);
            }
        }
    }
}

/// Why none of the callers gets through to any of the callees; nothing where one does.
pub(super) fn blocked(paths: &Paths, callers: &[usize], call: &Call<'_>) -> Option<String> {
    let mut pairs = callers.iter().flat_map(|from| {
        call.callees
            .iter()
            .map(move |(to, port)| (*from, *to, *port))
    });
    let is_open = pairs
        .clone()
        .any(|(from, to, port)| paths.open_at_most(from, to).contains(port));
    if is_open {
        return None;
    }
    pairs
        .next()
        .map(|(from, to, port)| paths.why(from, to, port).to_string())
}
