//! What Velero is told to back up.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list};
use crate::document::Document;

/// All Backups and Schedules, with pointer and path of what to back up.
pub(super) fn all<'c, 'a>(
    cluster: &'c Cluster<'a>,
) -> impl Iterator<Item = (&'a Document, &'static str, &'static str)> + 'c {
    let schedules = cluster
        .of_kind("velero.io", "Schedule")
        .iter()
        .map(|document| (*document, "/spec/template", "spec.template"));
    let backups = cluster
        .of_kind("velero.io", "Backup")
        .iter()
        .map(|document| (*document, "/spec", "spec"));
    schedules.chain(backups)
}

/// Whether a backup takes a namespace.
pub(super) fn takes_namespace(template: &Json, namespace: &str) -> bool {
    is_taken(
        template,
        "includedNamespaces",
        "excludedNamespaces",
        &[namespace],
    )
}

/// Whether a backup takes a kind, by any of its names.
pub(super) fn takes_kind(template: &Json, names: &[&str]) -> bool {
    is_taken(template, "includedResources", "excludedResources", names)
}

fn is_taken(template: &Json, included: &str, excluded: &str, names: &[&str]) -> bool {
    let mut is_listed_at_all = false;
    let fits = |pattern: &str| names.iter().any(|name| covers(pattern, name));
    let mut is_in = false;
    for pattern in
        list(template, &format!("/{included}")).filter_map(|(_, pattern)| pattern.as_str())
    {
        is_listed_at_all = true;
        is_in |= fits(pattern);
    }
    let mut out =
        list(template, &format!("/{excluded}")).filter_map(|(_, pattern)| pattern.as_str());
    (is_in || !is_listed_at_all) && !out.any(fits)
}

/// Whether a pattern, which may end or begin with a star, covers a name.
fn covers(pattern: &str, name: &str) -> bool {
    match (pattern.strip_suffix('*'), pattern.strip_prefix('*')) {
        (Some(prefix), _) if name.starts_with(prefix) => true,
        (_, Some(suffix)) if name.ends_with(suffix) => true,
        _ => pattern == name,
    }
}
