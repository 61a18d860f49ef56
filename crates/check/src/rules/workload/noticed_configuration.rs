//! WORK037: pods come anew when the configuration changes that they start with.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::cluster::{Cluster, Pods, list, text};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::refs::data_references;

/// Pods come anew when the configuration changes that they start with.
pub(crate) static RULE: Rule = Rule {
    code: "WORK037",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "pods come anew when the configuration changes that they start with",
    why: "Variables and files of a subPath are filled in when a container starts: a changed ConfigMap does nothing until somebody restarts the pods, and then some have the old one and some the new.",
    fix: "Put a checksum of the data into an annotation of the pod template, or into the name of the ConfigMap.",
    absorbs: &[],
    check: Some(check),
};

/// The kinds whose pods run on.
const KINDS: [&str; 4] = ["Deployment", "StatefulSet", "DaemonSet", "Rollout"];
/// What the name of an annotation has in it that changes with the configuration.
const MARKS: [&str; 7] = [
    "checksum",
    "digest",
    "fingerprint",
    "hash",
    "revision",
    "sha",
    "version",
];
/// Where images of databases look for what they run once, before there are data.
const ONCE: &str = "/docker-entrypoint-initdb.d";
/// The shortest text that is taken for a checksum.
const SHORTEST: usize = 8;
/// The length of what kustomize adds to a name.
const SUFFIX: usize = 10;

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for pods in cluster.pods() {
        let Some(owner) = pods.owner.filter(|owner| KINDS.contains(&&*owner.id.kind)) else {
            continue;
        };
        if pods.template().is_none() || is_marked(owner) {
            continue;
        }
        let mut told = BTreeSet::new();
        for (name, path) in taken_at_start(pods) {
            let map = cluster.document("", "ConfigMap", pods.namespace, name);
            let changes = map.is_some_and(|map| {
                map.value.get("immutable").and_then(Json::as_bool) != Some(true)
            });
            if changes && !has_suffix(name) && told.insert(name) {
                let message = format!("nothing restarts the pods when ConfigMap {name} changes");
                findings.add(owner, path, message);
            }
        }
    }
}

/// Whether the template has something that changes with the configuration, or a reloader looks after the object.
fn is_marked(owner: &Document) -> bool {
    let of_pods = owner.value.pointer("/spec/template/metadata/annotations");
    let own = owner.value.pointer("/metadata/annotations");
    let annotations = |value: Option<&Json>| {
        let annotations = value.and_then(Json::as_object).into_iter().flatten();
        let read = annotations.map(|(key, value)| {
            let value = value.as_str().unwrap_or_default();
            (key.to_ascii_lowercase(), value.to_owned())
        });
        read.collect::<Vec<_>>()
    };
    let reloads = |key: &str| key.contains("reload");
    let mut of_pods = annotations(of_pods).into_iter();
    let is_marked = of_pods.any(|(key, value)| {
        reloads(&key) || is_checksum(&value) || MARKS.iter().any(|mark| key.contains(mark))
    });
    is_marked || annotations(own).iter().any(|(key, _)| reloads(key))
}

/// Whether a text looks like a checksum, or several, whatever it is called.
fn is_checksum(text: &str) -> bool {
    let mut words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.any(|word| {
        let is_any = |is: fn(&u8) -> bool| word.bytes().any(|byte| is(&byte));
        word.len() >= SHORTEST && is_any(u8::is_ascii_digit) && is_any(u8::is_ascii_alphabetic)
    })
}

/// The `ConfigMaps` that containers take variables or single files from, which stay as they were at the start.
fn taken_at_start<'p>(pods: &'p Pods<'_>) -> Vec<(&'p str, String)> {
    let mut taken: Vec<(&str, String)> = data_references::of(pods)
        .into_iter()
        .filter(|reference| reference.kind == "ConfigMap" && reference.path.contains(".env"))
        .map(|reference| (reference.name, reference.path))
        .collect();
    let volumes = pods
        .spec
        .into_iter()
        .flat_map(|spec| list(spec, "/volumes"));
    let volumes: Vec<&Json> = volumes.map(|(_, volume)| volume).collect();
    for container in pods.containers() {
        for (at, mount) in list(container.value, "/volumeMounts") {
            let part = ["/subPath", "/subPathExpr"];
            let target = text(mount, "/mountPath").unwrap_or_default();
            let is_part = part.iter().any(|field| text(mount, field).is_some());
            if !is_part || target.starts_with(ONCE) {
                continue;
            }
            let mut mounted = volumes
                .iter()
                .filter(|volume| text(volume, "/name") == text(mount, "/name"));
            let map = mounted.find_map(|volume| text(volume, "/configMap/name"));
            taken.extend(map.map(|name| {
                let path = format!("{}.volumeMounts[{at}]", container.path(pods));
                (name, path)
            }));
        }
    }
    taken
}

/// Whether a name ends in a checksum of what it names, as kustomize writes it.
fn has_suffix(name: &str) -> bool {
    let end = name.rsplit('-').next().unwrap_or_default();
    end.len() >= SUFFIX
        && end.bytes().any(|byte| byte.is_ascii_digit())
        && end
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}
