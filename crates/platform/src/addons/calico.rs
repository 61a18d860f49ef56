//! Calico as the engine of network policies beside the provider's own network: its kinds, and the operator that runs it.

use environment::Environment;
use names::{ApplicationName, NamespaceName, name};
use serde::Serialize;

use super::chart::{Chart, Home, Published};
use super::values::Switch;

/// Where the operator runs.
pub(crate) const OPERATOR: NamespaceName = NamespaceName::from_static("tigera-operator");
/// Where the operator puts what it runs.
pub(crate) const SYSTEM: NamespaceName = NamespaceName::from_static("calico-system");

const REPOSITORY: &str = "https://docs.tigera.io/calico/charts";
const NODE_NETWORK: &str =
    "the operator sets up the network of nodes, from their own network and their directories";

#[derive(Serialize)]
struct Nothing {}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Values {
    installation: Installation,
    #[serde(rename = "apiServer")]
    api_server: Switch,
    goldmane: Switch,
    whisker: Switch,
    #[serde(rename = "manageCRDs")]
    manage_crds: bool,
}

/// The specification of the operator's own kind of this name.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Installation {
    enabled: bool,
    kubernetes_provider: KubernetesProvider,
    cni: Cni,
    calico_network: CalicoNetwork,
}

#[derive(Serialize)]
enum KubernetesProvider {
    #[serde(rename = "EKS")]
    Eks,
}

#[derive(Serialize)]
struct Cni {
    r#type: CniType,
}

/// Who gives pods their addresses.
#[derive(Serialize)]
enum CniType {
    #[serde(rename = "AmazonVPC")]
    AmazonVpc,
}

#[derive(Serialize)]
struct CalicoNetwork {
    bgp: Bgp,
}

#[derive(Serialize)]
enum Bgp {
    Disabled,
}

/// The kinds first, in a chart of their own since 3.32; then the operator.
///
/// AWS gives pods their addresses, and no routes are announced. The API server serves the kinds that policies are written
/// in. `aws-node` has to write the address of each pod on it (`ANNOTATE_POD_IP`), or new pods wait for their policies.
pub(super) fn charts(environment: &Environment) -> Vec<Chart> {
    let Some(version) = &environment.addons.calico else {
        return Vec::new();
    };
    let home = || Home::Privileged(OPERATOR, NODE_NETWORK);
    let values = Values {
        installation: Installation {
            enabled: true,
            kubernetes_provider: KubernetesProvider::Eks,
            cni: Cni {
                r#type: CniType::AmazonVpc,
            },
            calico_network: CalicoNetwork { bgp: Bgp::Disabled },
        },
        api_server: Switch::ON,
        goldmane: Switch::OFF,
        whisker: Switch::OFF,
        // They come from the chart beside it.
        manage_crds: false,
    };
    let definitions = Chart::new(
        name!(ApplicationName, "calico-definitions"),
        home(),
        Published::at(REPOSITORY, "crd.projectcalico.org.v1"),
        version,
        &Nothing {},
    );
    let operator = Chart::new(
        name!(ApplicationName, "calico"),
        home(),
        Published::at(REPOSITORY, "tigera-operator"),
        version,
        &values,
    );
    vec![definitions.definitions(), operator]
}
