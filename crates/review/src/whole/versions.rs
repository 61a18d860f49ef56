//! Which programs and charts change their version.

use std::collections::BTreeMap;

use check::Document;
use serde_json::Value as Json;

use super::{Both, items, pods, tell, text};
use crate::model::{Direction, Topic, WholeChange, title};

/// Says which versions come, go and change.
pub(super) fn compare(both: &Both<'_>, found: &mut Vec<WholeChange>) {
    let Some(document) = both.any() else { return };
    let (before, after) = (versions(both.old), versions(both.new));
    let name = title(&document.id);
    for (what, new) in &after {
        match before.get(what) {
            Some(old) if old != new => {
                let line = format!("{name}: {what} {}", shorter(old, new));
                tell(found, Topic::Versions, Direction::Changed, line);
            }
            Some(_) => {}
            None => {
                let line = format!("{name}: {what} {new}");
                tell(found, Topic::Versions, Direction::Opened, line);
            }
        }
    }
    for (what, old) in &before {
        if !after.contains_key(what) {
            let line = format!("{name}: {what} {old}");
            tell(found, Topic::Versions, Direction::Closed, line);
        }
    }
}

/// `a:v1 → a:v2` as `a v1 → v2`.
fn shorter(old: &str, new: &str) -> String {
    match (old.rsplit_once(':'), new.rsplit_once(':')) {
        (Some((left, before)), Some((right, after))) if left == right && !after.contains('/') => {
            format!("{left} {before} → {after}")
        }
        _ => format!("{old} → {new}"),
    }
}

fn versions(document: Option<&Document>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let Some(document) = document else {
        return found;
    };
    if let Some(spec) = pods(document) {
        let containers = items(spec, "containers").chain(items(spec, "initContainers"));
        for container in containers {
            if let (Some(name), Some(image)) = (text(container, "/name"), text(container, "/image"))
            {
                found.insert(format!("image of {name}"), image.to_owned());
            }
        }
    }
    match (document.id.group(), document.id.kind.as_ref()) {
        ("argoproj.io", "Application") => charts(&document.value, &mut found),
        (group, _) if group.ends_with("cluster.x-k8s.io") => {
            for place in [
                "/spec/version",
                "/spec/topology/version",
                "/spec/template/spec/version",
            ] {
                if let Some(version) = text(&document.value, place) {
                    found.insert("Kubernetes".to_owned(), version.to_owned());
                }
            }
        }
        ("install.istio.io" | "sailoperator.io", _) => {
            for place in ["/spec/tag", "/spec/version"] {
                if let Some(version) = text(&document.value, place) {
                    found.insert("Istio".to_owned(), version.to_owned());
                }
            }
        }
        _ => {}
    }
    found
}

fn charts(value: &Json, found: &mut BTreeMap<String, String>) {
    let one = value.pointer("/spec/source").into_iter();
    let many = value
        .get("spec")
        .into_iter()
        .flat_map(|spec| items(spec, "sources"));
    for source in one.chain(many) {
        if let (Some(chart), Some(version)) =
            (text(source, "/chart"), text(source, "/targetRevision"))
        {
            found.insert(format!("chart {chart}"), version.to_owned());
        }
    }
}
