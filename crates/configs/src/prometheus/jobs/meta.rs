//! The labels that discovery gives to targets, and those that relabelling sets.

use crate::prometheus::label::LabelName;

/// Makes constants of label names.
macro_rules! labels {
    ($($(#[$attribute:meta])* $constant:ident = $label:literal;)*) => {
        $($(#[$attribute])* pub(crate) const $constant: LabelName = LabelName::from_static($label);)*
    };
}

labels! {
    /// Host and port of the target.
    ADDRESS = "__address__";
    SCHEME = "__scheme__";
    METRICS_PATH = "__metrics_path__";

    NAMESPACE = "namespace";
    POD = "pod";
    NODE = "node";
    SERVICE = "service";

    META_NAMESPACE = "__meta_kubernetes_namespace";
    NODE_NAME = "__meta_kubernetes_node_name";
    POD_NAME = "__meta_kubernetes_pod_name";
    POD_IP = "__meta_kubernetes_pod_ip";
    POD_NODE_NAME = "__meta_kubernetes_pod_node_name";
    POD_PHASE = "__meta_kubernetes_pod_phase";
    /// The label by which workloads of this platform are found.
    POD_LABEL_APP = "__meta_kubernetes_pod_label_app";
    SERVICE_NAME = "__meta_kubernetes_service_name";
    ENDPOINT_PORT_NAME = "__meta_kubernetes_endpointslice_port_name";

    /// The pod annotations `prometheus.io/…`.
    ANNOTATION_SCRAPE = "__meta_kubernetes_pod_annotation_prometheus_io_scrape";
    ANNOTATION_SCHEME = "__meta_kubernetes_pod_annotation_prometheus_io_scheme";
    ANNOTATION_PATH = "__meta_kubernetes_pod_annotation_prometheus_io_path";
    ANNOTATION_PORT = "__meta_kubernetes_pod_annotation_prometheus_io_port";
}
