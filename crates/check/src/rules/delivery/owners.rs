//! DELV015: an object has one Application.

use std::collections::{BTreeMap, BTreeSet};

use crate::cluster::{Cluster, text};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::applications::{self, Tree};
use crate::rules::delivery::scopes;

/// An object has one Application.
pub(crate) static RULE: Rule = Rule {
    code: "DELV015",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "an object has one Application",
    why: "Each Application applies its own version in turn, and the one that prunes first takes the object away from the other.",
    fix: "Move the object, or one of the folders, so that one Application applies it.",
    absorbs: &[],
    check: Some(check),
};

/// Cluster, group, kind, namespace and name of an object as Argo CD applies it.
type Applied<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let tree = Tree::of(cluster);
    let mut owned: BTreeMap<Applied<'_>, Vec<(&Document, &Document)>> = BTreeMap::new();
    for document in cluster.documents() {
        for owner in tree.owners(document) {
            let application = owner.application;
            let namespace = match scopes::of(document) {
                Some(true) => "",
                _ => document.id.namespace.as_deref().unwrap_or_else(|| {
                    text(&application.value, "/spec/destination/namespace").unwrap_or_default()
                }),
            };
            let key = (
                applications::destination(application),
                document.id.group(),
                document.id.kind.as_ref(),
                namespace,
                document.id.name.as_str(),
            );
            owned.entry(key).or_default().push((document, application));
        }
    }
    for owners in owned.values() {
        let names: BTreeSet<&str> = owners
            .iter()
            .map(|(_, application)| application.id.name.as_str())
            .collect();
        let Some((document, _)) = owners.first().filter(|_| names.len() > 1) else {
            continue;
        };
        let names: Vec<&str> = names.into_iter().collect();
        let message = format!("the Applications {} both apply it", names.join(" and "));
        findings.add(
            document,
            "",
            message.replace(" both ", if names.len() > 2 { " all " } else { " both " }),
        );
    }
}
