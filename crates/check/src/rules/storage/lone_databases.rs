//! STOR018: the copies of a database know of each other.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Pods, list, text};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The copies of a database know of each other.
pub(crate) static RULE: Rule = Rule {
    code: "STOR018",
    area: Area::Storage,
    severity: Severity::Error,
    title: "the copies of a database know of each other",
    why: "Each pod has a database of its own behind one name: what is written to one cannot be read from the others.",
    fix: "Set up replication (a primary, and standbys that follow it), or run one replica.",
    absorbs: &[],
    check: Some(check),
};

/// Images that run one database by themselves and replicate nothing without being told.
const IMAGES: [&str; 5] = ["postgres", "mysql", "mariadb", "mongo", "influxdb"];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for set in cluster.of_kind("apps", "StatefulSet") {
        let replicas = set
            .value
            .lookup("/spec/replicas")
            .and_then(Json::as_i64)
            .unwrap_or(1);
        let Some(pods) = cluster.pods_of(set).filter(|_| replicas > 1) else {
            continue;
        };
        let Some(image) = pods
            .containers()
            .find_map(|container| database(text(container.value, "/image")?))
        else {
            continue;
        };
        if !is_told_more(pods) {
            let message =
                format!("{replicas} pods of {image} have nothing that replicates between them");
            findings.add(set, "spec.replicas", message);
        }
    }
}

/// The name of a database's own image, without registry and version.
fn database(image: &str) -> Option<&'static str> {
    let path = image.split('@').next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let name = last.split(':').next().unwrap_or_default();
    let is_official = !path.contains('/') || path.contains("library/");
    IMAGES
        .into_iter()
        .find(|known| is_official && *known == name)
}

/// Whether anything is given to the pods that could set up replication: a command, a file, another container, or a
/// variable that speaks of it.
fn is_told_more(pods: &Pods<'_>) -> bool {
    let has_files = pods.spec.is_some_and(|spec| {
        list(spec, "/volumes").any(|(_, volume)| {
            ["configMap", "secret", "projected"]
                .iter()
                .any(|kind| volume.get(kind).is_some())
        })
    });
    let speaks = |name: &str| {
        let name = name.to_ascii_uppercase();
        ["REPL", "PRIMARY", "MASTER", "STANDBY", "CLUSTER"]
            .iter()
            .any(|word| name.contains(word))
    };
    let has_more = pods.containers().any(|container| {
        let has = |field: &str| {
            container
                .value
                .get(field)
                .and_then(Json::as_array)
                .is_some_and(|items| !items.is_empty())
        };
        has("command")
            || has("args")
            || has("envFrom")
            || list(container.value, "/env")
                .any(|(_, variable)| text(variable, "/name").is_some_and(speaks))
    });
    has_files || has_more || pods.containers().count() > 1
}
