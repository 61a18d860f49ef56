//! The pod templates that stand in the judged objects themselves.

use serde_json::{Map, Value as Json};

use super::{Cluster, Container, Pods, text};
use crate::document::Document;
use crate::pointer::Lookup;

/// What a template without a specification says.
static NOTHING: Json = Json::Null;

/// The template of the pods of one judged object.
#[derive(Clone, Copy)]
pub(crate) struct Template<'c, 'a> {
    /// The object.
    pub(crate) owner: &'a Document,
    /// The specification of its pods.
    pub(crate) spec: &'a Json,
    /// The pods, with their labels and ports.
    pub(crate) pods: &'c Pods<'a>,
}

/// All pod templates; those that an object takes from another one are looked at there.
pub(crate) fn templates<'c, 'a>(
    cluster: &'c Cluster<'a>,
) -> impl Iterator<Item = Template<'c, 'a>> {
    cluster.pods().iter().filter_map(Template::of)
}

impl<'c, 'a> Template<'c, 'a> {
    /// The template of these pods, if it stands in a judged object.
    pub(crate) fn of(pods: &'c Pods<'a>) -> Option<Self> {
        let owner = pods.owner.filter(|_| !pods.path.is_empty())?;
        let spec = pods.spec.unwrap_or(&NOTHING);
        Some(Self { owner, spec, pods })
    }

    /// The kind of the object.
    pub(crate) fn kind(&self) -> &'a str {
        self.owner.id.kind.as_ref()
    }

    /// Where a field of the specification stands in the object.
    pub(crate) fn path(&self, field: &str) -> String {
        format!("{}.{field}", self.pods.path)
    }

    /// Where a field of a container stands in the object.
    pub(crate) fn path_in(&self, container: &Container<'_>, field: &str) -> String {
        format!("{}.{field}", container.path(self.pods))
    }

    /// All containers.
    pub(crate) fn containers(&self) -> impl Iterator<Item = Container<'a>> + use<'c, 'a> {
        self.pods.containers()
    }

    /// The containers that run as long as the pod does.
    pub(crate) fn main_containers(&self) -> impl Iterator<Item = Container<'a>> + use<'c, 'a> {
        self.pods.containers().filter(Container::is_main)
    }

    /// Where the metadata of the pods stand in the object: `spec.template.metadata`.
    pub(crate) fn metadata_path(&self) -> String {
        let above = self.pods.path.strip_suffix("spec").unwrap_or_default();
        format!("{above}metadata")
    }

    /// The annotations of the pods.
    pub(crate) fn annotations(&self) -> Option<&'a Map<String, Json>> {
        let pointer = format!("/{}/annotations", self.metadata_path().replace('.', "/"));
        self.owner.value.lookup(&pointer)?.as_object()
    }

    /// Whether the pods say that they run Windows.
    pub(crate) fn is_windows(&self) -> bool {
        text(self.spec, "/os/name") == Some("windows")
    }

    /// Whether the pods end by themselves.
    pub(crate) fn ends(&self) -> bool {
        matches!(self.kind(), "Job" | "CronJob")
            || (self.kind() == "Pod"
                && matches!(
                    text(self.spec, "/restartPolicy"),
                    Some("Never" | "OnFailure")
                ))
    }

    /// Whether the object runs several pods that are alike and may replace each other.
    pub(crate) fn is_replicated(&self) -> bool {
        matches!(
            self.kind(),
            "Deployment"
                | "Rollout"
                | "StatefulSet"
                | "ReplicaSet"
                | "ReplicationController"
                | "DeploymentConfig"
        )
    }

    /// How many pods the object asks for; `None` where that is not its own to say, or not a number.
    pub(crate) fn replicas(&self) -> Option<u64> {
        match self.owner.value.lookup("/spec/replicas") {
            None | Some(Json::Null) => self.is_replicated().then_some(1),
            Some(replicas) => replicas.as_u64(),
        }
    }
}
