//! Gatekeeper's constraint templates: what each policy looks at, in CEL, and what its constraints may say.

use api::templates_gatekeeper_sh::v1 as gatekeeper;
use manifest::{Manifest, Scope};
use names::{ObjectName, linked};
use serde_json::{Value, json};

/// A constraint template: a kind of constraint with its parameters and the expressions that judge an object.
///
/// Gatekeeper evaluates the expressions at admission and in its audit, and hands them to the API server as a
/// `ValidatingAdmissionPolicy`; `variables.anyObject` and `variables.params` are its own.
pub(super) struct Template {
    /// Its name: Gatekeeper wants the kind in lower case.
    name: ObjectName,
    /// The kind of its constraints.
    pub(super) kind: &'static str,
    /// The parameters that are lists of text.
    parameters: &'static [&'static str],
    /// Names with their expressions; each may use those before it.
    variables: &'static [(&'static str, &'static str)],
    /// What must hold, and what is said where it does not.
    validations: &'static [(&'static str, &'static str)],
}

/// The pod of a Pod or of a workload; a Rollout may borrow its template from elsewhere, and then has none.
const POD: (&str, &str) = (
    "pod",
    r#"variables.anyObject.kind == "Pod" ? variables.anyObject.spec
  : variables.anyObject.kind == "CronJob" ? variables.anyObject.spec.jobTemplate.spec.template.spec
  : has(variables.anyObject.spec.template) ? variables.anyObject.spec.template.spec
  : {}"#,
);

/// Containers that are there from the start.
const CONTAINERS: (&str, &str) = (
    "containers",
    r"(has(variables.pod.containers) ? variables.pod.containers : [])
  + (has(variables.pod.initContainers) ? variables.pod.initContainers : [])",
);

/// An object that is on its way out may lose its finalizers, whatever it breaks.
const LEAVING: (&str, &str) = (
    "leaving",
    "has(variables.anyObject.metadata.deletionTimestamp)",
);

/// Labels that say whose an object is.
pub(super) static LABELS: Template = Template {
    name: ObjectName::from_static("platformrequiredlabels"),
    kind: "PlatformRequiredLabels",
    parameters: &["labels"],
    variables: &[
        LEAVING,
        (
            "missing",
            r"variables.params.labels.filter(label,
  !(has(variables.anyObject.metadata.labels) && label in variables.anyObject.metadata.labels))",
        ),
    ],
    validations: &[(
        "variables.leaving || size(variables.missing) == 0",
        r#""these labels are missing: " + variables.missing.join(", ")"#,
    )],
};

/// Images of known origin, with a version. In a template the mesh writes `auto` where it sets its proxy's image as the
/// pod is made; the pod itself is judged by what was set. An image without a registry is of Docker Hub, as for the nodes.
pub(super) static IMAGES: Template = Template {
    name: ObjectName::from_static("platformimagesources"),
    kind: "PlatformImageSources",
    parameters: &["sources"],
    variables: &[
        LEAVING,
        POD,
        CONTAINERS,
        (
            "written",
            r#"(variables.containers
  + (has(variables.pod.ephemeralContainers) ? variables.pod.ephemeralContainers : []))
  .map(container, container.image)
  .filter(image, image != "auto" || variables.anyObject.kind == "Pod")"#,
        ),
        (
            "images",
            r#"variables.written.map(image, image.matches("^[^/]*[.:][^/]*/") ? image
  : image.contains("/") ? "docker.io/" + image
  : "docker.io/library/" + image)"#,
        ),
        (
            "foreign",
            r#"variables.images.filter(image,
  !variables.params.sources.exists(source, image.startsWith(source + "/")))"#,
        ),
        (
            "unversioned",
            r#"variables.images.filter(image, !image.contains("@sha256:")
  && (image.endsWith(":latest") || !image.matches(":[A-Za-z0-9_][A-Za-z0-9_.-]*$")))"#,
        ),
    ],
    validations: &[
        (
            "variables.leaving || size(variables.foreign) == 0",
            r#""images come from listed sources only: " + variables.foreign.join(", ")"#,
        ),
        (
            "variables.leaving || size(variables.unversioned) == 0",
            r#""images need a version or digest, and `latest` is none: " + variables.unversioned.join(", ")"#,
        ),
    ],
};

/// Requests and limits of each container.
pub(super) static RESOURCES: Template = Template {
    name: ObjectName::from_static("platformcontainerresources"),
    kind: "PlatformContainerResources",
    parameters: &["requests", "limits"],
    variables: &[
        LEAVING,
        POD,
        CONTAINERS,
        (
            "unsized",
            r"variables.containers.filter(container, !(has(container.resources)
  && (size(variables.params.requests) == 0 || has(container.resources.requests))
  && variables.params.requests.all(resource, resource in container.resources.requests)
  && (size(variables.params.limits) == 0 || has(container.resources.limits))
  && variables.params.limits.all(resource, resource in container.resources.limits)))
  .map(container, container.name)",
        ),
    ],
    validations: &[(
        "variables.leaving || size(variables.unsized) == 0",
        r#""these containers lack requests of " + variables.params.requests.join(" and ")
  + " or limits of " + variables.params.limits.join(" and ") + ": " + variables.unsized.join(", ")"#,
    )],
};

/// What lets a pod reach for its node.
pub(super) static HOST: Template = Template {
    name: ObjectName::from_static("platformhostaccess"),
    kind: "PlatformHostAccess",
    parameters: &[],
    variables: &[
        LEAVING,
        POD,
        CONTAINERS,
        (
            "namespaces",
            r#"(has(variables.pod.hostNetwork) && variables.pod.hostNetwork ? ["hostNetwork"] : [])
  + (has(variables.pod.hostPID) && variables.pod.hostPID ? ["hostPID"] : [])
  + (has(variables.pod.hostIPC) && variables.pod.hostIPC ? ["hostIPC"] : [])"#,
        ),
        (
            "paths",
            r"(has(variables.pod.volumes) ? variables.pod.volumes : [])
  .filter(volume, has(volume.hostPath)).map(volume, volume.hostPath.path)",
        ),
        (
            "privileged",
            r"variables.containers.filter(container, has(container.securityContext)
  && has(container.securityContext.privileged) && container.securityContext.privileged)
  .map(container, container.name)",
        ),
        (
            "ports",
            r"variables.containers.filter(container, has(container.ports)
  && container.ports.exists(port, has(port.hostPort) && port.hostPort != 0))
  .map(container, container.name)",
        ),
    ],
    validations: &[
        (
            "variables.leaving || size(variables.namespaces) == 0",
            r#""the pod shares the node's namespaces: " + variables.namespaces.join(", ")"#,
        ),
        (
            "variables.leaving || size(variables.paths) == 0",
            r#""the pod mounts the node's directories: " + variables.paths.join(", ")"#,
        ),
        (
            "variables.leaving || size(variables.privileged) == 0",
            r#""these containers are privileged: " + variables.privileged.join(", ")"#,
        ),
        (
            "variables.leaving || size(variables.ports) == 0",
            r#""these containers take ports of the node: " + variables.ports.join(", ")"#,
        ),
    ],
};

/// Services that are reachable from outside of the cluster.
pub(super) static EXPOSURE: Template = Template {
    name: ObjectName::from_static("platformexposedservices"),
    kind: "PlatformExposedServices",
    parameters: &["allowed"],
    variables: &[
        LEAVING,
        (
            "service",
            r#"variables.anyObject.metadata.namespace + "/" + variables.anyObject.metadata.name"#,
        ),
        (
            "exposed",
            r#"(has(variables.anyObject.spec.type) && variables.anyObject.spec.type in ["LoadBalancer", "NodePort"])
  || (has(variables.anyObject.spec.externalIPs) && size(variables.anyObject.spec.externalIPs) > 0)"#,
        ),
    ],
    validations: &[(
        "variables.leaving || !variables.exposed || variables.service in variables.params.allowed",
        r#"variables.service + " would be reachable from outside, and is not listed for that""#,
    )],
};

/// Every template.
static ALL: [&Template; 5] = [&RESOURCES, &EXPOSURE, &HOST, &IMAGES, &LABELS];

/// The API group of all constraints.
const CONSTRAINTS: &str = "constraints.gatekeeper.sh";

/// The definitions that Gatekeeper makes of the templates.
pub(super) fn constraint_definitions() -> impl Iterator<Item = Manifest> {
    ALL.into_iter().map(Template::constraint_definition)
}

/// All templates, which have to be there before their constraints.
pub(super) fn templates() -> impl Iterator<Item = Manifest> {
    ALL.into_iter().map(Template::manifest)
}

impl Template {
    /// The manifest.
    fn manifest(&self) -> Manifest {
        let template = gatekeeper::ConstraintTemplate {
            spec: Some(gatekeeper::ConstraintTemplateSpec {
                crd: Some(self.definition()),
                targets: Some(vec![gatekeeper::ConstraintTemplateTarget {
                    target: Some("admission.k8s.gatekeeper.sh".to_owned()),
                    code: Some(vec![gatekeeper::ConstraintTemplateTargetCode {
                        engine: "K8sNativeValidation".to_owned(),
                        source: self.source(),
                    }]),
                    ..Default::default()
                }]),
            }),
            ..Default::default()
        };
        Manifest::cluster(self.name.clone(), template)
    }

    /// What Gatekeeper makes of the template: the definition of its constraints.
    fn constraint_definition(&self) -> Manifest {
        let texts = json!({ "type": "array", "items": { "type": "string" } });
        let matched = json!({ "type": "object", "properties": {
            "excludedNamespaces": texts,
            "namespaces": texts,
            "kinds": { "type": "array", "items": {
                "type": "object",
                "properties": { "apiGroups": texts, "kinds": texts },
            } },
        } });
        let spec = json!({ "type": "object", "properties": {
            "enforcementAction": { "type": "string" },
            "match": matched,
            "parameters": self.parameters_schema(),
        } });
        let version = json!({
            "name": "v1beta1",
            "served": true,
            "storage": true,
            "schema": { "openAPIV3Schema": { "type": "object", "properties": { "spec": spec } } },
        });
        let names = json!({
            "kind": self.kind,
            "listKind": format!("{}List", self.kind),
            "plural": self.name.as_str(),
            "singular": self.name.as_str(),
        });
        let spec = json!({
            "group": CONSTRAINTS,
            "scope": "Cluster",
            "names": names,
            "versions": [version],
        });
        Manifest::untyped(
            "apiextensions.k8s.io/v1",
            "CustomResourceDefinition",
            Scope::Cluster,
            linked::<ObjectName>(self.name.as_str(), ".", CONSTRAINTS),
            [("spec", spec)],
        )
    }

    fn definition(&self) -> gatekeeper::ConstraintTemplateCrd {
        gatekeeper::ConstraintTemplateCrd {
            spec: Some(gatekeeper::ConstraintTemplateCrdSpec {
                names: Some(gatekeeper::ConstraintTemplateCrdNames {
                    kind: Some(self.kind.to_owned()),
                    short_names: None,
                }),
                validation: Some(gatekeeper::ConstraintTemplateCrdValidation {
                    legacy_schema: Some(false),
                    open_apiv3_schema: Some(self.parameters_schema()),
                }),
            }),
        }
    }

    /// What a constraint may say beside where it holds.
    fn parameters_schema(&self) -> Value {
        let properties: serde_json::Map<_, _> = self
            .parameters
            .iter()
            .map(|parameter| {
                let list = json!({ "type": "array", "items": { "type": "string" } });
                ((*parameter).to_owned(), list)
            })
            .collect();
        if properties.is_empty() {
            return json!({ "type": "object" });
        }
        json!({ "type": "object", "properties": properties, "required": self.parameters })
    }

    /// A policy that cannot be evaluated refuses, as one that is broken does.
    fn source(&self) -> Value {
        let variables: Vec<_> = self
            .variables
            .iter()
            .map(|(name, expression)| json!({ "name": name, "expression": expression }))
            .collect();
        let validations: Vec<_> = self
            .validations
            .iter()
            .map(|(expression, message)| {
                json!({ "expression": expression, "messageExpression": message })
            })
            .collect();
        json!({ "failurePolicy": "Fail", "variables": variables, "validations": validations })
    }
}
