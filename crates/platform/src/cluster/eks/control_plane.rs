//! The control plane that EKS runs: its version, who reaches it, what it logs and what it encrypts.

use api::controlplane_cluster_x_k8s_io::v1beta2::{
    AWSManagedControlPlane, AWSManagedControlPlaneAccessConfig,
    AWSManagedControlPlaneAccessConfigAuthenticationMode, AWSManagedControlPlaneEncryptionConfig,
    AWSManagedControlPlaneEndpointAccess, AWSManagedControlPlaneLogging,
    AWSManagedControlPlaneSpec,
};
use environment::{Eks, Environment};
use manifest::Manifest;

use super::{addons, network};
use crate::annotations;
use crate::cluster::home;

/// What the platform wants of an API server and EKS does not let anybody set, with what stands in its place.
const NOT_SETTABLE: &str = "EKS sets the API server's flags itself, --max-requests-inflight and \
    --max-mutating-requests-inflight among them, and scales with load; its controlPlaneScalingConfig reserves a tier \
    but is not part of this API. FlowSchemas and PriorityLevelConfigurations share what there is between clients, and \
    QPS and burst are flags of each client.";

/// Lets the control plane attach network interfaces to nodes, for the security groups of pods.
const TRUNK_INTERFACES: &str = "arn:aws:iam::aws:policy/AmazonEKSVPCResourceController";

/// The control plane with its network and add-ons.
pub(super) fn control_plane(environment: &Environment, eks: &Eks) -> Manifest {
    let control_plane = AWSManagedControlPlane {
        spec: Some(AWSManagedControlPlaneSpec {
            eks_cluster_name: Some(environment.cluster.name.to_string()),
            region: Some(eks.region.value.clone()),
            version: Some(format!("v{}", environment.kubernetes)),
            // Who may do what is an access entry of EKS; the ConfigMap `aws-auth` is of the past. EKS adds the entries of
            // its node groups itself.
            access_config: Some(AWSManagedControlPlaneAccessConfig {
                authentication_mode: Some(
                    AWSManagedControlPlaneAccessConfigAuthenticationMode::Api,
                ),
                ..Default::default()
            }),
            addons: Some(addons::addons(environment, eks)),
            // Service accounts take on roles only with an identity provider.
            associate_oidc_provider: Some(true),
            encryption_config: Some(AWSManagedControlPlaneEncryptionConfig {
                provider: Some(eks.encryption_key.to_string()),
                resources: Some(vec!["secrets".to_owned()]),
            }),
            endpoint_access: Some(endpoint_access(eks)),
            logging: Some(all_logs()),
            network: Some(network::network(environment, eks)),
            role_additional_policies: addons::pods_have_security_groups(eks)
                .then(|| vec![TRUNK_INTERFACES.to_owned()]),
            vpc_cni: Some(addons::container_network(environment, eks)),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(&home(environment), &environment.cluster.name, control_plane)
        .annotate(annotations::NOT_SETTABLE, NOT_SETTABLE)
}

/// Nodes stay inside the network. Where the internet is closed, the management cluster has to reach it, too.
fn endpoint_access(eks: &Eks) -> AWSManagedControlPlaneEndpointAccess {
    let public: Vec<String> = eks.public_access.iter().map(ToString::to_string).collect();
    AWSManagedControlPlaneEndpointAccess {
        private: Some(true),
        public: Some(!public.is_empty()),
        // An empty list would be left out, and EKS takes that for the whole internet.
        public_cidrs: (!public.is_empty()).then_some(public),
    }
}

fn all_logs() -> AWSManagedControlPlaneLogging {
    AWSManagedControlPlaneLogging {
        api_server: Some(true),
        audit: Some(true),
        authenticator: Some(true),
        controller_manager: Some(true),
        scheduler: Some(true),
    }
}
