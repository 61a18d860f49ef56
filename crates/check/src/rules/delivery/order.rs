//! DELV016: what an object needs comes in no later wave.

use std::collections::{BTreeMap, BTreeSet};

use crate::cluster::{Cluster, Pods, list, namespace_of, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::applications::{self, Tree};
use crate::rules::delivery::hooks::annotation;
use crate::rules::refs::data_references;

/// What an object needs comes in no later wave.
pub(crate) static RULE: Rule = Rule {
    code: "DELV016",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "what an object needs comes in no later wave",
    why: "Argo CD waits for a wave to be healthy before it begins the next: what is needed never comes, and the sync hangs or fails.",
    fix: "Give what is needed an earlier wave, or the same.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let tree = Tree::of(cluster);
    if applications::all(cluster).next().is_none() {
        return;
    }
    let needed = Needed::of(cluster);
    // What comes too late for one object comes too late for its neighbours as well: the first stands for all.
    let mut told = BTreeSet::new();
    for document in cluster.documents() {
        for (what, path) in needed.by(cluster, document) {
            if let Some(message) = comes_too_late(&tree, document, what)
                && told.insert(message.clone())
            {
                findings.add(document, path, message);
            }
        }
    }
}

/// The phase and the wave of an object within its Application; `None` for what is never applied in a sync.
pub(super) fn position(document: &Document) -> Option<(u8, i32)> {
    let phase = match annotation(document, "hook") {
        None | Some("Sync") => 1,
        Some(hooks) if hooks.contains("PreSync") => 0,
        Some(hooks) if hooks.contains("PostSync") => 2,
        Some(_) => return None,
    };
    Some((phase, wave(document)))
}

fn wave(document: &Document) -> i32 {
    annotation(document, "sync-wave")
        .and_then(|wave| wave.parse().ok())
        .unwrap_or_default()
}

/// Why an object comes before what it needs.
fn comes_too_late(tree: &Tree<'_>, document: &Document, what: &Document) -> Option<String> {
    let (owners, others) = (tree.owners(document), tree.owners(what));
    let (Some(owner), Some(other)) = (owners.first(), others.first()) else {
        return None;
    };
    // Of two owners another rule speaks.
    if owners.len() > 1 || others.len() > 1 {
        return None;
    }
    let (own, its) = (owner.application, other.application);
    let shown = format!("{} {}", what.id.kind, what.id.name);
    if std::ptr::eq(own, its) {
        let (at, from) = (position(document)?, position(what)?);
        let says_phase = at.0 != from.0;
        return (from > at).then(|| {
            if says_phase {
                format!("{shown} comes in a later phase")
            } else {
                format!(
                    "{shown} comes in wave {}, and this in wave {}",
                    from.1, at.1
                )
            }
        });
    }
    let is_elsewhere = applications::destination(own) != applications::destination(its);
    let (at, from) = (wave(own), wave(its));
    (from > at && !is_elsewhere).then(|| {
        format!(
            "{shown} comes with Application {} in wave {from}, and this with {} in wave {at}",
            its.id.name, own.id.name
        )
    })
}

/// What objects may need, by what they name it.
struct Needed<'a> {
    definitions: BTreeMap<(&'a str, &'a str), &'a Document>,
    /// What brings forth a Secret, by namespace and name.
    secrets: BTreeMap<(&'a str, &'a str), &'a Document>,
}

impl<'a> Needed<'a> {
    fn of(cluster: &Cluster<'a>) -> Self {
        let definitions = cluster
            .of_kind("apiextensions.k8s.io", "CustomResourceDefinition")
            .iter()
            .filter_map(|definition| {
                let group = text(&definition.value, "/spec/group")?;
                let kind = text(&definition.value, "/spec/names/kind")?;
                Some(((group, kind), *definition))
            })
            .collect();
        let mut secrets = BTreeMap::new();
        for document in cluster.of_kind("external-secrets.io", "ExternalSecret") {
            let name = text(&document.value, "/spec/target/name").unwrap_or(&document.id.name);
            secrets.insert((namespace_of(document), name), *document);
        }
        for document in cluster.of_kind("", "Secret") {
            secrets.insert(
                (namespace_of(document), document.id.name.as_str()),
                *document,
            );
        }
        Self {
            definitions,
            secrets,
        }
    }

    /// What an object needs, and where it says so.
    fn by(&self, cluster: &Cluster<'a>, document: &'a Document) -> Vec<(&'a Document, String)> {
        let mut found = Vec::new();
        let id = &document.id;
        if let Some(space) = id.namespace.as_deref()
            && let Some(what) = cluster.document("", "Namespace", "", space)
        {
            found.push((what, "metadata.namespace".to_owned()));
        }
        let definition = self.definitions.get(&(id.group(), id.kind.as_ref()));
        found.extend(definition.map(|what| (*what, "kind".to_owned())));
        if id.kind == "ExternalSecret" {
            found.extend(store(cluster, document));
        }
        if let Some(pods) = cluster.pods_of(document) {
            self.by_pods(cluster, pods, &mut found);
        }
        for (index, template) in list(&document.value, "/spec/volumeClaimTemplates") {
            let class = text(template, "/spec/storageClassName")
                .and_then(|class| cluster.document("storage.k8s.io", "StorageClass", "", class));
            let path = format!("spec.volumeClaimTemplates[{index}].spec.storageClassName");
            found.extend(class.map(|what| (what, path)));
        }
        found
    }

    /// What pods do not start without.
    fn by_pods(
        &self,
        cluster: &Cluster<'a>,
        pods: &Pods<'a>,
        found: &mut Vec<(&'a Document, String)>,
    ) {
        let Some((_, spec)) = pods.template() else {
            return;
        };
        let at = |field: &str| format!("{}.{field}", pods.path);
        if let Some(name) = text(spec, "/serviceAccountName") {
            let what = cluster.document("", "ServiceAccount", pods.namespace, name);
            found.extend(what.map(|what| (what, at("serviceAccountName"))));
        }
        if let Some(name) = text(spec, "/priorityClassName") {
            let what = cluster.document("scheduling.k8s.io", "PriorityClass", "", name);
            found.extend(what.map(|what| (what, at("priorityClassName"))));
        }
        for reference in data_references::of(pods) {
            // Each key of an object is a reference by itself, and the object has one, too.
            if reference.optional || reference.path.rsplit('.').next() == Some("key") {
                continue;
            }
            let what = match reference.kind {
                "Secret" => self.secrets.get(&(pods.namespace, reference.name)).copied(),
                _ => cluster.document("", "ConfigMap", pods.namespace, reference.name),
            };
            found.extend(what.map(|what| (what, reference.path)));
        }
        for (index, volume) in list(spec, "/volumes") {
            let claim = text(volume, "/persistentVolumeClaim/claimName").and_then(|name| {
                cluster.document("", "PersistentVolumeClaim", pods.namespace, name)
            });
            found.extend(
                claim.map(|what| (what, at(&format!("volumes[{index}].persistentVolumeClaim")))),
            );
        }
    }
}

/// The store that an `ExternalSecret` reads from.
fn store<'a>(cluster: &Cluster<'a>, document: &Document) -> Option<(&'a Document, String)> {
    let reference = document.value.lookup("/spec/secretStoreRef")?;
    let name = text(reference, "/name")?;
    let kind = text(reference, "/kind").unwrap_or("SecretStore");
    let namespace = match kind {
        "ClusterSecretStore" => "",
        _ => namespace_of(document),
    };
    let what = cluster.document("external-secrets.io", kind, namespace, name)?;
    Some((what, "spec.secretStoreRef".to_owned()))
}
