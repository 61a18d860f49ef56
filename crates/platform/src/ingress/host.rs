//! The host: the object with its certificate, which the objects with its paths are put together with.

use builders::SecretRef;
use environment::Ingress;
use k8s_openapi::api::networking::v1 as networking;
use manifest::Manifest;
use names::{ObjectName, annotation_key, name};

use super::{CLASS, MERGEABLE, NAMESPACE};

/// The host without paths. Its certificate's key stays in the controller's namespace, away from every service.
pub(super) fn host(settings: &Ingress, certificate: &SecretRef) -> Manifest {
    let host = settings.host.value.to_string();
    let object = networking::Ingress {
        spec: Some(networking::IngressSpec {
            ingress_class_name: Some(CLASS.to_owned()),
            tls: Some(vec![networking::IngressTLS {
                hosts: Some(vec![host.clone()]),
                secret_name: Some(certificate.name().to_string()),
            }]),
            rules: Some(vec![networking::IngressRule {
                host: Some(host),
                http: None,
            }]),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(&NAMESPACE, name!(ObjectName, "host"), object)
        .annotate(MERGEABLE, "master")
        .annotate(annotation_key!("nginx.org/ssl-redirect"), "true")
        .annotate(annotation_key!("nginx.org/server-tokens"), "false")
        .annotate(annotation_key!("nginx.org/hsts"), "true")
        .annotate(
            annotation_key!("nginx.org/hsts-max-age"),
            settings.strict_transport.as_seconds().to_string(),
        )
}
