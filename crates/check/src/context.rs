//! What the judgement depends on besides the objects.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use manifest::ResourceId;
use names::{Cidr, Date, KubernetesMinor, Protocol};
use schemas::Store;

use crate::capacity::{Footprint, NodePool, PodSize};

/// API version, kind, namespace and name of what the API server and its controllers make by themselves (Kubernetes'
/// documentation of namespaces, of RBAC's default roles and of pod priority).
const EVERYWHERE: [(&str, &str, &str, &str); 14] = [
    ("v1", "Namespace", "", "default"),
    ("v1", "Namespace", "", "kube-system"),
    ("v1", "Namespace", "", "kube-public"),
    ("v1", "Namespace", "", "kube-node-lease"),
    ("v1", "Service", "default", "kubernetes"),
    ("rbac.authorization.k8s.io/v1", "ClusterRole", "", "admin"),
    ("rbac.authorization.k8s.io/v1", "ClusterRole", "", "edit"),
    ("rbac.authorization.k8s.io/v1", "ClusterRole", "", "view"),
    (
        "rbac.authorization.k8s.io/v1",
        "ClusterRole",
        "",
        "cluster-admin",
    ),
    (
        "rbac.authorization.k8s.io/v1",
        "ClusterRole",
        "",
        "system:auth-delegator",
    ),
    (
        "rbac.authorization.k8s.io/v1",
        "Role",
        "kube-system",
        "extension-apiserver-authentication-reader",
    ),
    (
        "scheduling.k8s.io/v1",
        "PriorityClass",
        "",
        "system-node-critical",
    ),
    (
        "scheduling.k8s.io/v1",
        "PriorityClass",
        "",
        "system-cluster-critical",
    ),
    ("v1", "ConfigMap", "default", "kube-root-ca.crt"),
];

/// What the judgement depends on besides the objects.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// The version of the API server.
    pub kubernetes: KubernetesMinor,
    /// The schemas of all kinds.
    pub store: &'a Store,
    /// What exists in the cluster and is not among the objects. Nothing of the kind is guessed.
    pub external: Vec<ExternalObject>,
    /// The pools that nodes come from. Where none is stated, the nodes among the objects count, and where there are none
    /// either, no placement is judged.
    pub pools: Vec<NodePool>,
    /// What the mesh adds to each pod that is a part of it; what its charts say unasked, where nothing is known.
    pub proxy: Option<PodSize>,
    /// Who is meant to talk to whom. Where there is one, there is nobody else.
    pub declared: Vec<DeclaredFlow>,
    /// The day on which it is judged; without one, no exception has ended.
    pub today: Option<Date>,
    /// Whether objects are passed over whose kind and group nobody knows anything of.
    pub ignores_unknown_kinds: bool,
    /// On how many threads it is judged, which changes nothing but the time it takes.
    pub threads: NonZeroUsize,
}

/// A connection that is meant to be opened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeclaredFlow {
    /// The caller.
    pub from: DeclaredEnd,
    /// The callee.
    pub to: DeclaredEnd,
    /// The protocol.
    pub protocol: Protocol,
    /// The callee's port.
    pub port: u16,
}

/// One end of a connection that is meant to be opened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeclaredEnd {
    /// The pods of a namespace that have these labels.
    Pods {
        /// The namespace.
        namespace: String,
        /// The labels; none means every pod.
        labels: BTreeMap<String, String>,
        /// The service account that they prove themselves with in the mesh, where they are in it. It counts for pods whose
        /// specification is not among the objects.
        account: Option<String>,
    },
    /// Addresses.
    Addresses {
        /// The blocks.
        blocks: Vec<Cidr>,
        /// Blocks inside of these that are left out.
        except: Vec<Cidr>,
    },
}

impl<'a> Context<'a> {
    /// A cluster of this version in which nothing else exists.
    pub fn new(kubernetes: KubernetesMinor, store: &'a Store) -> Self {
        Self {
            kubernetes,
            store,
            external: Vec::new(),
            pools: Vec::new(),
            proxy: None,
            declared: Vec::new(),
            today: None,
            ignores_unknown_kinds: false,
            threads: NonZeroUsize::MIN,
        }
    }

    /// States who is meant to talk to whom.
    pub fn with_declared(mut self, declared: impl IntoIterator<Item = DeclaredFlow>) -> Self {
        self.declared.extend(declared);
        self
    }

    /// Passes over objects whose kind and group nobody knows anything of; those with a version that is not served, or
    /// with the name of a known kind, are still judged.
    pub fn ignoring_unknown_kinds(mut self, ignores: bool) -> Self {
        self.ignores_unknown_kinds = ignores;
        self
    }

    /// Says on how many threads it is judged.
    pub fn on_threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = threads;
        self
    }

    /// States what every cluster has, whoever made it: namespaces, roles for users, priority classes, DNS.
    pub fn with_what_every_cluster_has(self) -> Self {
        let objects = EVERYWHERE
            .iter()
            .map(|(api_version, kind, namespace, name)| {
                ExternalObject::new(ResourceId {
                    api_version: (*api_version).into(),
                    kind: (*kind).into(),
                    namespace: (!namespace.is_empty()).then(|| (*namespace).to_owned()),
                    name: (*name).to_owned(),
                })
            });
        let dns = ExternalObject::new(ResourceId {
            api_version: "apps/v1".into(),
            kind: "Deployment".into(),
            namespace: Some("kube-system".to_owned()),
            name: "coredns".to_owned(),
        })
        .pods(ExternalPods {
            labels: [("k8s-app".to_owned(), "kube-dns".to_owned())].into(),
            ports: Vec::new(),
        });
        self.with_external(objects.chain([dns]))
    }

    /// States which pools the nodes come from.
    pub fn with_pools(mut self, pools: impl IntoIterator<Item = NodePool>) -> Self {
        self.pools.extend(pools);
        self
    }

    /// States what the mesh adds to each pod that is a part of it.
    pub fn with_proxy(mut self, proxy: Option<PodSize>) -> Self {
        self.proxy = proxy;
        self
    }

    /// Says on which day it is judged, so that exceptions end.
    pub fn on_day(mut self, today: Option<Date>) -> Self {
        self.today = today;
        self
    }

    /// States that something exists besides the objects.
    pub fn with_external(mut self, external: impl IntoIterator<Item = ExternalObject>) -> Self {
        self.external.extend(external);
        self
    }
}

/// An object that the caller states to exist: made by the cluster itself, or by a chart that is installed as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalObject {
    /// What it is. Of the API version only the group counts.
    pub id: ResourceId,
    /// Its labels.
    pub labels: BTreeMap<String, String>,
    /// The keys of a `ConfigMap` or Secret; empty when they are not known, and then every key counts as there.
    pub keys: Vec<String>,
    /// The pods that a workload runs, or that a Service leads to.
    pub pods: Option<ExternalPods>,
    /// The ports of a Service: name (may be empty) and number. Empty when they are not known.
    pub ports: Vec<(String, u16)>,
    /// What the pods of a workload ask for, where that is known.
    pub footprint: Option<Footprint>,
}

/// The pods of an external workload.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExternalPods {
    /// Their labels.
    pub labels: BTreeMap<String, String>,
    /// Their ports: name (may be empty) and number. Empty when they are not known, and then every port counts as there.
    pub ports: Vec<(String, u16)>,
}

impl ExternalObject {
    /// An object of which nothing but its existence is known.
    pub fn new(id: ResourceId) -> Self {
        Self {
            id,
            labels: BTreeMap::new(),
            keys: Vec::new(),
            pods: None,
            ports: Vec::new(),
            footprint: None,
        }
    }

    /// Says what the pods of a workload ask for.
    pub fn footprint(mut self, footprint: Footprint) -> Self {
        self.footprint = Some(footprint);
        self
    }

    /// Adds a label.
    pub fn label(mut self, key: &str, value: &str) -> Self {
        self.labels.insert(key.to_owned(), value.to_owned());
        self
    }

    /// Says which keys a `ConfigMap` or Secret has.
    pub fn keys(mut self, keys: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.keys.extend(keys.into_iter().map(Into::into));
        self
    }

    /// Says which pods a workload runs.
    pub fn pods(mut self, pods: ExternalPods) -> Self {
        self.pods = Some(pods);
        self
    }

    /// Says which ports a Service has.
    pub fn ports(mut self, ports: impl IntoIterator<Item = (String, u16)>) -> Self {
        self.ports.extend(ports);
        self
    }
}
