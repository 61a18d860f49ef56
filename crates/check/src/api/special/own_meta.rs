//! The metadata of an object as it may be written: nothing in it that only a stored object has.

use serde_json::Value as Json;

use super::fields::{has, is_true, items, objects, said, texts, wrong};
use super::{Fields, Verdict};
use crate::syntax;

/// The metadata of an object that is new.
pub(in crate::api) fn own_meta_is_new(fields: &Fields) -> Verdict {
    if !said(fields, "uid").is_empty() {
        return wrong(
            "uid",
            "it is given by the server; with one, only that very object can be changed",
        );
    }
    let version = said(fields, "resourceVersion");
    if !version.is_empty() && version.parse::<u64>().is_err() {
        return wrong(
            "resourceVersion",
            "it is given by the server, and is a number",
        );
    }
    if has(fields, "managedFields") && !is_forgotten(items(fields, "managedFields")) {
        return wrong("managedFields", "they are written by the server");
    }
    let finalizers: Vec<&str> = texts(fields, "finalizers").collect();
    if let Some(name) = finalizers
        .iter()
        .find(|name| !syntax::is_qualified_name(name))
    {
        return wrong("finalizers", format!("{name:?} is no qualified name"));
    }
    if finalizers.contains(&"orphan") && finalizers.contains(&"foregroundDeletion") {
        return wrong(
            "finalizers",
            "orphan and foregroundDeletion exclude one another",
        );
    }
    owners_are_whole(fields)
}

/// Entries that are all null are taken for none, and those of which a time cannot be read are dropped.
fn is_forgotten(entries: &[Json]) -> bool {
    let is_unread = |entry: &Json| {
        let time = entry.get("time").and_then(Json::as_str);
        time.is_some_and(|time| !crate::format::is_valid("date-time", time))
    };
    !entries.is_empty() && (entries.iter().all(Json::is_null) || entries.iter().any(is_unread))
}

fn owners_are_whole(fields: &Fields) -> Verdict {
    let mut controllers = 0;
    for owner in objects(fields, "ownerReferences") {
        let lacks = ["apiVersion", "kind", "name", "uid"]
            .into_iter()
            .find(|part| said(owner, part).is_empty());
        if let Some(part) = lacks {
            return wrong("ownerReferences", format!("an owner has no {part}"));
        }
        let version = said(owner, "apiVersion");
        let is_version = match version.split_once('/') {
            Some((_, version)) => !version.is_empty() && !version.contains('/'),
            None => true,
        };
        if !is_version {
            return wrong(
                "ownerReferences",
                format!("{version:?} is no version of an API"),
            );
        }
        if version == "v1" && said(owner, "kind") == "Event" {
            return wrong("ownerReferences", "an event owns nothing");
        }
        controllers += usize::from(is_true(owner, "controller"));
    }
    if controllers > 1 {
        return wrong("ownerReferences", "only one owner is the controller");
    }
    Ok(())
}
