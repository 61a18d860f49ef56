//! A port that has a name: declared once, then lent to container, probe, service and policy.

use k8s_openapi::api::core::v1::ContainerPort;
use k8s_openapi::api::networking::v1::NetworkPolicyPort;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use names::{Port, PortName, Protocol};

/// A named port of a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPort {
    /// The name, by which services and probes refer to the port.
    pub name: PortName,
    /// The number that the process listens on.
    pub port: Port,
    /// The transport protocol.
    pub protocol: Protocol,
}

impl NamedPort {
    /// A TCP port.
    pub const fn tcp(name: PortName, port: Port) -> Self {
        Self {
            name,
            port,
            protocol: Protocol::Tcp,
        }
    }

    /// A UDP port.
    pub const fn udp(name: PortName, port: Port) -> Self {
        Self {
            name,
            port,
            protocol: Protocol::Udp,
        }
    }

    /// A reference by name, as probes and services use it.
    pub fn by_name(&self) -> IntOrString {
        IntOrString::String(self.name.to_string())
    }

    pub(crate) fn declaration(&self) -> ContainerPort {
        ContainerPort {
            name: Some(self.name.to_string()),
            container_port: self.port.into(),
            protocol: Some(self.protocol.to_string()),
            ..Default::default()
        }
    }

    /// The port in a network policy: by number, because a name would have to exist on every selected pod.
    pub fn policy_port(&self) -> NetworkPolicyPort {
        NetworkPolicyPort {
            port: Some(IntOrString::Int(self.port.into())),
            protocol: Some(self.protocol.to_string()),
            ..Default::default()
        }
    }
}
