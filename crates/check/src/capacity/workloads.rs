//! How many pods every workload has: at the minimum of its autoscaler, at its maximum, and while a new version takes over.

use std::collections::BTreeMap;

use manifest::ResourceId;
use serde_json::Value as Json;

use super::amounts::Amounts;
use super::limit_range::LimitRanges;
use super::pod::{self, ContainerSize, PodMetadata, PodSize, Surroundings};
use super::rollout::{self, count};
use crate::cluster::{Cluster, Labels, Pods, namespace_of, text};
use crate::context::ExternalObject;
use crate::document::Document;
use crate::pointer::Lookup;

/// How many pods there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// While nothing changes.
    pub steady: u64,
    /// At most while a new version takes over, the steady ones included.
    pub rollout: u64,
}

/// What decides how many pods a workload has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// The workload, or an autoscaler between two bounds.
    Replicas,
    /// One pod on each node that takes it.
    Nodes,
    /// A job: its pods come and go, and there are none at the minimum.
    Job,
}

/// A workload with what its pods ask for.
#[derive(Clone, Debug)]
pub struct Workload {
    /// The object that makes the pods.
    pub id: ResourceId,
    /// Whether the object is only stated to exist, by a chart for instance.
    pub is_external: bool,
    /// What decides how many pods there are.
    pub scale: Scale,
    /// The pods at the minimum. Of a job, there are none.
    pub minimum: Level,
    /// The pods at the maximum.
    pub maximum: Level,
    /// The autoscaler, as people call it: `HorizontalPodAutoscaler web`.
    pub scaled_by: Option<String>,
    /// What one pod asks for.
    pub pod: PodSize,
    /// The storage that each pod claims for itself.
    pub claims: Vec<Claim>,
    /// The priority of its pods; those below zero give way to all others.
    pub priority: i64,
}

/// Storage that a pod claims for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The storage class, where one is known.
    pub class: Option<String>,
    /// What is asked for.
    pub requests: Amounts,
    /// Whether it goes with the pod.
    pub ephemeral: bool,
}

/// A workload with the objects that it was read from.
pub(crate) struct Demand<'a> {
    pub(crate) workload: Workload,
    /// The object, where it is one of those that are judged.
    pub(crate) document: Option<&'a Document>,
    /// The autoscaler.
    pub(crate) scaler: Option<&'a Document>,
    pub(crate) namespace: &'a str,
    pub(crate) labels: Labels,
    /// The specification of the pods, and where it stands in the object.
    pub(crate) spec: Option<&'a Json>,
    pub(crate) path: &'static str,
    pub(crate) containers: Vec<ContainerSize<'a>>,
}

impl Demand<'_> {
    /// How people call the workload.
    pub(crate) fn title(&self) -> String {
        let id = &self.workload.id;
        format!("{} {}", id.kind, id.name)
    }

    /// The path of a field of the pod specification; the object as a whole where that stands elsewhere.
    pub(crate) fn at(&self, field: &str) -> String {
        match (self.path, field) {
            ("", _) => String::new(),
            (path, "") => path.to_owned(),
            (path, field) => format!("{path}.{field}"),
        }
    }
}

/// The bounds that an autoscaler moves a workload in.
struct Bounds<'a> {
    scaler: &'a Document,
    minimum: u64,
    maximum: u64,
}

type Key<'a> = (&'a str, &'a str, &'a str, &'a str);

/// What is asked of the whole cluster to read its workloads.
struct Reader<'r, 'a> {
    cluster: &'r Cluster<'a>,
    bounds: BTreeMap<Key<'a>, Bounds<'a>>,
    ranges: &'r BTreeMap<&'a str, LimitRanges<'a>>,
    namespaces: BTreeMap<&'a str, &'r Labels>,
    proxy: &'r PodSize,
    storage_class: Option<&'a str>,
}

/// The limit ranges by namespace.
pub(super) fn limit_ranges<'a>(cluster: &Cluster<'a>) -> BTreeMap<&'a str, LimitRanges<'a>> {
    let mut ranges: BTreeMap<&str, LimitRanges<'_>> = BTreeMap::new();
    for document in cluster.of_kind("", "LimitRange") {
        let of_namespace = ranges.entry(namespace_of(document)).or_default();
        of_namespace.add(document);
    }
    ranges
}

/// The class of claims that name none.
pub(super) fn default_storage_class<'a>(cluster: &Cluster<'a>) -> Option<&'a str> {
    let classes = cluster.of_kind("storage.k8s.io", "StorageClass").iter();
    let mut defaults = classes.filter(|class| {
        let annotations = class.value.lookup("/metadata/annotations");
        let value = annotations
            .and_then(|all| all.get("storageclass.kubernetes.io/is-default-class"))
            .and_then(Json::as_str);
        value == Some("true")
    });
    defaults.next().map(|class| class.id.name.as_str())
}

/// All workloads, in the order of the objects.
pub(super) fn read<'a>(
    cluster: &Cluster<'a>,
    ranges: &BTreeMap<&'a str, LimitRanges<'a>>,
    proxy: &PodSize,
    external: &'a [ExternalObject],
) -> Vec<Demand<'a>> {
    let reader = Reader {
        cluster,
        bounds: bounds(cluster),
        ranges,
        namespaces: cluster.namespaces().collect(),
        proxy,
        storage_class: default_storage_class(cluster),
    };
    let judged = cluster.pods().iter().filter_map(|pods| reader.demand(pods));
    judged
        .chain(external.iter().filter_map(of_external))
        .collect()
}

/// All autoscalers of pods, by what they scale.
fn bounds<'a>(cluster: &Cluster<'a>) -> BTreeMap<Key<'a>, Bounds<'a>> {
    let mut all = BTreeMap::new();
    let horizontal = cluster
        .of_kind("autoscaling", "HorizontalPodAutoscaler")
        .iter();
    let horizontal = horizontal.map(|scaler| {
        let least = count(&scaler.value, "/spec/minReplicas").unwrap_or(1);
        (
            scaler,
            least,
            count(&scaler.value, "/spec/maxReplicas").unwrap_or(least),
        )
    });
    // KEDA makes a HorizontalPodAutoscaler of each of these.
    let keda = cluster.of_kind("keda.sh", "ScaledObject").iter();
    let keda = keda.map(|scaler| {
        let least = count(&scaler.value, "/spec/minReplicaCount").unwrap_or(0);
        (
            scaler,
            least,
            count(&scaler.value, "/spec/maxReplicaCount").unwrap_or(100),
        )
    });
    for (scaler, minimum, maximum) in horizontal.chain(keda) {
        let Some(target) = scaler.value.lookup("/spec/scaleTargetRef") else {
            continue;
        };
        let version = text(target, "/apiVersion").unwrap_or("apps/v1");
        let group = version.split_once('/').map_or("", |(group, _)| group);
        let kind = text(target, "/kind").unwrap_or("Deployment");
        let name = text(target, "/name").unwrap_or_default();
        let bounds = Bounds {
            scaler,
            minimum,
            maximum: maximum.max(minimum),
        };
        all.insert((group, kind, namespace_of(scaler), name), bounds);
    }
    all
}

/// Whether another object makes this one, as in what a cluster was asked for.
fn is_owned(document: &Document) -> bool {
    let owners = document.value.lookup("/metadata/ownerReferences");
    let mut owners = owners.and_then(Json::as_array).into_iter().flatten();
    owners.any(|owner| owner.get("controller").and_then(Json::as_bool) == Some(true))
}

impl<'a> Reader<'_, 'a> {
    fn demand(&self, pods: &Pods<'a>) -> Option<Demand<'a>> {
        let document = pods.owner.filter(|owner| !is_owned(owner))?;
        let spec = pods.spec?;
        let id = &document.id;
        let key = (id.group(), &*id.kind, pods.namespace, id.name.as_str());
        let bounds = self.bounds.get(&key);
        let (scale, minimum, maximum) = self.levels(document, bounds);
        let template = match &*id.kind {
            "Pod" => Some(&document.value),
            "CronJob" => document.value.lookup("/spec/jobTemplate/spec/template"),
            _ => document.value.lookup("/spec/template"),
        };
        let metadata = PodMetadata {
            labels: &pods.labels,
            annotations: template.and_then(|template| template.lookup("/metadata/annotations")),
        };
        let namespace = self.namespaces.get(pods.namespace).copied();
        let surroundings = Surroundings {
            ranges: self.ranges.get(pods.namespace),
            proxy: pod::proxy(spec, &metadata, namespace, self.proxy),
            overhead: self.overhead(spec),
        };
        let containers = pod::containers(spec, &surroundings);
        let workload = Workload {
            id: id.clone(),
            is_external: false,
            scale,
            minimum,
            maximum,
            scaled_by: bounds.map(|bounds| {
                let id = &bounds.scaler.id;
                format!("{} {}", id.kind, id.name)
            }),
            pod: pod::total(spec, &containers, &surroundings),
            claims: self.claims(document, spec),
            priority: self.priority(spec),
        };
        Some(Demand {
            workload,
            document: Some(document),
            scaler: bounds.map(|bounds| bounds.scaler),
            namespace: pods.namespace,
            labels: pods.labels.clone(),
            spec: Some(spec),
            path: pods.path,
            containers,
        })
    }

    fn levels(&self, document: &Document, bounds: Option<&Bounds<'_>>) -> (Scale, Level, Level) {
        let value = &document.value;
        let kind = &*document.id.kind;
        let level = |steady| Level {
            steady,
            rollout: match kind {
                "Deployment" => rollout::deployment(value, steady),
                "Rollout" => rollout::rollout(value, steady),
                _ => steady,
            },
        };
        match kind {
            "DaemonSet" => (Scale::Nodes, Level::default(), Level::default()),
            "Job" | "CronJob" => (Scale::Job, Level::default(), level(job_pods(value, kind))),
            "Pod" => (Scale::Replicas, level(1), level(1)),
            _ => {
                let stated = count(value, "/spec/replicas").unwrap_or(1);
                let (minimum, maximum) = match bounds {
                    // A workload of no replicas is switched off: the autoscaler leaves it alone.
                    Some(_) if value.lookup("/spec/replicas") == Some(&Json::from(0)) => (0, 0),
                    Some(bounds) => (bounds.minimum, bounds.maximum),
                    None if self.is_taken_over(document) => (0, 0),
                    None => (stated, stated),
                };
                (Scale::Replicas, level(minimum), level(maximum))
            }
        }
    }

    /// Whether a Rollout runs the pods of this Deployment and takes it down.
    fn is_taken_over(&self, document: &Document) -> bool {
        self.cluster
            .of_kind("argoproj.io", "Rollout")
            .iter()
            .filter(|rollout| rollout.id.namespace == document.id.namespace)
            .filter_map(|rollout| rollout.value.lookup("/spec/workloadRef"))
            .any(|reference| {
                text(reference, "/name") == Some(&document.id.name)
                    && text(reference, "/kind") == Some(&document.id.kind)
                    && text(reference, "/scaleDown").is_some_and(|scale| scale != "never")
            })
    }

    /// What the runtime class of a pod adds to it.
    fn overhead(&self, spec: &Json) -> Amounts {
        if let Some(stated) = spec.get("overhead") {
            return Amounts::of(Some(stated));
        }
        let class = text(spec, "/runtimeClassName").and_then(|name| {
            self.cluster
                .document("node.k8s.io", "RuntimeClass", "", name)
        });
        Amounts::of(class.and_then(|class| class.value.lookup("/overhead/podFixed")))
    }

    fn priority(&self, spec: &Json) -> i64 {
        if let Some(priority) = spec.get("priority").and_then(Json::as_i64) {
            return priority;
        }
        let class = match text(spec, "/priorityClassName") {
            Some("system-cluster-critical") => return 2_000_000_000,
            Some("system-node-critical") => return 2_000_001_000,
            Some(name) => self
                .cluster
                .document("scheduling.k8s.io", "PriorityClass", "", name),
            None => {
                let classes = self.cluster.of_kind("scheduling.k8s.io", "PriorityClass");
                let mut classes = classes.iter().copied();
                classes.find(|class| class.value.get("globalDefault") == Some(&Json::Bool(true)))
            }
        };
        class
            .and_then(|class| class.value.get("value"))
            .and_then(Json::as_i64)
            .unwrap_or(0)
    }

    /// The claims that each pod brings along.
    fn claims(&self, document: &'a Document, spec: &'a Json) -> Vec<Claim> {
        let items = |value: &'a Json, pointer: &str| {
            let items = value.lookup(pointer).and_then(Json::as_array);
            items.into_iter().flatten()
        };
        let templates = items(&document.value, "/spec/volumeClaimTemplates");
        let lasting = templates.map(|template| (template, false));
        let ephemeral = items(spec, "/volumes")
            .filter_map(|volume| volume.lookup("/ephemeral/volumeClaimTemplate"))
            .map(|template| (template, true));
        lasting
            .chain(ephemeral)
            .map(|(template, ephemeral)| claim(template.get("spec"), self.storage_class, ephemeral))
            .collect()
    }
}

/// A claim as its specification says.
pub(super) fn claim(spec: Option<&Json>, default_class: Option<&str>, ephemeral: bool) -> Claim {
    let class = spec.and_then(|spec| spec.get("storageClassName"));
    Claim {
        class: match class {
            Some(class) => class.as_str().map(str::to_owned),
            None => default_class.map(str::to_owned),
        },
        requests: Amounts::of(spec.and_then(|spec| spec.lookup("/resources/requests"))),
        ephemeral,
    }
}

/// The pods that a job runs at one time.
fn job_pods(value: &Json, kind: &str) -> u64 {
    let job = if kind == "CronJob" {
        value.lookup("/spec/jobTemplate").unwrap_or(value)
    } else {
        value
    };
    let is_suspended =
        |value: &Json| value.lookup("/spec/suspend").and_then(Json::as_bool) == Some(true);
    if is_suspended(value) || is_suspended(job) {
        return 0;
    }
    let parallel = count(job, "/spec/parallelism").unwrap_or(1);
    match count(job, "/spec/completions") {
        Some(completions) => parallel.min(completions),
        None => parallel,
    }
}

/// The pods of a workload that is only stated to exist, where their size is stated, too.
fn of_external(object: &ExternalObject) -> Option<Demand<'_>> {
    let footprint = object.footprint.as_ref()?;
    let level = |steady: u32| Level {
        steady: u64::from(steady),
        rollout: u64::from(steady),
    };
    let (minimum, maximum) = footprint.replicas;
    let workload = Workload {
        id: object.id.clone(),
        is_external: true,
        scale: if object.id.kind == "DaemonSet" {
            Scale::Nodes
        } else {
            Scale::Replicas
        },
        minimum: level(minimum),
        maximum: level(maximum),
        scaled_by: None,
        pod: footprint.pod.clone(),
        claims: Vec::new(),
        priority: footprint.priority,
    };
    Some(Demand {
        workload,
        document: None,
        scaler: None,
        namespace: object.id.namespace.as_deref().unwrap_or_default(),
        labels: object
            .pods
            .as_ref()
            .map_or_else(Labels::new, |pods| pods.labels.clone()),
        spec: Some(&footprint.placement),
        path: "",
        containers: Vec::new(),
    })
}
