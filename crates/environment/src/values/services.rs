//! A service that fits the golden path: ten lines that give its full set of objects.

use std::collections::BTreeMap;

use names::{
    Bytes, ComponentName, Cpu, Duration, EnvironmentVariable, ImageReference, NamespaceName,
    PathPrefix, Port, RoleName, ServiceAccountName,
};

use super::{ComputeResources, Replicas, SecretReference};
use crate::{Located, Range, choice, record};

choice! {
    /// How a new version replaces the old one.
    pub enum Strategy {
        /// Pod by pod.
        Rolling = "rolling",
        /// A share of the traffic at a time.
        Canary = "canary",
        /// All at once, after the new version stands complete.
        BlueGreen = "blue-green",
    }
}

choice! {
    /// What a vertical autoscaler does with its recommendation.
    pub enum VerticalMode {
        /// Only shows it.
        Off = "off",
        /// Applies it to pods as they are made.
        Initial = "initial",
        /// Replaces pods to apply it.
        Recreate = "recreate",
    }
}

choice! {
    /// An HTTP method that callers may use.
    pub enum HttpMethod {
        /// Read.
        Get = "GET",
        /// Read the header only.
        Head = "HEAD",
        /// Create or act.
        Post = "POST",
        /// Replace.
        Put = "PUT",
        /// Change.
        Patch = "PATCH",
        /// Remove.
        Delete = "DELETE",
    }
}

record! {
    /// An HTTP probe.
    pub struct HttpProbe {
        /// The path that answers.
        pub path: PathPrefix,
        /// Wait after the container's start.
        pub delay: Option<Duration>,
        /// Time between two probes.
        pub period: Option<Duration>,
        /// Time to wait for an answer.
        pub timeout: Option<Duration>,
    }
}

record! {
    /// How a service says that it lives and is ready.
    pub struct Health {
        /// A failure restarts the container.
        pub live: HttpProbe,
        /// A failure takes the pod out of its Services.
        pub ready: HttpProbe,
    }
}

record! {
    /// What a service account may do in its own namespace.
    pub struct AccountPermission {
        /// Resources of the core API group.
        pub resources: Vec<String>,
        /// What may be done with them.
        pub verbs: Vec<String>,
    }
}

record! {
    /// The account that a service runs under.
    pub struct Account {
        /// Its name.
        pub name: ServiceAccountName,
        /// The role that holds its rights.
        pub role: Option<Located<RoleName>>,
        /// Its rights.
        pub may: Vec<AccountPermission> = Vec::new(),
    }
}

record! {
    /// Recommendations for the container's size.
    pub struct VerticalScaling {
        /// What is done with them.
        pub mode: Located<VerticalMode>,
        /// The least and the greatest CPU request.
        pub cpu: Range<Cpu>,
        /// The least and the greatest memory request.
        pub memory: Range<Bytes>,
    }
}

record! {
    /// How the mesh gateway passes requests on to a service.
    pub struct Exposure {
        /// The paths of the gateway's host that lead to the service.
        pub paths: Vec<Located<PathPrefix>>,
        /// The longest time that a request may take.
        pub timeout: Duration = Duration::seconds(15),
        /// How often a failed request is tried again.
        pub retries: u8 = 2,
    }
}

record! {
    /// A service that fits the golden path.
    pub struct Service {
        /// Where it runs.
        pub namespace: Located<NamespaceName>,
        /// Its image, with a tag or digest.
        pub image: ImageReference,
        /// The port on which it speaks HTTP.
        pub port: Port,
        /// The account it runs under; one of its own name where nothing is said.
        pub account: Option<Account>,
        /// CPU and memory of its container.
        pub resources: ComputeResources,
        /// Between how many replicas it is scaled.
        pub replicas: Replicas,
        /// Recommendations for its size.
        pub vertical_scaling: Option<VerticalScaling>,
        /// How it says that it lives and is ready.
        pub health: Health,
        /// How a new version replaces the old one.
        pub rollout: Located<Strategy>,
        /// The HTTP methods that callers may use; none allows all.
        pub methods: Vec<HttpMethod> = Vec::new(),
        /// Whether the mesh gateway leads to it.
        pub exposed: Option<Exposure>,
        /// The services and components that it opens connections to.
        pub calls: Vec<Located<ComponentName>> = Vec::new(),
        /// Environment variables from secrets, each as `secret/key`.
        pub secrets: BTreeMap<EnvironmentVariable, SecretReference> = BTreeMap::new(),
        /// Environment variables that everybody may read.
        pub variables: BTreeMap<EnvironmentVariable, String> = BTreeMap::new(),
    }
}
