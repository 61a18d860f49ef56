//! The same review against a cluster: what it has now, and what it says that it would have.

mod proxy;

use std::collections::{BTreeMap, BTreeSet};

use check::Document;
use check::read::read;
use names::KubernetesMinor;
use review::{Effect, Files, Review, Trees};
use schemas::{KindSchema, Scope, Store};
use serde_json::{Map, Value as Json};

use self::proxy::{Patch, Proxy};
use crate::failure::Failure;

/// What the cluster has and would have, as two trees, and what it refuses, by file.
pub(super) struct Live {
    pub(super) trees: Trees,
    refused: BTreeMap<String, String>,
    unknown: Vec<String>,
}

/// A file that is no manifest, and names the origins of those that are.
const LEDGER: &str = "ledger.json";
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";
const TRACKING: &str = "argocd.argoproj.io/tracking-id";
/// Written into each object by what applies it; says nothing about the object.
const ANNOTATIONS: [&str; 3] = [LAST_APPLIED, TRACKING, "deployment.kubernetes.io/revision"];

/// Asks the cluster of the current context about every object of a tree. Nothing is written.
pub(super) fn ask(mut files: Files, minor: KubernetesMinor) -> Result<Live, Failure> {
    let proxy = Proxy::start()?;
    let minor = minor.to_string();
    let (mut base, mut head) = (Files::new(), Files::new());
    if let Some(ledger) = files.remove(LEDGER) {
        base.insert(LEDGER.to_owned(), ledger.clone());
        head.insert(LEDGER.to_owned(), ledger);
    }
    let mut live = Live {
        trees: Trees::new(Files::new(), Files::new()),
        refused: BTreeMap::new(),
        unknown: Vec::new(),
    };
    let documents = documents(&files);
    for document in &documents {
        let file = document.source.file.clone().unwrap_or_default();
        let Some(kind) = kind_of(&minor, document) else {
            live.unknown.push(format!(
                "{}: its kind is not known, so that the cluster was not asked",
                document.id
            ));
            continue;
        };
        let path = path(kind, document);
        let now = proxy.get(&path)?;
        let is_there = now.is_good();
        if !is_there && now.status != 404 {
            live.unknown
                .push(format!("{}: {}", document.id, now.message()));
            continue;
        }
        let (how, body) = patch(is_there.then_some(&now.body), &document.value);
        let then = proxy.dry_run(&path, how, &body)?;
        if is_there {
            base.insert(file.clone(), bytes(&now.body));
        }
        let after = if then.is_good() {
            then.body
        } else {
            live.refused.insert(file.clone(), then.message());
            let mut merged = if is_there {
                now.body
            } else {
                document.value.clone()
            };
            merge(&mut merged, &body);
            merged
        };
        head.insert(file, bytes(&after));
    }
    orphans(&proxy, &minor, &documents, &mut base)?;
    live.trees = Trees::new(base, head);
    Ok(live)
}

impl Live {
    /// What the server said of what it refused, and without what Argo CD would leave alone.
    pub(super) fn complete(self, review: &mut Review) {
        for object in &mut review.objects {
            let Some(message) = self.refused.get(&object.file) else {
                continue;
            };
            object.refused = true;
            object.effect = object.effect.max(Effect::Refused);
            object.reason = format!("the API server refuses it: {message}");
        }
        review
            .objects
            .retain(|object| object.effect > Effect::Nothing);
        review
            .objects
            .sort_by_key(|object| std::cmp::Reverse((object.effect, object.refused)));
        review.undecided.extend(self.unknown);
    }
}

/// The objects of all files; of several in one file only the first has its place.
fn documents(files: &Files) -> Vec<Document> {
    let mut documents = Vec::new();
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(bytes);
        // What stands in `install/` nobody applies.
        if path.starts_with("install/") {
            continue;
        }
        for (index, mut document) in read(&text, path).documents.into_iter().enumerate() {
            if index > 0 {
                document.source.file = Some(format!("{path}#{index}.yaml"));
            }
            documents.push(document);
        }
    }
    documents
}

fn kind_of(minor: &str, document: &Document) -> Option<&'static KindSchema> {
    let id = &document.id;
    Store::embedded().kind(minor, id.group(), id.version(), &id.kind)
}

/// The address of a kind's objects, of one namespace or of all.
fn collection(kind: &KindSchema, namespace: Option<&str>) -> String {
    let root = if kind.group.is_empty() {
        "/api"
    } else {
        "/apis"
    };
    let place = match (kind.scope, namespace) {
        (Scope::Namespaced, Some(namespace)) => format!("/namespaces/{namespace}"),
        _ => String::new(),
    };
    format!("{root}/{}{place}/{}", kind.api_version(), kind.plural)
}

fn path(kind: &KindSchema, document: &Document) -> String {
    let namespace = document.id.namespace.as_deref().unwrap_or("default");
    format!("{}/{}", collection(kind, Some(namespace)), document.id.name)
}

/// How the object would be applied: merged with what was applied last, where that is known, else by the server.
fn patch(now: Option<&Json>, manifest: &Json) -> (Patch, Json) {
    let last = now.and_then(|now| {
        now.pointer("/metadata/annotations")?
            .get(LAST_APPLIED)?
            .as_str()
    });
    let last: Option<Json> = last.and_then(|last| serde_json::from_str(last).ok());
    match last {
        Some(last) => {
            let mut merge = manifest.clone();
            forget(&last, &mut merge);
            (Patch::Merge, merge)
        }
        None => (Patch::Apply, manifest.clone()),
    }
}

/// What was applied and is no longer said is to be removed.
fn forget(last: &Json, patch: &mut Json) {
    let (Some(last), Some(fields)) = (last.as_object(), patch.as_object_mut()) else {
        return;
    };
    for (name, before) in last {
        match fields.get_mut(name) {
            Some(field) => forget(before, field),
            None => {
                fields.insert(name.clone(), Json::Null);
            }
        }
    }
}

/// A JSON merge patch (RFC 7396).
fn merge(target: &mut Json, patch: &Json) {
    let Some(fields) = patch.as_object() else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Json::Object(Map::new());
    }
    if let Some(object) = target.as_object_mut() {
        for (name, value) in fields {
            if value.is_null() {
                object.remove(name);
            } else {
                merge(object.entry(name.clone()).or_insert(Json::Null), value);
            }
        }
    }
}

/// The object without what the server and its clients write down for themselves.
fn bytes(object: &Json) -> Vec<u8> {
    let mut object = object.clone();
    if let Some(annotations) = object
        .pointer_mut("/metadata/annotations")
        .and_then(Json::as_object_mut)
    {
        annotations.retain(|name, _| !ANNOTATIONS.contains(&name.as_str()));
    }
    let is_empty = object
        .pointer("/metadata/annotations")
        .and_then(Json::as_object)
        .is_some_and(Map::is_empty);
    if let Some(metadata) = object.get_mut("metadata").and_then(Json::as_object_mut) {
        metadata.remove("managedFields");
        if is_empty {
            metadata.remove("annotations");
        }
    }
    if let Some(fields) = object.as_object_mut() {
        fields.remove("status");
    }
    object.to_string().into_bytes()
}

/// What applications of the tree once applied, and what is no longer in it: Argo CD would prune it.
fn orphans(
    proxy: &Proxy,
    minor: &str,
    documents: &[Document],
    base: &mut Files,
) -> Result<(), Failure> {
    let applications: BTreeSet<&str> = documents
        .iter()
        .filter(|document| document.id.kind == "Application")
        .map(|document| document.id.name.as_str())
        .collect();
    let kinds: BTreeSet<(&str, &str)> = documents
        .iter()
        .map(|document| (document.id.api_version.as_ref(), document.id.kind.as_ref()))
        .collect();
    for (api_version, kind) in kinds {
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        let Some(schema) = Store::embedded().kind(minor, group, version, kind) else {
            continue;
        };
        let listed = proxy.get(&collection(schema, None))?;
        let items = listed.body.get("items").and_then(Json::as_array);
        for item in items.into_iter().flatten() {
            let tracked = item
                .pointer("/metadata/annotations")
                .and_then(|all| all.get(TRACKING)?.as_str());
            let application = tracked
                .and_then(|tracked| tracked.split(':').next())
                .unwrap_or_default();
            if !applications.contains(application) {
                continue;
            }
            let mut item = item.clone();
            item["apiVersion"] = Json::from(api_version);
            item["kind"] = Json::from(kind);
            let orphan = Document::from_value(item.clone(), None);
            if !documents
                .iter()
                .any(|document| document.id.is_same_object(&orphan.id))
            {
                let namespace = orphan.id.namespace.as_deref().unwrap_or("_cluster");
                let file = format!(
                    "apps/{application}/{namespace}/{}-{}.json",
                    kind.to_lowercase(),
                    orphan.id.name
                );
                base.insert(file, bytes(&item));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Patch, merge, patch};

    #[test]
    fn what_was_applied_and_is_no_longer_said_is_removed() {
        let last = json!({"spec": {"a": 1, "b": {"c": 2, "d": 3}}}).to_string();
        let now = json!({"metadata": {"annotations": {super::LAST_APPLIED: last}}, "spec": {"a": 1, "b": {"c": 2, "d": 3}, "given": 4}});
        let (kind, body) = patch(Some(&now), &json!({"spec": {"b": {"c": 5}}}));
        assert_eq!(kind, Patch::Merge);
        assert_eq!(body, json!({"spec": {"a": null, "b": {"c": 5, "d": null}}}));
        let mut then = now["spec"].clone();
        merge(&mut then, &body["spec"]);
        assert_eq!(
            then,
            json!({"b": {"c": 5}, "given": 4}),
            "what the server gave stays"
        );
    }

    #[test]
    fn what_nobody_applied_before_is_applied_by_the_server() {
        let (kind, _) = patch(None, &json!({"spec": {}}));
        assert_eq!(kind, Patch::Apply);
    }
}
