//! The scrape jobs of a cluster.

mod annotated_pods;
mod api_server;
mod endpoints;
mod kubelet;
pub(crate) mod meta;
mod nodes;
mod own;

pub(crate) use annotated_pods::pods;
pub use annotated_pods::{Application, Elsewhere, annotated_pods, application, controllers};
pub use api_server::api_server;
pub use endpoints::{Endpoints, about_others, endpoints};
pub use kubelet::{KubeletCertificate, cadvisor, kubelet};
pub use nodes::node_port;
pub use own::own;
