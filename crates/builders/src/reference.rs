//! Handles: the only way in which one component gets the name of another's object.
//!
//! Their fields are private and only the builder of the object makes them. Objects that something outside this
//! repository makes are named by the `external` constructors, each of which asks for the reason.

use names::{
    ConfigMapName, DataKey, NamespaceName, PriorityClassName, SecretName, ServiceAccountName,
    ServiceName, StorageClassName, WorkloadName,
};

use crate::NamedPort;

macro_rules! reference {
    ($(#[$meta:meta])* $reference:ident, $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $reference {
            namespace: NamespaceName,
            name: $name,
        }

        impl $reference {
            pub(crate) fn new(namespace: &NamespaceName, name: &$name) -> Self {
                Self { namespace: namespace.clone(), name: name.clone() }
            }

            /// An object that is made outside of this repository; `_reason` says by whom.
            pub fn external(namespace: &NamespaceName, name: &$name, _reason: &'static str) -> Self {
                Self::new(namespace, name)
            }

            /// The namespace of the object.
            pub fn namespace(&self) -> &NamespaceName {
                &self.namespace
            }

            /// The name of the object.
            pub fn name(&self) -> &$name {
                &self.name
            }
        }
    };
}

reference!(
    /// A ConfigMap that exists.
    ConfigMapRef, ConfigMapName);
reference!(
    /// A Secret that exists once its ExternalSecret or certificate has been served.
    SecretRef, SecretName);
reference!(
    /// A service account that exists.
    ServiceAccountRef, ServiceAccountName);

macro_rules! cluster_reference {
    ($(#[$meta:meta])* $reference:ident, $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $reference($name);

        impl $reference {
            /// A handle to the object that the caller makes, or that `_reason` says is there.
            pub fn declared(name: &$name, _reason: &'static str) -> Self {
                Self(name.clone())
            }

            /// The name of the object.
            pub fn name(&self) -> &$name {
                &self.0
            }
        }
    };
}

cluster_reference!(
    /// A storage class that exists.
    StorageClassRef, StorageClassName);
cluster_reference!(
    /// A priority class that exists.
    PriorityClassRef, PriorityClassName);

/// One key of a ConfigMap that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigMapKeyRef {
    pub(crate) config_map: ConfigMapRef,
    pub(crate) key: DataKey,
}

impl ConfigMapKeyRef {
    /// The key.
    pub fn key(&self) -> &DataKey {
        &self.key
    }

    /// The ConfigMap that holds the key.
    pub fn config_map(&self) -> &ConfigMapRef {
        &self.config_map
    }
}

/// One key of a Secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretKeyRef {
    secret: SecretRef,
    key: DataKey,
}

impl SecretKeyRef {
    /// A key that whoever makes `secret` declares.
    pub fn new(secret: &SecretRef, key: &DataKey) -> Self {
        Self {
            secret: secret.clone(),
            key: key.clone(),
        }
    }

    /// The Secret that holds the key.
    pub fn secret(&self) -> &SecretRef {
        &self.secret
    }

    /// The key.
    pub fn key(&self) -> &DataKey {
        &self.key
    }
}

/// A Service that exists, with the ports it serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRef {
    pub(crate) namespace: NamespaceName,
    pub(crate) name: ServiceName,
    pub(crate) ports: Vec<(names::Port, NamedPort)>,
    pub(crate) headless: bool,
}

impl ServiceRef {
    /// The namespace of the service.
    pub fn namespace(&self) -> &NamespaceName {
        &self.namespace
    }

    /// The name of the service.
    pub fn name(&self) -> &ServiceName {
        &self.name
    }

    /// The fully qualified DNS name inside the cluster.
    pub fn host(&self) -> String {
        format!("{}.{}.svc.cluster.local", self.name, self.namespace)
    }

    /// The service ports with the container ports behind them.
    pub fn ports(&self) -> &[(names::Port, NamedPort)] {
        &self.ports
    }

    /// The first port; a service always has one.
    pub fn port(&self) -> Option<names::Port> {
        self.ports.first().map(|(port, _)| *port)
    }
}

/// What an autoscaler or a disruption budget aims at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScaleTarget {
    pub(crate) api_version: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) namespace: NamespaceName,
    pub(crate) name: WorkloadName,
}

impl ScaleTarget {
    /// The API version of the workload, `apps/v1` for instance.
    pub fn api_version(&self) -> &'static str {
        self.api_version
    }

    /// The kind of the workload.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// The namespace of the workload.
    pub fn namespace(&self) -> &NamespaceName {
        &self.namespace
    }

    /// The name of the workload.
    pub fn name(&self) -> &WorkloadName {
        &self.name
    }
}
