//! Objects that are in the cluster although no manifest of this tree makes them.

use environment::{Environment, Provider};
use names::{Bytes, Cpu, NamespaceName};

use crate::addons;

/// Where Argo CD runs: whoever installs it makes the namespace, before the root Application is applied.
pub(crate) const ARGO_CD: NamespaceName = NamespaceName::from_static("argocd");

/// An object that a provider or a chart makes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExternalObject {
    /// Its API version.
    pub api_version: &'static str,
    /// Its kind.
    pub kind: &'static str,
    /// Its namespace; none for a kind of the whole cluster.
    pub namespace: Option<String>,
    /// Its name.
    pub name: String,
    /// The labels of its pods, where it is a workload, as far as others find it by them.
    pub pod_labels: Vec<(String, String)>,
    /// Who makes it.
    pub made_by: String,
    /// What its pods ask for, where it is a workload of which that is stated.
    pub footprint: Option<Footprint>,
}

/// What the pods of a workload ask for that no manifest of this tree makes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Footprint {
    /// The least and the greatest number of pods; of a `DaemonSet` the nodes decide.
    pub replicas: (u32, u32),
    /// What one pod asks for, as quantities of Kubernetes by resource.
    pub requests: Vec<(String, String)>,
    /// What one pod may use, as far as that is limited.
    pub limits: Vec<(String, String)>,
    /// Whether they tolerate every taint.
    pub everywhere: bool,
}

impl Footprint {
    /// So many pods, each with these requests of CPU and memory.
    fn of(replicas: u32, cpu: Cpu, memory: Bytes) -> Self {
        Self {
            replicas: (replicas, replicas),
            requests: vec![
                ("cpu".to_owned(), cpu.to_string()),
                ("memory".to_owned(), memory.to_string()),
            ],
            ..Self::default()
        }
    }

    /// One such pod on every node.
    fn on_every_node(cpu: Cpu, memory: Bytes) -> Self {
        Self {
            everywhere: true,
            ..Self::of(0, cpu, memory)
        }
    }
}

/// What the provider and the charts of `environment` put into the cluster, as far as manifests of the tree refer to it.
pub fn external_objects(environment: &Environment) -> Vec<ExternalObject> {
    let namespace = |name: &str, made_by: &str| ExternalObject {
        api_version: "v1",
        kind: "Namespace",
        namespace: None,
        name: name.to_owned(),
        pod_labels: Vec::new(),
        made_by: made_by.to_owned(),
        footprint: None,
    };
    let mut objects = vec![
        namespace("kube-system", "Kubernetes"),
        namespace(
            ARGO_CD.as_str(),
            "whoever installs Argo CD, before the root Application is applied",
        ),
        ExternalObject {
            api_version: "rbac.authorization.k8s.io/v1",
            kind: "Role",
            namespace: Some("kube-system".to_owned()),
            name: "extension-apiserver-authentication-reader".to_owned(),
            pod_labels: Vec::new(),
            made_by: "the API server, for servers that stand behind it".to_owned(),
            footprint: None,
        },
        ExternalObject {
            api_version: "apps/v1",
            kind: "Deployment",
            namespace: Some("kube-system".to_owned()),
            name: "coredns".to_owned(),
            pod_labels: vec![("k8s-app".to_owned(), "kube-dns".to_owned())],
            made_by: "the add-on coredns of the provider".to_owned(),
            footprint: dns_footprint(environment),
        },
    ];
    if matches!(environment.cluster.provider, Provider::Eks(_)) {
        objects.push(ExternalObject {
            api_version: "v1",
            kind: "ServiceAccount",
            namespace: Some("kube-system".to_owned()),
            name: "aws-node".to_owned(),
            pod_labels: Vec::new(),
            made_by: "the add-on vpc-cni of the provider".to_owned(),
            footprint: None,
        });
        objects.extend(ADDONS_OF_EKS.iter().map(addon_of_eks));
    }
    objects.extend(addons::external_objects(environment));
    objects.sort();
    objects.dedup();
    objects
}

/// What the servers of names ask for: on GKE, another program answers.
fn dns_footprint(environment: &Environment) -> Option<Footprint> {
    match environment.cluster.provider {
        Provider::Eks(_) | Provider::Aks(_) => {
            Some(Footprint::of(2, Cpu::millis(100), Bytes::mebi(70)))
        }
        Provider::Gke(_) => None,
    }
}

/// Kind, name, CPU in thousandths and memory in MiB of what the add-ons of EKS run, as their default configurations
/// ask for it; what they say nothing of is none.
const ADDONS_OF_EKS: [(&str, &str, u64, u32); 4] = [
    ("DaemonSet", "aws-node", 50, 0),
    ("DaemonSet", "kube-proxy", 100, 0),
    ("DaemonSet", "ebs-csi-node", 30, 120),
    ("Deployment", "ebs-csi-controller", 60, 240),
];

fn addon_of_eks((kind, name, cpu, memory): &(&'static str, &str, u64, u32)) -> ExternalObject {
    let (cpu, memory) = (Cpu::millis(*cpu), Bytes::mebi(*memory));
    ExternalObject {
        api_version: "apps/v1",
        kind,
        namespace: Some("kube-system".to_owned()),
        name: (*name).to_owned(),
        pod_labels: Vec::new(),
        made_by: "an add-on of the provider".to_owned(),
        footprint: Some(match *kind {
            "DaemonSet" => Footprint::on_every_node(cpu, memory),
            _ => Footprint::of(2, cpu, memory),
        }),
    }
}
