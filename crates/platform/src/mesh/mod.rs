//! The service mesh: how it is installed, what holds for all of it, and the gateway that lets traffic in.

mod gateway;
mod operator;
mod policies;

use builders::{Labels, Peer, ServiceAccountRef};
use environment::{Environment, Mesh};
use names::{ApplicationName, HostName, NamespaceName, ObjectName, ServiceAccountName, name};

use crate::component::Component;
use crate::secrets::SecretStore;
use crate::wave;

/// Where the gateway's pods run.
pub(crate) const GATEWAY_NAMESPACE: NamespaceName = NamespaceName::from_static("istio-ingress");
/// Where the control plane runs; policies of this namespace hold for the whole mesh.
pub(crate) const ROOT_NAMESPACE: NamespaceName = NamespaceName::from_static("istio-system");

/// What services need to know of the mesh.
#[derive(Clone, Debug)]
pub(crate) struct MeshHandles {
    /// The gateway's pods.
    pub(crate) gateway: Peer,
    /// The Gateway object, as virtual services of other namespaces name it.
    pub(crate) gateway_object: String,
    /// The host that the gateway serves.
    pub(crate) host: HostName,
}

/// The document's own form of the control plane: input of `istioctl install`, not applied to the cluster.
pub(crate) fn control_plane(environment: &Environment, mesh: &Mesh) -> Component<()> {
    Component::new(
        &name!(ApplicationName, "istio-operator"),
        &ROOT_NAMESPACE,
        wave::CONTROLLERS,
        (),
    )
    .with([operator::control_plane(environment, mesh)])
    .application(manifest::Application::install_only)
}

/// Mutual TLS and default denial in every namespace of the mesh, access logs, and the gateway.
pub(crate) fn policies(
    environment: &Environment,
    mesh: &Mesh,
    store: &SecretStore,
) -> Component<MeshHandles> {
    let (certificate, secret) = store.certificate(&GATEWAY_NAMESPACE, &mesh.gateway.certificate);
    let account = ServiceAccountRef::external(
        &GATEWAY_NAMESPACE,
        &name!(ServiceAccountName, "istio-ingress"),
        "made by the chart gateway",
    );
    let handles = MeshHandles {
        gateway: Peer::Pods {
            name: name!(ObjectName, "mesh-gateway"),
            namespace: GATEWAY_NAMESPACE,
            labels: Labels::from([("istio".to_owned(), "ingress".to_owned())]),
            account: Some(account),
        },
        gateway_object: format!("{GATEWAY_NAMESPACE}/{}", gateway::NAME),
        host: mesh.gateway.host.value.clone(),
    };
    let meshed = environment
        .namespaces
        .iter()
        .filter(|(_, namespace)| namespace.mesh.value)
        .map(|(name, _)| name);
    Component::new(
        &name!(ApplicationName, "mesh-policies"),
        &ROOT_NAMESPACE,
        wave::POLICIES,
        handles,
    )
    .with([
        policies::mutual_tls(&ROOT_NAMESPACE),
        policies::access_logs(),
        certificate,
    ])
    .with(meshed.flat_map(|namespace| {
        [
            policies::mutual_tls(namespace),
            policies::deny_all(namespace),
        ]
    }))
    .with([gateway::gateway(mesh, &secret)])
}
