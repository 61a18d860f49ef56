//! What depends on what: routes on Services, Services on pods, pods on settings, secrets, claims and accounts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::{Edge, Graph, Node, Relation, State, States};
use crate::cluster::{Cluster, Pods, list, namespace_of, selector, text};
use crate::document::Document;
use crate::network::or_default;
use crate::pointer::Lookup;
use crate::rules::refs::{claims, data_references};

/// Namespace, kind and name.
type Key = (String, String, String);

/// The group of what is in no namespace.
const CLUSTER: &str = "the whole cluster";

/// What was found so far.
struct Found<'s> {
    states: &'s States<'s>,
    nodes: BTreeMap<Key, (usize, State)>,
    edges: BTreeSet<(Key, Key, Relation, String)>,
}

impl Found<'_> {
    fn node(&mut self, namespace: &str, kind: &str, name: &str) -> Key {
        let key = (
            or_default(namespace).to_owned(),
            kind.to_owned(),
            name.to_owned(),
        );
        let place = if namespace == CLUSTER { "" } else { namespace };
        let state = self.states.state(kind, place, name);
        self.nodes.entry(key.clone()).or_insert((rank(kind), state));
        key
    }

    fn document(&mut self, document: &Document) -> Key {
        self.node(namespace_of(document), &document.id.kind, &document.id.name)
    }

    fn depends(&mut self, from: &Key, to: Key, exists: bool, how: &str) {
        let relation = if exists {
            Relation::Depends
        } else {
            Relation::Missing
        };
        self.edges
            .insert((from.clone(), to, relation, how.to_owned()));
    }
}

/// Where a kind stands from the outside to what nothing more is needed for.
fn rank(kind: &str) -> usize {
    match kind {
        "Ingress"
        | "HTTPRoute"
        | "GRPCRoute"
        | "VirtualService"
        | "HorizontalPodAutoscaler"
        | "PodDisruptionBudget"
        | "VerticalPodAutoscaler"
        | "ServiceMonitor" => 0,
        "Service" => 1,
        "ConfigMap" | "Secret" | "PersistentVolumeClaim" | "ServiceAccount" => 3,
        "ExternalSecret" | "Certificate" | "SealedSecret" | "StorageClass" => 4,
        _ => 2,
    }
}

/// The graph of dependencies.
pub(super) fn graph(cluster: &Cluster<'_>, documents: &[Document], states: &States<'_>) -> Graph {
    let mut found = Found {
        states,
        nodes: BTreeMap::new(),
        edges: BTreeSet::new(),
    };
    for pods in cluster.pods().iter().filter(|pods| pods.owner.is_some()) {
        of_pods(cluster, pods, &mut found);
    }
    for document in documents {
        of_document(cluster, document, &mut found);
    }
    let places: BTreeMap<&Key, usize> = {
        let mut keys: Vec<&Key> = found.nodes.keys().collect();
        keys.sort_by_key(|key| {
            (
                &key.0,
                found.nodes.get(*key).map(|node| node.0),
                &key.1,
                &key.2,
            )
        });
        keys.into_iter()
            .enumerate()
            .map(|(place, key)| (key, place))
            .collect()
    };
    let mut nodes: Vec<Node> = found
        .nodes
        .iter()
        .map(|((group, kind, name), (rank, state))| Node {
            group: group.clone(),
            rank: *rank,
            kind: kind.clone(),
            name: name.clone(),
            state: *state,
        })
        .collect();
    nodes.sort();
    let mut edges: Vec<Edge> = found
        .edges
        .iter()
        .filter_map(|(from, to, relation, label)| {
            Some(Edge {
                from: *places.get(from)?,
                to: *places.get(to)?,
                relation: *relation,
                label: label.clone(),
            })
        })
        .collect();
    edges.sort();
    Graph {
        title: "What depends on what".to_owned(),
        nodes,
        edges,
    }
}

fn of_pods(cluster: &Cluster<'_>, pods: &Pods<'_>, found: &mut Found<'_>) {
    let namespace = pods.namespace;
    let own = found.node(namespace, &pods.id.kind, &pods.id.name);
    for reference in data_references::of(pods) {
        let kind = reference.kind;
        let exists =
            reference.optional || cluster.data.keys(kind, namespace, reference.name).is_some();
        let to = found.node(namespace, kind, reference.name);
        found.depends(&own, to, exists, "reads");
    }
    let Some(spec) = pods.spec else {
        return;
    };
    if let Some(account) = text(spec, "/serviceAccountName").filter(|account| *account != "default")
    {
        let exists = cluster.exists("", "ServiceAccount", namespace, account);
        let to = found.node(namespace, "ServiceAccount", account);
        found.depends(&own, to, exists, "runs as");
    }
    for (_, volume) in list(spec, "/volumes") {
        if let Some(claim) = text(volume, "/persistentVolumeClaim/claimName") {
            let exists = cluster.exists("", "PersistentVolumeClaim", namespace, claim)
                || claims::is_of_stateful_set(cluster, namespace, claim);
            let to = found.node(namespace, "PersistentVolumeClaim", claim);
            found.depends(&own, to, exists, "mounts");
        }
    }
    let templates = pods
        .owner
        .map(|owner| list(&owner.value, "/spec/volumeClaimTemplates"));
    for (_, template) in templates.into_iter().flatten() {
        if let Some(name) = text(template, "/metadata/name") {
            let to = found.node(
                namespace,
                "PersistentVolumeClaim",
                &format!("{name}-{}-…", pods.id.name),
            );
            found.depends(&own, to, true, "mounts");
        }
    }
}

fn of_document(cluster: &Cluster<'_>, document: &Document, found: &mut Found<'_>) {
    let namespace = namespace_of(document);
    let value = &document.value;
    match (document.id.group(), document.id.kind.as_ref()) {
        ("", "Service") | ("policy", "PodDisruptionBudget") => {
            let wanted = value.lookup("/spec/selector").unwrap_or(&Json::Null);
            let is_map = document.id.kind == "Service";
            let chosen: Vec<&Pods<'_>> = cluster.selected(namespace, None, |pods| {
                if is_map {
                    wanted.as_object().is_some_and(|labels| !labels.is_empty())
                        && selector::matches_map(wanted, &pods.labels)
                } else {
                    selector::matches(wanted, &pods.labels)
                }
            });
            let own = found.document(document);
            for pods in chosen {
                let to = found.node(namespace, &pods.id.kind, &pods.id.name);
                found.depends(&own, to, true, "selects");
            }
        }
        ("networking.k8s.io", "Ingress") => {
            let own = found.document(document);
            let rules = list(value, "/spec/rules").flat_map(|(_, rule)| list(rule, "/http/paths"));
            let backends = rules.filter_map(|(_, path)| text(path, "/backend/service/name"));
            for name in backends.chain(text(value, "/spec/defaultBackend/service/name")) {
                let exists = cluster.exists("", "Service", namespace, name);
                let to = found.node(namespace, "Service", name);
                found.depends(&own, to, exists, "leads to");
            }
            for secret in
                list(value, "/spec/tls").filter_map(|(_, entry)| text(entry, "/secretName"))
            {
                let exists = cluster.data.keys("Secret", namespace, secret).is_some();
                let to = found.node(namespace, "Secret", secret);
                found.depends(&own, to, exists, "serves");
            }
        }
        (_, "HorizontalPodAutoscaler" | "VerticalPodAutoscaler") => {
            let target = value
                .lookup("/spec/scaleTargetRef")
                .or_else(|| value.lookup("/spec/targetRef"));
            let named =
                target.and_then(|target| Some((text(target, "/kind")?, text(target, "/name")?)));
            if let Some((kind, name)) = named {
                let own = found.document(document);
                let exists = cluster.has(kind, namespace, name);
                let to = found.node(namespace, kind, name);
                found.depends(&own, to, exists, "scales");
            }
        }
        ("external-secrets.io", "ExternalSecret") => {
            let name = text(value, "/spec/target/name").unwrap_or(&document.id.name);
            made(document, name, found);
        }
        ("cert-manager.io", "Certificate") => {
            made(
                document,
                text(value, "/spec/secretName").unwrap_or_default(),
                found,
            );
        }
        ("", "PersistentVolumeClaim") => {
            if let Some(class) = text(value, "/spec/storageClassName") {
                let own = found.document(document);
                let exists = cluster.exists("storage.k8s.io", "StorageClass", "", class);
                let to = found.node(CLUSTER, "StorageClass", class);
                found.depends(&own, to, exists, "is of");
            }
        }
        _ => {}
    }
}

/// A Secret comes from the object that describes it.
fn made(by: &Document, secret: &str, found: &mut Found<'_>) {
    let own = found.node(namespace_of(by), "Secret", secret);
    let to = found.document(by);
    found.depends(&own, to, true, "comes from");
}
