//! A service that fits the golden path: ten lines that give its full set of objects.

mod account;
mod alerts;
mod entry;
mod health;
mod resilience;
mod scaling;

use std::collections::BTreeMap;

use names::{
    ComponentName, Duration, EnvironmentVariable, ImageReference, LabelKey, LabelValue,
    NamespaceName, Port,
};

pub use self::account::{Account, AccountPermission};
pub use self::alerts::ServiceAlerts;
pub use self::entry::{
    Caller, Exposure, ExternalTraffic, IngressRoute, LoadBalancer, Reach, RequestRate,
};
pub use self::health::{Health, HttpProbe};
pub use self::resilience::{Ejection, Resilience};
pub use self::scaling::{ContainerSize, VerticalMode, VerticalScaling};
use super::{ComputeResources, Replicas, SecretReference};
use crate::{Located, choice, record};

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
    /// Which pods go first where there is not room for all.
    pub enum ServicePriority {
        /// Those that users wait for: they are scheduled before others, and push those aside.
        Production = "production",
        /// Those that may wait.
        Batch = "batch",
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
        /// Between how many replicas it is scaled; the defaults of services where nothing is said.
        pub replicas: Option<Replicas>,
        /// Recommendations for its size; the defaults of services where nothing is said.
        pub vertical_scaling: Option<VerticalScaling>,
        /// How it says that it lives and is ready.
        pub health: Health,
        /// How a new version replaces the old one.
        pub rollout: Located<Strategy> = Located::implied(Strategy::Rolling),
        /// How long its pods may take to end what they have begun once they are told to stop.
        pub shutdown: Duration = Duration::seconds(30),
        /// Labels of its pods beside those that every pod has.
        pub labels: BTreeMap<LabelKey, LabelValue> = BTreeMap::new(),
        /// Labels of the nodes that it rather runs on; others are taken where those are full.
        pub prefers: BTreeMap<LabelKey, Located<LabelValue>> = BTreeMap::new(),
        /// By which priority its pods are scheduled; the cluster's default where nothing is said.
        pub priority: Option<ServicePriority>,
        /// The HTTP methods that callers may use; none allows all.
        pub methods: Vec<HttpMethod> = Vec::new(),
        /// What callers do when it is slow, full or failing.
        pub resilience: Resilience = Resilience::UNSAID,
        /// Whether the mesh gateway leads to it.
        pub exposed: Option<Exposure>,
        /// Whether a load balancer of its own leads to it.
        pub load_balancer: Option<LoadBalancer>,
        /// Whether the ingress controller leads to it.
        pub ingress: Option<IngressRoute>,
        /// Pods beside the services that may call it.
        pub callers: Vec<Located<Caller>> = Vec::new(),
        /// The services and components that it opens connections to.
        pub calls: Vec<Located<ComponentName>> = Vec::new(),
        /// Environment variables from secrets, each as `secret/key`.
        pub secrets: BTreeMap<EnvironmentVariable, SecretReference> = BTreeMap::new(),
        /// Environment variables that everybody may read.
        pub variables: BTreeMap<EnvironmentVariable, String> = BTreeMap::new(),
        /// Environment variables that follow the container's size: numbers of workers and threads, bounds of heaps.
        pub sized: BTreeMap<EnvironmentVariable, ContainerSize> = BTreeMap::new(),
        /// When somebody is told that it fails; the defaults of services where nothing is said.
        pub alerts: Option<ServiceAlerts>,
    }
}
