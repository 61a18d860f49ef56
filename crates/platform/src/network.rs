//! Peers outside of the pods' network: the nodes with the control plane's addresses, and hosts beyond the cluster.

use builders::{NamedPort, Peer};
use environment::{Environment, Provider};
use names::{Cidr, ObjectName, PortName, name, port};

/// The API server, as pods reach it.
pub(crate) const API_SERVER: NamedPort = NamedPort::tcp(PortName::from_static("https"), port!(443));

/// Every address of IPv4.
const ANYWHERE: Cidr = Cidr::v4([0, 0, 0, 0], 0);

/// The subnets of the nodes, in which the control plane has its addresses as well.
pub(crate) fn nodes(environment: &Environment) -> Peer {
    let Provider::Eks(eks) = &environment.cluster.provider;
    Peer::Addresses {
        name: name!(ObjectName, "nodes"),
        blocks: eks
            .vpc
            .private
            .values()
            .map(|subnet| subnet.value)
            .collect(),
        except: Vec::new(),
    }
}

/// Every address outside of the cluster, for hosts whose addresses nobody promises; `name` says which host it is for.
pub(crate) fn beyond(environment: &Environment, name: ObjectName) -> Peer {
    let Provider::Eks(eks) = &environment.cluster.provider;
    Peer::Addresses {
        name,
        blocks: vec![ANYWHERE],
        except: vec![eks.vpc.cidr.value, eks.vpc.services.value],
    }
}
