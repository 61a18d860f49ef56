//! The scrape jobs of a cluster.

mod annotated_pods;
mod api_server;
mod endpoints;
mod kubelet;
pub(crate) mod meta;
mod nodes;
mod own;

pub use annotated_pods::annotated_pods;
pub use api_server::api_server;
pub use endpoints::{Endpoints, endpoints, kube_state_metrics};
pub use kubelet::{KubeletCertificate, cadvisor, kubelet};
pub use nodes::node_port;
pub use own::own;
