//! Services: names and addresses for the pods of one identity.

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use manifest::Manifest;
use names::{AnnotationKey, LabelKey, LabelValue, Port, ServiceName};

use crate::{Identity, Labels, NamedPort, ServiceRef};

/// A Service under construction.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Service {
    identity: Identity,
    reference: ServiceRef,
    selector: Labels,
    annotations: Labels,
    spec: core::ServiceSpec,
}

impl Service {
    /// A service that serves `target` of the identity's pods at `port`.
    pub fn new(identity: &Identity, name: &ServiceName, port: Port, target: &NamedPort) -> Self {
        let reference = ServiceRef {
            namespace: identity.namespace().clone(),
            name: name.clone(),
            ports: Vec::new(),
            headless: false,
        };
        let spec = core::ServiceSpec {
            type_: Some("ClusterIP".to_owned()),
            ..Default::default()
        };
        let selector = identity.selector().clone();
        Self {
            identity: identity.clone(),
            reference,
            selector,
            annotations: Labels::new(),
            spec,
        }
        .port(port, target)
    }

    /// Serves another port of the pods.
    pub fn port(mut self, port: Port, target: &NamedPort) -> Self {
        self.reference.ports.push((port, target.clone()));
        self.spec
            .ports
            .get_or_insert_default()
            .push(core::ServicePort {
                name: Some(target.name.to_string()),
                port: port.into(),
                target_port: Some(target.by_name()),
                protocol: Some(target.protocol.to_string()),
                ..Default::default()
            });
        self
    }

    /// Says what the first port's protocol is above TCP, for the mesh and for load balancers.
    pub fn app_protocol(mut self, protocol: &'static str) -> Self {
        if let Some(first) = self.spec.ports.get_or_insert_default().first_mut() {
            first.app_protocol = Some(protocol.to_owned());
        }
        self
    }

    /// No address of its own: DNS answers with the pods, ready or not, as members of a cluster need to find each other.
    pub fn headless(mut self) -> Self {
        self.reference.headless = true;
        self.spec.cluster_ip = Some("None".to_owned());
        self.spec.publish_not_ready_addresses = Some(true);
        self
    }

    /// Reachable from outside through the provider's load balancer, which `class` names.
    pub fn load_balancer(mut self, class: Option<&'static str>) -> Self {
        self.spec.type_ = Some("LoadBalancer".to_owned());
        self.spec.load_balancer_class = class.map(str::to_owned);
        self
    }

    /// Sends a client to the same pod for as long as `seconds` have not passed between two connections.
    pub fn sticky(mut self, seconds: i32) -> Self {
        self.spec.session_affinity = Some("ClientIP".to_owned());
        self.spec.session_affinity_config = Some(core::SessionAffinityConfig {
            client_ip: Some(core::ClientIPConfig {
                timeout_seconds: Some(seconds),
            }),
        });
        self
    }

    /// Narrows the selection to pods that carry another label as well, which a controller sets at run time.
    pub fn only(mut self, key: &LabelKey, value: &LabelValue) -> Self {
        self.selector.insert(key.to_string(), value.to_string());
        self
    }

    /// Adds an annotation.
    pub fn annotation(mut self, key: &AnnotationKey, value: impl Into<String>) -> Self {
        self.annotations.insert(key.to_string(), value.into());
        self
    }

    /// Changes what this builder has no word for; say why at the call.
    pub fn patch(mut self, change: impl FnOnce(&mut core::ServiceSpec)) -> Self {
        change(&mut self.spec);
        self
    }

    /// The handle by which others refer to this service.
    pub fn handle(&self) -> ServiceRef {
        self.reference.clone()
    }

    /// The manifest.
    #[track_caller]
    pub fn manifest(self) -> Manifest {
        let metadata = ObjectMeta {
            annotations: (!self.annotations.is_empty()).then_some(self.annotations),
            ..self.identity.metadata()
        };
        let spec = core::ServiceSpec {
            selector: Some(self.selector),
            ..self.spec
        };
        let service = core::Service {
            metadata,
            spec: Some(spec),
            ..Default::default()
        };
        Manifest::namespaced(self.identity.namespace(), self.reference.name, service)
    }
}
