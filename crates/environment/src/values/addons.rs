//! The charts that an environment installs, each on a version that is written out.

use names::Version;

use crate::record;

record! {
    /// The charts that an environment installs.
    pub struct Addons {
        /// Istio: base, control plane, CNI and gateway, on one version.
        pub istio: Version,
        /// Argo Rollouts.
        pub argo_rollouts: Version,
        /// The vertical pod autoscaler.
        pub vertical_pod_autoscaler: Version,
        /// External Secrets.
        pub external_secrets: Version,
        /// Velero.
        pub velero: Option<Version>,
        /// The metrics server.
        pub metrics_server: Version,
    }
}
