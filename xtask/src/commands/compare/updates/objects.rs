//! The objects that are changed: those of files, and some of kinds that files seldom have.

use schemas::{Scope, Store};
use serde_json::{Value, json};

use check::read::read;

use super::Seed;
use super::live::{Request, Server};
use crate::commands::Session;
use crate::commands::compare::{CompareArguments, seeds};
use crate::failure::Failure;

/// Objects of kinds that files seldom have, each with as many fields as it takes.
const RARE: &str = include_str!("objects.yaml");

/// The namespace of most objects, the one of those that would change or refuse others in theirs, and one without any.
const NAMESPACES: [&str; 3] = [
    "compare-updates",
    "compare-updates-limits",
    "compare-updates-fresh",
];

/// Kinds that would judge, change or answer what others ask of the server.
const MEDDLING: [&str; 9] = [
    "APIService",
    "MutatingAdmissionPolicy",
    "MutatingAdmissionPolicyBinding",
    "MutatingWebhookConfiguration",
    "Namespace",
    "Node",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "ValidatingWebhookConfiguration",
];

/// What stands in the label of everything that is made.
const LABEL: &str = "compare-updates";

/// The objects wanted, with where they go.
pub(super) fn objects(
    session: &Session,
    arguments: &CompareArguments,
) -> Result<Vec<Seed>, Failure> {
    let minor = arguments.kubernetes.to_string();
    let rare = read(RARE, "objects.yaml").documents;
    let rare = rare.into_iter().map(|document| document.value);
    let given = seeds::objects(session, &arguments.paths)?;
    let wanted = |value: &Value| {
        let kind = value["kind"].as_str().unwrap_or_default().to_lowercase();
        let part = arguments.kind.as_deref().unwrap_or_default().to_lowercase();
        kind.contains(&part)
    };
    let all = rare.chain(given).filter(wanted).enumerate();
    Ok(all
        .filter_map(|(number, value)| seed(value, number, &minor))
        .collect())
}

fn seed(mut value: Value, number: usize, minor: &str) -> Option<Seed> {
    let (version, kind) = (
        value["apiVersion"].as_str()?.to_owned(),
        value["kind"].as_str()?.to_owned(),
    );
    if MEDDLING.contains(&kind.as_str()) {
        return None;
    }
    let (group, short) = version.split_once('/').unwrap_or(("", &version));
    let schema = Store::embedded().kind(minor, group, short, &kind)?;
    let is_ours = value.pointer("/metadata/labels/rare").is_some();
    // Definitions of others are in use.
    if !is_ours && kind == "CustomResourceDefinition" {
        return None;
    }
    let metadata = value.get_mut("metadata")?.as_object_mut()?;
    if !is_ours {
        metadata.insert("name".to_owned(), json!(format!("compare-{number}")));
    }
    for field in ["ownerReferences", "finalizers"] {
        metadata.remove(field);
    }
    metadata.entry("labels").or_insert_with(|| json!({}))[LABEL] = json!("object");
    let name = metadata.get("name")?.as_str()?.to_owned();
    let base = if group.is_empty() {
        "/api/v1".to_owned()
    } else {
        format!("/apis/{version}")
    };
    let place = if schema.scope == Scope::Namespaced {
        let namespace =
            NAMESPACES[usize::from(matches!(kind.as_str(), "ResourceQuota" | "LimitRange"))];
        metadata.insert("namespace".to_owned(), json!(namespace));
        format!("/namespaces/{namespace}")
    } else {
        metadata.remove("namespace");
        String::new()
    };
    value.as_object_mut()?.remove("status");
    Some(Seed {
        address: format!("{base}{place}/{}/{name}", schema.plural),
        value,
    })
}

/// Makes the objects; those that the server does not take are left out.
pub(super) fn make(server: &Server, wanted: &[Seed]) -> Result<Vec<Seed>, Failure> {
    let namespaces = NAMESPACES.map(|name| {
        let labels = json!({ LABEL: "object", "pod-security.kubernetes.io/enforce": "privileged" });
        let value = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}});
        Request::apply(&format!("/api/v1/namespaces/{name}"), value)
    });
    server.ask(&namespaces)?;
    let requests: Vec<Request> = wanted
        .iter()
        .map(|seed| Request::apply(&seed.address, seed.value.clone()))
        .collect();
    let answers = server.ask(&requests)?;
    let mut seeds = Vec::new();
    for (seed, answer) in wanted.iter().zip(answers) {
        match answer {
            Some(answer) if answer.accepted => seeds.push(seed.clone()),
            Some(answer) => answer_line!("left out: {}: {}", seed.address, answer.message),
            None => {}
        }
    }
    bind(server, &seeds)?;
    Ok(seeds)
}

/// Where an object could be made anew, and what it would be there; nothing for kinds whose name says what they are.
pub(super) fn fresh(seed: &Seed, changed: &Value) -> Option<(String, Value)> {
    let kind = changed["kind"].as_str()?;
    if kind == "IPAddress" {
        return None;
    }
    if kind == "CustomResourceDefinition" {
        return fresh_definition(seed, changed);
    }
    let mut fresh = changed.clone();
    let metadata = fresh.get_mut("metadata")?.as_object_mut()?;
    let address = if let Some(namespace) = metadata.get("namespace").and_then(Value::as_str) {
        let (from, to) = (
            format!("/namespaces/{namespace}/"),
            format!("/namespaces/{}/", NAMESPACES[2]),
        );
        metadata.insert("namespace".to_owned(), json!(NAMESPACES[2]));
        seed.address.replace(&from, &to)
    } else {
        let name = format!("{}-fresh", metadata.get("name")?.as_str()?);
        let address = seed.address.rsplit_once('/')?.0;
        let address = format!("{address}/{name}");
        metadata.insert("name".to_owned(), json!(name));
        address
    };
    Some((address, fresh))
}

/// The same definition in another group.
fn fresh_definition(seed: &Seed, changed: &Value) -> Option<(String, Value)> {
    let group = seed.value.pointer("/spec/group")?.as_str()?;
    if changed.pointer("/spec/group")?.as_str()? != group {
        return None;
    }
    let other = format!("fresh-{group}");
    let text = changed.to_string().replace(group, &other);
    let fresh = serde_json::from_str(&text).ok()?;
    Some((seed.address.replace(group, &other), fresh))
}

/// Claims are bound, as a controller would have them be.
fn bind(server: &Server, seeds: &[Seed]) -> Result<(), Failure> {
    let claims = seeds
        .iter()
        .filter(|seed| seed.value["kind"] == "PersistentVolumeClaim");
    let requests: Vec<Request> = claims
        .map(|seed| {
            let size = seed.value.pointer("/spec/resources/requests/storage");
            let status = json!({"status": {"phase": "Bound", "capacity": {"storage": size}}});
            Request::merge(format!("{}/status", seed.address), status)
        })
        .collect();
    server.ask(&requests).map(drop)
}

/// Takes everything away, also what a run that was stopped left behind.
pub(super) fn clean(server: &Server, wanted: &[Seed]) -> Result<(), Failure> {
    let free = json!({"metadata": {"finalizers": null}});
    // Custom resources before their definition: in the opposite order of making.
    let addresses = || wanted.iter().rev().map(|seed| seed.address.clone());
    let freed: Vec<Request> = addresses()
        .map(|address| Request::merge(address, free.clone()))
        .collect();
    server.ask(&freed)?;
    let deleted: Vec<Request> = addresses().map(Request::delete).collect();
    server.ask(&deleted)?;
    for name in NAMESPACES {
        let address = format!("/api/v1/namespaces/{name}");
        server.ask(&[Request::delete(address.clone())])?;
        // Where no controller empties namespaces, this lets them go.
        let metadata = json!({"name": name});
        let empty = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata, "spec": {"finalizers": []}});
        server.ask(&[Request::put(format!("{address}/finalize"), empty)])?;
    }
    Ok(())
}
