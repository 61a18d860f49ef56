//! How traffic gets in: by the mesh gateway, a load balancer, the ingress controller, or callers known by their labels.

use std::collections::BTreeMap;

use names::{Arn, Bytes, Cidr, Duration, LabelKey, LabelValue, NamespaceName, PathPrefix};

use crate::{Located, choice, record};

record! {
    /// How the mesh gateway passes requests on to a service.
    pub struct Exposure {
        /// The paths of the gateway's host that lead to the service, each with everything below it.
        pub paths: Vec<Located<PathPrefix>>,
    }
}

choice! {
    /// Who can reach a load balancer at all.
    pub enum Reach {
        /// The internet.
        Internet = "internet",
        /// The network of the cluster and what is connected to it.
        Internal = "internal",
    }
}

choice! {
    /// Where a node sends what a load balancer hands it.
    pub enum ExternalTraffic {
        /// To pods on itself, so that the client's address stays.
        Local = "local",
        /// To any pod.
        Cluster = "cluster",
    }
}

record! {
    /// A load balancer of the provider that ends TLS in front of a service.
    pub struct LoadBalancer {
        /// The certificate that the load balancer shows, by its name at the provider.
        pub certificate: Located<Arn>,
        /// Who can reach it at all.
        pub reach: Reach = Reach::Internet,
        /// The addresses that may connect.
        pub sources: Vec<Cidr>,
        /// How long a client stays on its pod between two connections, at most a day.
        pub affinity: Located<Duration>,
        /// Where a node sends what the load balancer hands it.
        pub external_traffic: ExternalTraffic = ExternalTraffic::Local,
        /// The provider's name of the versions and ciphers of TLS that are offered.
        pub tls_policy: String,
    }
}

record! {
    /// How many requests of one client address are let through.
    pub struct RequestRate {
        /// Requests a second.
        pub per_second: u32,
        /// Requests above the rate that are let through at once; what exceeds them is refused with 429.
        pub burst: u32,
    }
}

record! {
    /// How the ingress controller passes requests on to a service.
    pub struct IngressRoute {
        /// The paths of the ingress' host that lead to the service, each with everything below it.
        pub paths: Located<Vec<Located<PathPrefix>>>,
        /// Whether the service speaks WebSocket.
        pub websocket: bool = false,
        /// How long the service may be silent before the connection ends; `WebSockets` are silent for long.
        pub read_timeout: Duration = Duration::minutes(1),
        /// How long it may take nothing before the connection ends.
        pub send_timeout: Duration = Duration::minutes(1),
        /// How long a client stays on its pod, by a cookie; without it any pod may answer.
        pub sticky: Option<Duration>,
        /// How many requests of one client are let through; the ingress' own rate where nothing is said.
        pub rate: Option<RequestRate>,
        /// The largest body of a request.
        pub body: Bytes = Bytes::mebi(1),
        /// Paths whose answers are kept at the ingress for as long as their `Cache-Control` allows.
        pub cached: Vec<Located<PathPrefix>> = Vec::new(),
    }
}

record! {
    /// Pods outside of the services that may call a service: by their namespace, their labels, or both at once.
    pub struct Caller {
        /// The namespace; the service's own where nothing is said.
        pub namespace: Option<Located<NamespaceName>>,
        /// The labels; none means every pod of the namespace.
        pub labels: BTreeMap<LabelKey, LabelValue> = BTreeMap::new(),
    }
}
