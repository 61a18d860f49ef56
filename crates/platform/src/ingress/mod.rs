//! The ingress: the part of the host's configuration that stands beside its controller, and the host's certificate.

mod cache;
mod certificate;
mod host;

use builders::{Labels, Peer};
use environment::Environment;
use names::{AnnotationKey, ApplicationName, NamespaceName, ObjectName, name};

use crate::component::Component;
use crate::wave;

pub(crate) use cache::controller_entries;

/// Where the controller runs.
pub(crate) const NAMESPACE: NamespaceName = NamespaceName::from_static("nginx-ingress");
/// The class of the objects that the controller takes care of.
pub(crate) const CLASS: &str = "nginx";
/// Which part of a host's configuration an object is: the one with the certificate, or one with paths.
pub(crate) const MERGEABLE: AnnotationKey =
    AnnotationKey::from_static("nginx.org/mergeable-ingress-type");

/// The pods of the controller (labels of the chart's own template). They have no proxy of the mesh.
pub(crate) fn controller() -> Peer {
    Peer::Pods {
        name: name!(ObjectName, "nginx-ingress"),
        namespace: NAMESPACE,
        labels: Labels::from([(
            "app.kubernetes.io/name".to_owned(),
            "nginx-ingress".to_owned(),
        )]),
        account: None,
    }
}

/// The host with its certificate, where the environment has one.
pub(crate) fn ingress(environment: &Environment) -> Option<Component<()>> {
    let settings = environment.ingress.as_ref()?;
    let issuer = environment.addons.cert_manager.as_ref()?.issuer.as_ref()?;
    let (certificate, secret) = certificate::certificate(settings, issuer);
    Some(
        Component::new(
            &name!(ApplicationName, "ingress"),
            &NAMESPACE,
            wave::POLICIES,
            (),
        )
        .with([certificate, host::host(settings, &secret)]),
    )
}
