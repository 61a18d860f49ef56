//! What Calico adds to the network policies of Kubernetes: an order of tiers, rules that no namespace can allow away, and
//! a denial for namespaces that nobody has thought of.
//!
//! Each tier passes on what it does not decide, so that the policies of the namespaces, which Calico keeps in its tier
//! `default`, have the last word. Rules by DNS name are not a part of open-source Calico, and the nodes' own traffic is
//! left to the provider's security groups: an endpoint of a host that lacks one rule cuts the node off.

use api::projectcalico_org::v3 as calico;
use builders::{ClusterGrant, Permission, ServiceAccountRef};
use environment::Environment;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use manifest::Manifest;
use names::{
    ApplicationName, Cidr, LabelValue, NamespaceName, ObjectName, RoleName, ServiceAccountName,
    label_key, label_value, name,
};

use super::calico::{OPERATOR, SYSTEM};
use super::{KUBE_SYSTEM, namespaces};
use crate::component::Component;
use crate::external::ARGO_CD;
use crate::{provider, wave};

/// The address by which a machine of each of the three providers learns what it is and as whom it may act.
const INSTANCE_METADATA: Cidr = Cidr::v4([169, 254, 169, 254], 32);
/// The label by which policies find a set of addresses.
const ADDRESSES: &str = "platform/addresses";
/// The sets of addresses, with the value of their label.
const INSTANCE_METADATA_SET: (ObjectName, LabelValue) = (
    name!(ObjectName, "instance-metadata"),
    label_value!("instance-metadata"),
);
const NODE_SET: (ObjectName, LabelValue) = (name!(ObjectName, "nodes"), label_value!("nodes"));
/// Where kubelets answer.
const KUBELET: u16 = 10_250;

/// The tiers in the order in which they are asked.
#[derive(Clone, Copy)]
enum Tier {
    /// What holds whatever else is allowed.
    Security,
    /// What every pod needs.
    Platform,
    /// What the pods of applications may never do.
    Application,
    /// Calico's own, the last: network policies of Kubernetes are in it.
    Default,
}

impl Tier {
    const OURS: [Self; 3] = [Self::Security, Self::Platform, Self::Application];

    const fn name(self) -> ObjectName {
        match self {
            Self::Security => name!(ObjectName, "security"),
            Self::Platform => name!(ObjectName, "platform"),
            Self::Application => name!(ObjectName, "application"),
            Self::Default => name!(ObjectName, "default"),
        }
    }

    /// Lower is asked first; the tier `default` is at 1,000,000.
    const fn order(self) -> f64 {
        match self {
            Self::Security => 100.0,
            Self::Platform => 200.0,
            Self::Application => 300.0,
            Self::Default => 1_000_000.0,
        }
    }

    fn manifest(self) -> Manifest {
        let tier = calico::Tier {
            spec: calico::TierSpec {
                order: Some(self.order()),
                default_action: Some("Pass".to_owned()),
            },
            ..Default::default()
        };
        Manifest::cluster(self.name(), tier)
    }

    /// A policy of this tier; its name begins with that of the tier.
    fn policy(
        self,
        name: &str,
        order: Option<f64>,
        spec: calico::GlobalNetworkPolicySpec,
    ) -> Manifest {
        let policy = calico::GlobalNetworkPolicy {
            spec: calico::GlobalNetworkPolicySpec {
                tier: Some(self.name().to_string()),
                order,
                ..spec
            },
            ..Default::default()
        };
        let name = names::linked::<ObjectName>(&format!("{}.{name}", self.name()), "", "");
        Manifest::cluster(name, policy)
    }
}

/// The tiers and their policies, where Calico is installed.
pub(crate) fn calico_policies(environment: &Environment) -> Option<Component<()>> {
    environment.addons.calico.as_ref()?;
    let component = Component::new(
        &name!(ApplicationName, "calico-policies"),
        &OPERATOR,
        wave::POLICIES,
        (),
    );
    Some(
        component
            .with(annotations_of_addresses())
            .with(Tier::OURS.map(Tier::manifest))
            .with([
                address_set(INSTANCE_METADATA_SET, [INSTANCE_METADATA]),
                address_set(NODE_SET, provider::node_addresses(environment)),
            ])
            .with([
                quarantine(),
                instance_metadata(),
                dns(),
                kubelets(environment),
                controllers(environment),
                denial(environment),
            ]),
    )
}

/// `aws-node` writes the address of each pod on it, for Calico to read.
fn annotations_of_addresses() -> [Manifest; 2] {
    let account = ServiceAccountRef::external(
        &KUBE_SYSTEM,
        &name!(ServiceAccountName, "aws-node"),
        "made by the add-on vpc-cni",
    );
    ClusterGrant::new(
        &name!(RoleName, "platform:aws-node-annotates-pods"),
        &account,
        [Permission::new("", ["pods"], ["patch"])],
    )
    .manifests()
}

fn address_set(
    (name, value): (ObjectName, LabelValue),
    blocks: impl IntoIterator<Item = Cidr>,
) -> Manifest {
    let set = calico::GlobalNetworkSet {
        spec: calico::GlobalNetworkSetSpec {
            nets: Some(blocks.into_iter().map(|block| block.to_string()).collect()),
        },
        ..Default::default()
    };
    Manifest::cluster(name, set).label(label_key!("platform/addresses"), value)
}

/// A pod that is labelled with it talks to nobody any more, and stays for whoever looks into what it did.
fn quarantine() -> Manifest {
    Tier::Security.policy(
        "quarantine",
        Some(0.0),
        calico::GlobalNetworkPolicySpec {
            selector: Some("platform/quarantine == 'true'".to_owned()),
            namespace_selector: Some("all()".to_owned()),
            types: Some(vec![
                calico::GlobalNetworkPolicyType::Ingress,
                calico::GlobalNetworkPolicyType::Egress,
            ]),
            ingress: Some(vec![calico::GlobalNetworkPolicyIngress {
                action: calico::GlobalNetworkPolicyIngressAction::Deny,
                ..Default::default()
            }]),
            egress: Some(vec![deny(
                calico::GlobalNetworkPolicyEgressDestination::default(),
            )]),
            ..Default::default()
        },
    )
}

/// No pod borrows the rights of its node. What has rights at the provider has a service account for that.
fn instance_metadata() -> Manifest {
    let to = calico::GlobalNetworkPolicyEgressDestination {
        selector: Some(format!("{ADDRESSES} == '{}'", INSTANCE_METADATA_SET.1)),
        ..Default::default()
    };
    egress(
        Tier::Security,
        "deny-instance-metadata",
        10.0,
        outside(&[KUBE_SYSTEM]),
        vec![deny(to)],
    )
}

/// Every pod may ask the cluster's DNS, in namespaces without policies of their own, too.
fn dns() -> Manifest {
    egress(
        Tier::Platform,
        "allow-dns",
        0.0,
        "all()".to_owned(),
        to_dns(),
    )
}

/// Kubelets answer those who watch them, and nobody else.
fn kubelets(environment: &Environment) -> Manifest {
    let to = calico::GlobalNetworkPolicyEgressDestination {
        selector: Some(format!("{ADDRESSES} == '{}'", NODE_SET.1)),
        ports: Some(vec![IntOrString::Int(KUBELET.into())]),
        ..Default::default()
    };
    let rule = calico::GlobalNetworkPolicyEgress {
        protocol: Some(IntOrString::String("TCP".to_owned())),
        ..deny(to)
    };
    egress(
        Tier::Application,
        "keep-off-kubelets",
        0.0,
        inside(&applications(environment)),
        vec![rule],
    )
}

/// Whatever the policies of an application allow, its pods do not reach those who hold the rights of the cluster.
fn controllers(environment: &Environment) -> Manifest {
    let held = namespaces(environment)
        .into_iter()
        .filter(|namespace| namespace.isolated)
        .map(|namespace| namespace.name)
        .chain([ARGO_CD, OPERATOR, SYSTEM]);
    let to = calico::GlobalNetworkPolicyEgressDestination {
        namespace_selector: Some(inside(&held.collect::<Vec<_>>())),
        ..Default::default()
    };
    egress(
        Tier::Application,
        "keep-off-controllers",
        10.0,
        inside(&applications(environment)),
        vec![deny(to)],
    )
}

/// Where nothing allows, nothing is allowed: in a namespace that somebody made by hand as well. It denies by having no
/// other rule, at the very end; namespaces are left out whose pods are not described by policies.
fn denial(environment: &Environment) -> Manifest {
    let open = namespaces(environment)
        .into_iter()
        .filter(|namespace| !namespace.isolated)
        .map(|namespace| namespace.name);
    let system = [
        KUBE_SYSTEM,
        name!(NamespaceName, "kube-public"),
        name!(NamespaceName, "kube-node-lease"),
        ARGO_CD,
        SYSTEM,
    ];
    let mut left_out: Vec<NamespaceName> = system.into_iter().chain(open).collect();
    left_out.sort();
    Tier::Default.policy(
        "deny-unless-allowed",
        None,
        calico::GlobalNetworkPolicySpec {
            namespace_selector: Some(outside(&left_out)),
            types: Some(vec![
                calico::GlobalNetworkPolicyType::Ingress,
                calico::GlobalNetworkPolicyType::Egress,
            ]),
            egress: Some(to_dns()),
            ..Default::default()
        },
    )
}

/// The namespaces of applications: those of the environment but the one from which everything is watched.
fn applications(environment: &Environment) -> Vec<NamespaceName> {
    let watching = &environment.monitoring.namespace.value;
    environment
        .namespaces
        .keys()
        .filter(|namespace| *namespace != watching)
        .cloned()
        .collect()
}

fn egress(
    tier: Tier,
    name: &str,
    order: f64,
    of: String,
    rules: Vec<calico::GlobalNetworkPolicyEgress>,
) -> Manifest {
    tier.policy(
        name,
        Some(order),
        calico::GlobalNetworkPolicySpec {
            namespace_selector: Some(of),
            types: Some(vec![calico::GlobalNetworkPolicyType::Egress]),
            egress: Some(rules),
            ..Default::default()
        },
    )
}

fn deny(to: calico::GlobalNetworkPolicyEgressDestination) -> calico::GlobalNetworkPolicyEgress {
    let anywhere = to == calico::GlobalNetworkPolicyEgressDestination::default();
    calico::GlobalNetworkPolicyEgress {
        action: calico::GlobalNetworkPolicyEgressAction::Deny,
        destination: (!anywhere).then_some(to),
        ..Default::default()
    }
}

fn to_dns() -> Vec<calico::GlobalNetworkPolicyEgress> {
    let rule = |protocol: &str| calico::GlobalNetworkPolicyEgress {
        action: calico::GlobalNetworkPolicyEgressAction::Allow,
        protocol: Some(IntOrString::String(protocol.to_owned())),
        destination: Some(calico::GlobalNetworkPolicyEgressDestination {
            namespace_selector: Some(inside(&[KUBE_SYSTEM])),
            selector: Some("k8s-app == 'kube-dns'".to_owned()),
            ports: Some(vec![IntOrString::Int(53)]),
            ..Default::default()
        }),
        ..Default::default()
    };
    vec![rule("UDP"), rule("TCP")]
}

fn inside(names: &[NamespaceName]) -> String {
    format!("kubernetes.io/metadata.name in {{{}}}", quoted(names))
}

fn outside(names: &[NamespaceName]) -> String {
    format!("kubernetes.io/metadata.name not in {{{}}}", quoted(names))
}

fn quoted(names: &[NamespaceName]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
    quoted.join(", ")
}
