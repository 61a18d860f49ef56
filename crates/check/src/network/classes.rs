//! Who may be at an end of a connection: pods that policies cannot tell apart are one class.

use std::collections::BTreeMap;

use names::Protocol;
use serde_json::Value as Json;

use super::Port;
use super::addresses::{self, Addresses};
use super::endpoint::{Endpoint, Outside};
use crate::cluster::{Cluster, Labels, Pods, list, text};
use crate::context::DeclaredEnd;
use crate::rules::mesh::membership::{self, Namespace};

/// What policies see of an end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Pods of a workload.
    Pods(PodClass),
    /// Addresses that no block of a policy cuts in two.
    Addresses(Addresses),
    /// A pod that nobody describes, without labels, in a namespace that nobody describes.
    Cluster,
    /// A node of the cluster, with the address that nobody told.
    Node,
    /// Somebody of whom nothing is known, and whom a policy lets in that can mean anybody beyond the described pods.
    Anyone,
}

/// What policies see of a pod.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PodClass {
    pub(super) namespace: String,
    pub(super) labels: Labels,
    /// Name and port of what its containers declare.
    pub(super) ports: Vec<(String, Port)>,
    pub(super) host_network: bool,
    pub(super) account: String,
    pub(super) mesh: Membership,
}

/// Whether a pod is in the mesh, and which of its ports are not.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Membership {
    /// Whether its connections go through a proxy; `None` where that cannot be known.
    pub(super) is_member: Option<bool>,
    /// Ports that others reach beside the proxy.
    pub(super) plain_inbound: Vec<u16>,
    /// Ports of others that it reaches beside the proxy.
    pub(super) plain_outbound: Vec<u16>,
}

/// What a proxy serves itself, in plain text: merged metrics, health, its own metrics.
const PROXY: [u16; 3] = [15020, 15021, 15090];

/// All ends and their classes.
#[derive(Clone, Debug, Default)]
pub(super) struct Ends {
    /// Each end with the position of its class, in order.
    pub(super) endpoints: Vec<(Endpoint, usize)>,
    pub(super) classes: Vec<Class>,
    /// The positions of the classes of pods, by namespace.
    pub(super) by_namespace: BTreeMap<String, Vec<usize>>,
    /// For each pod template of the cluster, the position of its end.
    pub(super) of_pods: Vec<usize>,
    /// The class of a pod that nobody describes.
    pub(super) cluster: usize,
    /// The class of a node.
    pub(super) node: usize,
    /// The class of somebody of whom nothing is known.
    pub(super) anyone: usize,
}

impl Ends {
    /// The ends of a cluster whose policies name these blocks.
    pub(super) fn of(cluster: &Cluster<'_>, blocks: &[Addresses]) -> Self {
        let mut found: Vec<(Endpoint, Class, Option<usize>)> = Vec::new();
        for (index, pods) in cluster.pods().iter().enumerate() {
            found.push((
                endpoint(pods),
                Class::Pods(pod_class(cluster, pods)),
                Some(index),
            ));
        }
        let public = Addresses::public();
        let mut cuts = blocks.to_vec();
        cuts.push(public.clone());
        for part in addresses::parts(&cuts) {
            let outside = if public.meets(&part) {
                Outside::Internet(part.clone())
            } else {
                Outside::Addresses(part.clone())
            };
            found.push((Endpoint::Outside(outside), Class::Addresses(part), None));
        }
        for (outside, class) in [
            (Outside::Cluster, Class::Cluster),
            (Outside::Node, Class::Node),
        ] {
            found.push((Endpoint::Outside(outside), class, None));
        }
        found.sort_by(|left, right| (&left.0, left.2).cmp(&(&right.0, right.2)));
        let mut ends = Self::default();
        let mut known: BTreeMap<Class, usize> = BTreeMap::new();
        ends.of_pods = vec![0; cluster.pods().len()];
        for (position, (endpoint, class, pods)) in found.into_iter().enumerate() {
            let next = ends.classes.len();
            let index = *known.entry(class.clone()).or_insert(next);
            if index == next {
                ends.add_class(class);
            }
            ends.endpoints.push((endpoint, index));
            if let Some(place) = pods.and_then(|pods| ends.of_pods.get_mut(pods)) {
                *place = position;
            }
        }
        ends.add_class(Class::Anyone);
        ends
    }

    fn add_class(&mut self, class: Class) {
        let position = self.classes.len();
        match &class {
            Class::Pods(pods) => {
                let namespace = self.by_namespace.entry(pods.namespace.clone()).or_default();
                namespace.push(position);
            }
            Class::Cluster => self.cluster = position,
            Class::Node => self.node = position,
            Class::Anyone => self.anyone = position,
            Class::Addresses(_) => {}
        }
        self.classes.push(class);
    }

    /// The pods of a class.
    pub(super) fn pods(&self, class: usize) -> Option<&PodClass> {
        match self.classes.get(class) {
            Some(Class::Pods(pods)) => Some(pods),
            _ => None,
        }
    }
}

fn endpoint(pods: &Pods<'_>) -> Endpoint {
    Endpoint::Workload {
        namespace: super::or_default(pods.namespace).to_owned(),
        kind: pods.id.kind.to_string(),
        name: pods.id.name.clone(),
    }
}

fn pod_class(cluster: &Cluster<'_>, pods: &Pods<'_>) -> PodClass {
    let spec = pods.spec.unwrap_or(&Json::Null);
    let (account, mesh) = match pods.spec {
        Some(_) => {
            let account =
                text(spec, "/serviceAccountName").or_else(|| text(spec, "/serviceAccount"));
            (
                account.unwrap_or("default").to_owned(),
                membership(cluster, pods),
            )
        }
        None => proven(cluster, pods),
    };
    PodClass {
        namespace: super::or_default(pods.namespace).to_owned(),
        labels: pods.labels.clone(),
        ports: ports(pods),
        host_network: pods.is_on_host_network(),
        account,
        mesh,
    }
}

/// The ports with the protocol that their container gives them.
fn ports(pods: &Pods<'_>) -> Vec<(String, Port)> {
    let external = pods.ports.iter().flatten().filter(|_| pods.spec.is_none());
    let external = external.filter_map(|port| {
        let number = u16::try_from(port.number).ok()?;
        Some((port.name.to_owned(), Port::tcp(number)))
    });
    let declared = pods
        .containers()
        .flat_map(|container| list(container.value, "/ports"));
    let declared = declared.filter_map(|(_, port)| {
        let number = port.get("containerPort").and_then(Json::as_u64)?;
        let port_name = text(port, "/name").unwrap_or_default();
        let protocol = protocol(port.get("protocol"))?;
        let number = u16::try_from(number).ok()?;
        Some((port_name.to_owned(), Port { protocol, number }))
    });
    external.chain(declared).collect()
}

/// A protocol as manifests write it; TCP where none is given.
pub(super) fn protocol(value: Option<&Json>) -> Option<Protocol> {
    match value {
        None | Some(Json::Null) => Some(Protocol::Tcp),
        Some(Json::String(name)) => super::ports::PROTOCOLS
            .into_iter()
            .find(|protocol| protocol.as_str().eq_ignore_ascii_case(name)),
        Some(_) => None,
    }
}

/// What pods prove themselves with that stand outside of the documents, where a declared flow says so.
fn proven(cluster: &Cluster<'_>, pods: &Pods<'_>) -> (String, Membership) {
    let ends = cluster
        .declared
        .iter()
        .flat_map(|flow| [&flow.from, &flow.to]);
    let mut accounts = ends.filter_map(|end| match end {
        DeclaredEnd::Pods {
            namespace,
            labels,
            account: Some(account),
        } => {
            let is_it = *namespace == pods.namespace
                && labels
                    .iter()
                    .all(|(key, value)| pods.labels.get(key) == Some(value));
            is_it.then_some(account)
        }
        _ => None,
    });
    let account = accounts.next();
    let is_member = match account {
        Some(_) => Some(true),
        // All that the mesh means for the pods of an environment is among its flows.
        None if !cluster.declared.is_empty() => Some(false),
        None => None,
    };
    let membership = Membership {
        is_member,
        plain_inbound: PROXY.to_vec(),
        plain_outbound: Vec::new(),
    };
    (account.cloned().unwrap_or_default(), membership)
}

/// Whether connections of pods go through a proxy: one beside their containers, or that of their node.
fn membership(cluster: &Cluster<'_>, pods: &Pods<'_>) -> Membership {
    let brings_proxy = pods
        .containers()
        .any(|container| container.name() == membership::PROXY);
    let namespace = membership::of_namespace(cluster, pods.namespace);
    let is_ambient = membership::is_ambient(pods) || namespace == Namespace::Ambient;
    let is_member = match membership::has_proxy(cluster, pods) {
        _ if pods.is_on_host_network() => Some(brings_proxy),
        Some(false) => Some(is_ambient),
        known => known,
    };
    let numbers = |key: &str| -> Vec<u16> {
        let text = membership::annotation(pods, key).unwrap_or_default();
        text.split(',')
            .filter_map(|number| number.trim().parse().ok())
            .collect()
    };
    let mut plain_inbound = numbers("traffic.sidecar.istio.io/excludeInboundPorts");
    plain_inbound.extend(PROXY);
    Membership {
        is_member,
        plain_inbound,
        plain_outbound: numbers("traffic.sidecar.istio.io/excludeOutboundPorts"),
    }
}
