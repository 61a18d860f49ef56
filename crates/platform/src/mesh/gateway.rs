//! The gateway that lets traffic into the mesh.

use api::networking_istio_io::v1 as istio;
use builders::SecretRef;
use environment::Mesh;
use manifest::Manifest;
use names::{ObjectName, name};

use super::GATEWAY_NAMESPACE;

/// The name of the Gateway object.
pub(super) const NAME: &str = "public";

/// HTTPS with the certificate of the host, and HTTP only to send clients there.
pub(super) fn gateway(mesh: &Mesh, certificate: &SecretRef) -> Manifest {
    let hosts = vec![mesh.gateway.host.value.to_string()];
    let server = |name: &str, number: i64, protocol: &str, tls: istio::GatewayServerTls| {
        istio::GatewayServer {
            hosts: hosts.clone(),
            port: istio::GatewayServerPort {
                name: name.to_owned(),
                number,
                protocol: protocol.to_owned(),
                ..Default::default()
            },
            tls: Some(tls),
            ..Default::default()
        }
    };
    let redirect = istio::GatewayServerTls {
        https_redirect: Some(true),
        ..Default::default()
    };
    let terminate = istio::GatewayServerTls {
        mode: Some(istio::GatewayServerTlsMode::Simple),
        credential_name: Some(certificate.name().to_string()),
        min_protocol_version: Some(istio::GatewayServerTlsMinProtocolVersion::Tlsv1_2),
        ..Default::default()
    };
    let gateway = istio::Gateway {
        spec: Some(istio::GatewaySpec {
            selector: Some([("istio".to_owned(), "ingress".to_owned())].into()),
            servers: Some(vec![
                server("https", 443, "HTTPS", terminate),
                server("http", 80, "HTTP", redirect),
            ]),
        }),
        ..Default::default()
    };
    Manifest::namespaced(&GATEWAY_NAMESPACE, name!(ObjectName, "public"), gateway)
}
