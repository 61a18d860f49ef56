//! Where a kind has its pod template, told from its schema.

use check::Document;
use check::stored::Shapes;
use schemas::Schema;

use super::Around;

const POD_TEMPLATE: &str = "io.k8s.api.core.v1.PodTemplateSpec";
const JOB_TEMPLATE: &str = "io.k8s.api.batch.v1.JobTemplateSpec";

/// The pod template of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template {
    /// Its field, `spec.template`.
    pub(crate) path: String,
    /// The same as a pointer.
    pub(crate) pointer: String,
    /// What a change of it does.
    pub(crate) takes: Takes,
}

/// What the controller of a kind does when the template changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// It replaces the pods.
    Now,
    /// Only pods that are made from then on are as the template says.
    NextPods,
    /// The operator of a custom kind decides.
    Operator,
}

/// The pod template of an object; `None` for kinds that have none.
pub(crate) fn of(around: &Around<'_>, document: &Document) -> Option<Template> {
    let kind = around.kind(document)?;
    let spec = around.shapes.resolve(kind.schema.properties.get("spec")?).0;
    let is_job = spec
        .properties
        .get("jobTemplate")
        .is_some_and(|job| is(job, JOB_TEMPLATE));
    let path = if is_job {
        "spec.jobTemplate.spec.template"
    } else if spec
        .properties
        .get("template")
        .is_some_and(|template| is_pods(around.shapes, template))
    {
        "spec.template"
    } else {
        return None;
    };
    let takes = match (kind.group.as_str(), kind.kind.as_str()) {
        ("apps", "Deployment" | "StatefulSet" | "DaemonSet") | ("argoproj.io", "Rollout") => {
            Takes::Now
        }
        ("apps", "ReplicaSet") | ("", "ReplicationController") | ("batch", _) => Takes::NextPods,
        _ => Takes::Operator,
    };
    Some(Template {
        path: path.to_owned(),
        pointer: format!("/{}", path.replace('.', "/")),
        takes,
    })
}

fn is(schema: &Schema, name: &str) -> bool {
    schema.reference.as_deref() == Some(name) || schema.core_type.as_deref() == Some(name)
}

/// A pod template by its name, or by what is in it: `spec.containers` and `metadata`.
fn is_pods(shapes: Shapes<'_>, schema: &Schema) -> bool {
    if is(schema, POD_TEMPLATE) {
        return true;
    }
    let spec = shapes.resolve(schema).0.properties.get("spec");
    spec.is_some_and(|spec| {
        shapes
            .resolve(spec)
            .0
            .properties
            .get("containers")
            .is_some()
    })
}

/// Definitions that are part of pods, as custom kinds embed them.
const OF_PODS: [&str; 10] = [
    "Container",
    "EnvVar",
    "EnvFromSource",
    "Volume",
    "VolumeMount",
    "ResourceRequirements",
    "Affinity",
    "Toleration",
    "PodSecurityContext",
    "Probe",
];

impl Around<'_> {
    /// Whether a field of a custom kind is one of pods, so that its operator may replace them.
    pub(super) fn operator_may_restart(
        &self,
        change: &super::Change<'_>,
        path: &crate::path::FieldPath,
    ) -> bool {
        use crate::path::Step;
        if self.is_built_in(change.new) {
            return false;
        }
        let Some(kind) = self.kind(change.new) else {
            return false;
        };
        let mut at = self.shapes.resolve(&kind.schema).0;
        for step in &path.0 {
            let next = match step {
                Step::Field(name) | Step::Key(name) => Shapes::child(at, name),
                Step::Item { .. } => at.items.as_deref(),
                Step::Inside => return false,
            };
            let Some(next) = next else {
                return false;
            };
            let named = next
                .core_type
                .as_deref()
                .or(next.reference.as_deref())
                .unwrap_or_default();
            let is_of_pods = named
                .strip_prefix("io.k8s.api.core.v1.")
                .is_some_and(|name| OF_PODS.contains(&name));
            if is_of_pods {
                return true;
            }
            at = self.shapes.resolve(next).0;
        }
        false
    }
}
