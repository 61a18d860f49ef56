//! METR019: the data sources of a dashboard are provisioned.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::monitoring::Source;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::syntax;

/// The data sources of a dashboard are provisioned.
pub(super) static RULE: Rule = Rule {
    code: "METR019",
    area: Area::Metrics,
    severity: Severity::Error,
    title: "the data sources of a dashboard are provisioned",
    why: "A panel whose data source Grafana does not know shows an error and no data.",
    fix: "Name the `uid` of a data source that is provisioned beside the dashboard.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for board in &cluster.monitoring.dashboards {
        let namespace = namespace_of(board.source.document);
        let Some(known) = known(&cluster.monitoring.data_sources, namespace) else {
            continue;
        };
        let mut told = BTreeSet::new();
        for (field, panel) in board.panels() {
            let own = [(field.clone(), panel)].into_iter();
            let targets = list(panel, "/targets")
                .map(|(at, target)| (format!("{field}.targets[{at}]"), target));
            for (field, value) in own.chain(targets) {
                let Some(uid) = text(value, "/datasource/uid").filter(|uid| is_plain(uid)) else {
                    continue;
                };
                if !known.contains(uid) && told.insert(uid.to_owned()) {
                    let near = syntax::nearest(uid, known.iter().copied());
                    let help = near.map(|near| format!("did you mean `{near}`?"));
                    let message = format!("no data source with the uid {uid} is provisioned");
                    let spot = board.source.spot(&format!("{field}.datasource.uid"));
                    findings.add_at(&spot, message, help);
                }
            }
        }
    }
}

/// The uids of the data sources of a namespace; `None` where there are none, or where Grafana makes up the uid of one.
fn known<'s>(sources: &'s [Source<'_>], namespace: &str) -> Option<BTreeSet<&'s str>> {
    let beside = sources
        .iter()
        .filter(|source| namespace_of(source.document) == namespace);
    let listed = beside.flat_map(|source| list(source.value(), "/datasources"));
    let uids: Vec<Option<&str>> = listed
        .map(|(_, source)| source.get("uid").and_then(Json::as_str))
        .collect();
    let known: Option<BTreeSet<&str>> = uids.into_iter().collect();
    known.filter(|known| !known.is_empty())
}

/// Whether a uid is neither a variable nor one of Grafana's own sources.
fn is_plain(uid: &str) -> bool {
    !uid.is_empty() && !uid.contains('$') && !uid.starts_with("--") && uid != "grafana"
}
