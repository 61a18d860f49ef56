//! What admission refuses: which images, labels, sizes, hosts and services the cluster takes.

use std::collections::BTreeMap;
use std::str::FromStr;

use names::{ImageReference, LabelKey, NamespaceName, ServiceName};

use crate::{Located, choice, from_text, record};

choice! {
    /// What happens to an object that breaks a policy.
    pub enum Enforcement {
        /// It is refused.
        Deny = "deny",
        /// It is let in, and whoever applies it is told.
        Warn = "warn",
        /// It is let in and only shows in the audit.
        DryRun = "dryrun",
    }
}

/// The beginning of image references that are trusted: a registry, mostly with a path below it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImageSource(String);

/// Why a text is no source of images.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a registry, with or without a path, for example `quay.io/prometheus`")]
pub struct InvalidImageSource;

impl ImageSource {
    /// The text, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `image` comes from here; it must name its registry for that.
    pub fn covers(&self, image: &ImageReference) -> bool {
        image
            .as_str()
            .strip_prefix(&self.0)
            .is_some_and(|rest| rest.starts_with('/'))
    }
}

impl FromStr for ImageSource {
    type Err = InvalidImageSource;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let registry = text.split('/').next().unwrap_or_default();
        // An image below it has the same rule, and a registry is told from a folder of Docker Hub by its dot or port.
        let image = format!("{text}/image:tag").parse::<ImageReference>();
        (image.is_ok() && registry.contains(['.', ':']))
            .then(|| Self(text.to_owned()))
            .ok_or(InvalidImageSource)
    }
}

from_text! {
    ImageSource: "a registry, with or without a path";
}

record! {
    /// What happens to an object that breaks each of the policies.
    pub struct PolicyEnforcement {
        /// Objects without the labels that say whose they are.
        pub labels: Enforcement,
        /// Images of unknown origin, or without a version.
        pub images: Enforcement,
        /// Containers without requests or limits.
        pub resources: Enforcement,
        /// Pods that reach for their node.
        pub host: Enforcement,
        /// Services that are reachable from outside.
        pub exposure: Enforcement,
    }
}

record! {
    /// What admission refuses.
    pub struct AdmissionPolicy {
        /// Where images may come from.
        pub image_sources: Vec<Located<ImageSource>>,
        /// The labels that every workload and service has.
        pub required_labels: Vec<LabelKey>,
        /// Services of charts that may be reachable from outside; those of this file are known.
        pub exposed_services: BTreeMap<NamespaceName, Vec<ServiceName>> = BTreeMap::new(),
        /// Namespaces that no policy applies to, each with the reason.
        pub exempt_namespaces: BTreeMap<NamespaceName, String>,
        /// What happens to what breaks a policy.
        pub enforcement: PolicyEnforcement,
    }
}

record! {
    /// What is watched for while containers run.
    pub struct RuntimeSecurity {
        /// Images that may have more privilege than others, beside those of privileged namespaces.
        pub privileged_images: Vec<ImageSource> = Vec::new(),
        /// Images whose processes talk to the API server.
        pub api_clients: Vec<ImageSource> = Vec::new(),
        /// Images whose processes open connections to the world.
        pub outbound_images: Vec<ImageSource> = Vec::new(),
    }
}
