//! Flows: who may talk to whom is said once, and the policies of both ends follow from it.

use std::collections::BTreeMap;

use k8s_openapi::api::networking::v1 as networking;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use manifest::Manifest;
use names::{ApplicationName, Cidr, NamespaceName, ObjectName, WorkloadName, linked};

use crate::{Identity, Labels, NamedPort, ServiceAccountRef};

/// An HTTP method that a caller may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// `GET`
    Get,
    /// `HEAD`
    Head,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

impl Method {
    /// The method as HTTP writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// One end of a flow.
#[derive(Clone, Debug, PartialEq)]
pub enum Peer {
    /// A workload of this repository; it gets a policy for its end.
    Workload {
        /// Who it is.
        identity: Identity,
        /// What it proves itself with in the mesh.
        account: ServiceAccountRef,
        /// Whether its pods carry a proxy.
        meshed: bool,
    },
    /// Pods that something else makes, a chart for instance; they get no policy from here.
    Pods {
        /// A short name for the policy's name.
        name: ObjectName,
        /// Their namespace.
        namespace: NamespaceName,
        /// Their labels; none selects every pod of the namespace.
        labels: Labels,
        /// The service account that they prove themselves with in the mesh, where they are in it.
        account: Option<ServiceAccountRef>,
    },
    /// Addresses outside the pods' network.
    Addresses {
        /// A short name for the policy's name.
        name: ObjectName,
        /// The blocks.
        blocks: Vec<Cidr>,
        /// Blocks inside of these that are left out.
        except: Vec<Cidr>,
    },
}

impl Peer {
    /// A workload whose pods carry a mesh proxy.
    pub fn meshed(identity: &Identity, account: &ServiceAccountRef) -> Self {
        Self::Workload {
            identity: identity.clone(),
            account: account.clone(),
            meshed: true,
        }
    }

    /// A workload outside the mesh.
    pub fn plain(identity: &Identity, account: &ServiceAccountRef) -> Self {
        Self::Workload {
            identity: identity.clone(),
            account: account.clone(),
            meshed: false,
        }
    }

    pub(crate) fn label(&self) -> String {
        match self {
            Self::Workload { identity, .. } => identity.name().to_string(),
            Self::Pods { name, .. } | Self::Addresses { name, .. } => name.to_string(),
        }
    }

    fn namespace(&self) -> Option<&NamespaceName> {
        match self {
            Self::Workload { identity, .. } => Some(identity.namespace()),
            Self::Pods { namespace, .. } => Some(namespace),
            Self::Addresses { .. } => None,
        }
    }

    /// The peer as a policy in `namespace` writes it: one item, so that namespace and pod must both match.
    fn policy_peers(&self, namespace: &NamespaceName) -> Vec<networking::NetworkPolicyPeer> {
        let labels = match self {
            Self::Workload { identity, .. } => identity.selector(),
            Self::Pods { labels, .. } => labels,
            Self::Addresses { blocks, except, .. } => {
                return blocks
                    .iter()
                    .map(|block| address_peer(block, except))
                    .collect();
            }
        };
        let elsewhere = self.namespace().filter(|other| *other != namespace);
        let pods = (!labels.is_empty() || elsewhere.is_none()).then(|| selector(labels.clone()));
        vec![networking::NetworkPolicyPeer {
            namespace_selector: elsewhere.map(namespace_selector),
            pod_selector: pods,
            ip_block: None,
        }]
    }
}

fn address_peer(block: &Cidr, except: &[Cidr]) -> networking::NetworkPolicyPeer {
    let inside: Vec<_> = except
        .iter()
        .filter(|other| block.contains(other))
        .map(ToString::to_string)
        .collect();
    networking::NetworkPolicyPeer {
        ip_block: Some(networking::IPBlock {
            cidr: block.to_string(),
            except: (!inside.is_empty()).then_some(inside),
        }),
        ..Default::default()
    }
}

fn selector(labels: Labels) -> LabelSelector {
    LabelSelector {
        match_labels: (!labels.is_empty()).then_some(labels),
        ..Default::default()
    }
}

/// Selects a namespace by the label that the API server puts on each of them.
fn namespace_selector(namespace: &NamespaceName) -> LabelSelector {
    selector(Labels::from([(
        "kubernetes.io/metadata.name".to_owned(),
        namespace.to_string(),
    )]))
}

/// A workload's port, as the component that makes it lends it to its callers.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// The workload.
    pub peer: Peer,
    /// The port of its pods.
    pub port: NamedPort,
}

/// One permission to talk.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Flow {
    from: Peer,
    to: Peer,
    port: NamedPort,
    methods: Vec<Method>,
    in_the_mesh: bool,
    plain_text: bool,
}

impl Flow {
    /// `from` may open connections to `to`.
    pub fn new(from: &Peer, to: &Endpoint) -> Self {
        Self {
            from: from.clone(),
            to: to.peer.clone(),
            port: to.port.clone(),
            methods: Vec::new(),
            in_the_mesh: true,
            plain_text: false,
        }
    }

    /// Only with these HTTP methods, where the mesh can see them.
    pub fn methods(mut self, methods: impl IntoIterator<Item = Method>) -> Self {
        self.methods.extend(methods);
        self
    }

    /// Not through the callee's proxy: a port that the proxy itself serves, outside of mutual TLS.
    pub fn outside_the_mesh(mut self) -> Self {
        self.in_the_mesh = false;
        self
    }

    /// Through the callee's proxy, but by a caller that has none: it comes in plain text and proves nothing, so that
    /// the network policy alone says who it is. In the mesh the callee's port takes both.
    pub fn plain_text(mut self) -> Self {
        self.plain_text = true;
        self
    }

    /// Whether it comes through the callee's proxy in plain text.
    pub fn is_plain_text(&self) -> bool {
        self.plain_text
    }

    /// Whether it goes through the callee's proxy, where there is one.
    pub fn in_the_mesh(&self) -> bool {
        self.in_the_mesh
    }

    /// The caller.
    pub fn from(&self) -> &Peer {
        &self.from
    }

    /// The callee.
    pub fn to(&self) -> &Peer {
        &self.to
    }

    /// The callee's port.
    pub fn port(&self) -> &NamedPort {
        &self.port
    }

    /// The HTTP methods; none means that any is allowed.
    pub fn allowed_methods(&self) -> &[Method] {
        &self.methods
    }
}

/// A manifest that belongs to an application.
#[derive(Debug)]
pub struct OwnedManifest {
    /// The application that applies the manifest.
    pub application: ApplicationName,
    /// The manifest.
    pub manifest: Manifest,
}

/// All flows of an environment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flows(Vec<Flow>);

impl FromIterator<Flow> for Flows {
    fn from_iter<T: IntoIterator<Item = Flow>>(flows: T) -> Self {
        Self(flows.into_iter().collect())
    }
}

/// One policy: the namespace and the workload that it stands at, and the name of whom it is about.
type PolicyKey = (NamespaceName, WorkloadName, String);

impl Flows {
    /// The flows, in the order in which they were said.
    pub fn iter(&self) -> impl Iterator<Item = &Flow> {
        self.0.iter()
    }

    /// The network policies: for each pair of peers, egress at the caller and ingress at the callee.
    #[track_caller]
    pub fn network_policies(&self) -> Vec<OwnedManifest> {
        let mut egress: BTreeMap<PolicyKey, Vec<&Flow>> = BTreeMap::new();
        let mut ingress: BTreeMap<PolicyKey, Vec<&Flow>> = BTreeMap::new();
        for flow in &self.0 {
            if let Peer::Workload { identity, .. } = &flow.from {
                let key = (
                    identity.namespace().clone(),
                    identity.name().clone(),
                    flow.to.label(),
                );
                egress.entry(key).or_default().push(flow);
            }
            if let Peer::Workload { identity, .. } = &flow.to {
                let key = (
                    identity.namespace().clone(),
                    identity.name().clone(),
                    flow.from.label(),
                );
                ingress.entry(key).or_default().push(flow);
            }
        }
        let egress = egress
            .into_iter()
            .filter_map(|((_, from, to), flows)| egress_policy(&format!("{from}-to-{to}"), &flows));
        let ingress = ingress.into_iter().filter_map(|((_, to, from), flows)| {
            ingress_policy(&format!("{to}-from-{from}"), &flows)
        });
        egress.chain(ingress).collect()
    }
}

/// The ports of each peer; peers of one name in several namespaces stay apart, so that none gets the port of another.
fn by_peer<'a>(
    flows: &[&'a Flow],
    peer: impl Fn(&'a Flow) -> &'a Peer,
) -> Vec<(&'a Peer, Vec<networking::NetworkPolicyPort>)> {
    let mut peers: Vec<(&Peer, Vec<_>)> = Vec::new();
    for flow in flows {
        let (this, port) = (peer(flow), flow.port.policy_port());
        match peers.iter_mut().find(|(known, _)| *known == this) {
            None => peers.push((this, vec![port])),
            Some((_, ports)) if !ports.contains(&port) => ports.push(port),
            Some(_) => {}
        }
    }
    peers
}

#[track_caller]
fn egress_policy(name: &str, flows: &[&Flow]) -> Option<OwnedManifest> {
    let first = flows.first()?;
    let Peer::Workload { identity, .. } = &first.from else {
        return None;
    };
    let rules = by_peer(flows, Flow::to).into_iter().map(|(to, ports)| {
        networking::NetworkPolicyEgressRule {
            to: Some(to.policy_peers(identity.namespace())),
            ports: Some(ports),
        }
    });
    let spec = networking::NetworkPolicySpec {
        policy_types: Some(vec!["Egress".to_owned()]),
        egress: Some(rules.collect()),
        ..Default::default()
    };
    Some(policy(identity, name, spec))
}

#[track_caller]
fn ingress_policy(name: &str, flows: &[&Flow]) -> Option<OwnedManifest> {
    let first = flows.first()?;
    let Peer::Workload { identity, .. } = &first.to else {
        return None;
    };
    let rules = by_peer(flows, Flow::from).into_iter().map(|(from, ports)| {
        networking::NetworkPolicyIngressRule {
            from: Some(from.policy_peers(identity.namespace())),
            ports: Some(ports),
        }
    });
    let spec = networking::NetworkPolicySpec {
        policy_types: Some(vec!["Ingress".to_owned()]),
        ingress: Some(rules.collect()),
        ..Default::default()
    };
    Some(policy(identity, name, spec))
}

#[track_caller]
fn policy(identity: &Identity, name: &str, spec: networking::NetworkPolicySpec) -> OwnedManifest {
    let policy = networking::NetworkPolicy {
        metadata: identity.metadata(),
        spec: Some(networking::NetworkPolicySpec {
            pod_selector: Some(identity.label_selector()),
            ..spec
        }),
    };
    OwnedManifest {
        application: identity.application().clone(),
        manifest: Manifest::namespaced(
            identity.namespace(),
            linked::<ObjectName>(name, "", ""),
            policy,
        ),
    }
}
