//! What holds for the pods of every tenant: they say whose they are, and keep off their node.

use manifest::Manifest;
use names::{LabelKey, ObjectName, name};

use super::super::{TENANT, TIER};
use super::{PODS, Whose, ensure, patching, validating, validation, variable};

/// The labels of pods, and the refusal of what reaches for the node.
pub(super) fn policies() -> [Manifest; 3] {
    [label(), labels_are_true(), no_host()]
}

/// The label of a pod's namespace, as CEL.
fn of_namespace(label: &LabelKey) -> String {
    format!("namespaceObject.metadata.labels[\"{label}\"]")
}

/// Pods get the labels of their namespace where they say nothing, so that logs, metrics and costs are told apart.
fn label() -> Manifest {
    let add = |label: &LabelKey| {
        format!(
            "(\"{label}\" in variables.labels ? [] : [JSONPatch{{op: \"add\", path: \"/metadata/labels/{label}\", value: {}}}])",
            of_namespace(label)
        )
    };
    let patches = [
        ensure("object.metadata.labels", "/metadata/labels", "{}"),
        add(&TENANT),
        add(&TIER),
    ];
    patching(
        name!(ObjectName, "tenant-labels"),
        Whose::Tenants,
        vec![variable("labels", "object.metadata.?labels.orValue({})")],
        &patches,
    )
}

/// A pod carries the labels of its namespace, and no other tenant's.
fn labels_are_true() -> Manifest {
    let same = |label: &LabelKey| {
        validation(
            format!(
                "object.metadata.?labels[?\"{label}\"].orValue(\"\") == {}",
                of_namespace(label)
            ),
            format!("the label {label} of a pod is that of its namespace"),
        )
    };
    validating(
        name!(ObjectName, "tenant-pods-are-labelled"),
        Whose::Tenants.objects(PODS, &["CREATE", "UPDATE"]),
        false,
        Vec::new(),
        vec![same(&TENANT), same(&TIER)],
    )
}

/// Pod Security refuses these too; here the workload is refused already, and reports count what is there.
fn no_host() -> Manifest {
    validating(
        name!(ObjectName, "tenant-pods-keep-off-the-host"),
        Whose::Tenants.objects(PODS, &["CREATE"]),
        true,
        vec![variable(
            "containers",
            "object.spec.containers + object.spec.?initContainers.orValue([])",
        )],
        vec![
            validation(
                "!object.spec.?hostNetwork.orValue(false) && !object.spec.?hostPID.orValue(false) && !object.spec.?hostIPC.orValue(false)",
                "a tenant's pod has its own network and processes",
            ),
            validation(
                "object.spec.?volumes.orValue([]).all(v, !has(v.hostPath))",
                "a tenant's pod mounts no directory of its node",
            ),
            validation(
                "variables.containers.all(c, c.?ports.orValue([]).all(p, p.?hostPort.orValue(0) == 0))",
                "a tenant's pod takes no port of its node",
            ),
        ],
    )
}
