//! Peers outside of the pods' network: the nodes, the control plane's addresses, and hosts beyond the cluster.

use builders::{Endpoint, NamedPort, Peer};
use environment::{Environment, Provider};
use names::{Cidr, ObjectName, PortName, name, port};

use crate::provider;

/// The port of HTTPS, which is also that of the API server, as pods reach it.
pub(crate) const HTTPS: NamedPort = NamedPort::tcp(PortName::from_static("https"), port!(443));

/// The storage of the provider, from where also the tokens for it come.
pub(crate) const OBJECT_STORAGE: ObjectName = name!(ObjectName, "object-storage");

/// The addresses of the nodes.
pub(crate) fn nodes(environment: &Environment) -> Peer {
    addresses(
        name!(ObjectName, "nodes"),
        provider::node_addresses(environment),
    )
}

/// The API server.
pub(crate) fn api_server(environment: &Environment) -> Endpoint {
    Endpoint {
        peer: addresses(
            name!(ObjectName, "control-plane"),
            provider::control_plane_addresses(environment),
        ),
        port: HTTPS,
    }
}

/// Every address outside of the cluster, for hosts whose addresses nobody promises; `name` says which host it is for.
pub(crate) fn beyond(environment: &Environment, name: ObjectName) -> Peer {
    Peer::Addresses {
        name,
        blocks: vec![Cidr::ANY_V4],
        except: provider::own_addresses(environment),
    }
}

/// HTTPS at hosts outside of the cluster.
pub(crate) fn web(environment: &Environment, name: ObjectName) -> Endpoint {
    Endpoint {
        peer: beyond(environment, name),
        port: HTTPS,
    }
}

fn addresses(name: ObjectName, blocks: Vec<Cidr>) -> Peer {
    Peer::Addresses {
        name,
        blocks,
        except: Vec::new(),
    }
}

/// Where a pod is told who it is at the provider, beside the provider's own hosts: on GKE by the metadata server, at one
/// address where Dataplane V2 carries the packets and at the other where it does not.
pub(crate) fn identity_servers(environment: &Environment) -> Vec<Endpoint> {
    let server = |address, port| Endpoint {
        peer: addresses(
            name!(ObjectName, "metadata-server"),
            vec![Cidr::v4(address, 32)],
        ),
        port: NamedPort::tcp(PortName::from_static("metadata"), port),
    };
    match environment.cluster.provider {
        Provider::Gke(_) => vec![
            server([169, 254, 169, 254], port!(80)),
            server([169, 254, 169, 252], port!(988)),
        ],
        Provider::Eks(_) | Provider::Aks(_) => Vec::new(),
    }
}
