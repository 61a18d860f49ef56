//! What the API server's hand-written validation demands of built-in kinds and no schema says.
//!
//! A table by definition; the facts are those of Kubernetes' validation packages, minors 1.33 to 1.36.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::validator::Validator;
use crate::format;
use crate::path::Path;
use crate::rules::api::{combination, labels, pattern, range, required};
use crate::syntax;

/// The largest user or group number.
const LARGEST_ID: i64 = 2_147_483_647;
const ANY: i64 = i64::MAX;

/// One demand on an object of a definition.
pub(super) enum Demand {
    /// The field is there and not empty.
    Filled(&'static str),
    /// If the field is a number, it is within these bounds.
    Between(&'static str, i64, i64),
    /// If the field is there, it has this syntax.
    Text(&'static str, Syntax),
    /// Every value of the map has this syntax, and every key is that of a label.
    Labels(&'static str),
    /// Exactly one of these fields is there.
    One(&'static [&'static str]),
    /// At least one of these fields is there.
    Some(&'static [&'static str]),
    /// At most one of these fields is there.
    AtMostOne(&'static [&'static str]),
}

/// The syntax of a text.
#[derive(Clone, Copy)]
pub(super) enum Syntax {
    Label,
    Subdomain,
    QualifiedName,
    /// A port by number or name.
    Port,
    PortName,
    Cidr,
    AbsolutePath,
    /// A whole number or a percentage.
    Share,
    OneOf(&'static [&'static str]),
}

use Demand::{AtMostOne, Between, Filled, Labels, One, Some as AnyOf, Text};

/// Definition (below `io.k8s.api.`, or `io.k8s.apimachinery.pkg.apis.`) and what is demanded of it.
const DEMANDS: &[(&str, &[Demand])] = &[
    ("apps.v1.Deployment", &[Filled("spec")]),
    ("apps.v1.StatefulSet", &[Filled("spec")]),
    ("apps.v1.DaemonSet", &[Filled("spec")]),
    ("apps.v1.DeploymentSpec", WORKLOAD),
    ("apps.v1.StatefulSetSpec", WORKLOAD),
    ("apps.v1.DaemonSetSpec", WORKLOAD),
    ("apps.v1.ReplicaSetSpec", WORKLOAD),
    (
        "autoscaling.v2.CrossVersionObjectReference",
        &[Filled("kind"), Filled("name")],
    ),
    (
        "autoscaling.v2.HPAScalingPolicy",
        &[
            Between("value", 1, ANY),
            Between("periodSeconds", 1, 1800),
            Text("type", Syntax::OneOf(&["Percent", "Pods"])),
        ],
    ),
    (
        "autoscaling.v2.HPAScalingRules",
        &[Between("stabilizationWindowSeconds", 0, 3600)],
    ),
    (
        "autoscaling.v2.HorizontalPodAutoscalerSpec",
        &[
            Between("maxReplicas", 1, ANY),
            Between("minReplicas", 0, ANY),
        ],
    ),
    (
        "autoscaling.v2.MetricSpec",
        &[
            One(&[
                "containerResource",
                "external",
                "object",
                "pods",
                "resource",
            ]),
            Text(
                "type",
                Syntax::OneOf(&[
                    "ContainerResource",
                    "External",
                    "Object",
                    "Pods",
                    "Resource",
                ]),
            ),
        ],
    ),
    (
        "autoscaling.v2.MetricTarget",
        &[
            One(&["averageUtilization", "averageValue", "value"]),
            Between("averageUtilization", 1, ANY),
            Text(
                "type",
                Syntax::OneOf(&["AverageValue", "Utilization", "Value"]),
            ),
        ],
    ),
    (
        "autoscaling.v2.ResourceMetricSource",
        &[Filled("name"), Filled("target")],
    ),
    ("batch.v1.CronJob", &[Filled("spec")]),
    (
        "batch.v1.CronJobSpec",
        &[
            Filled("schedule"),
            Between("failedJobsHistoryLimit", 0, ANY),
            Between("successfulJobsHistoryLimit", 0, ANY),
            Between("startingDeadlineSeconds", 0, ANY),
        ],
    ),
    ("batch.v1.Job", &[Filled("spec")]),
    (
        "batch.v1.JobSpec",
        &[
            Between("backoffLimit", 0, ANY),
            Between("completions", 0, ANY),
            Between("parallelism", 0, ANY),
            Between("activeDeadlineSeconds", 0, ANY),
            Between("ttlSecondsAfterFinished", 0, ANY),
        ],
    ),
    (
        "core.v1.ConfigMapEnvSource",
        &[Text("name", Syntax::Subdomain)],
    ),
    ("core.v1.ConfigMapKeySelector", &[Filled("key")]),
    (
        "core.v1.Container",
        &[Filled("name"), Filled("image"), Text("name", Syntax::Label)],
    ),
    (
        "core.v1.ContainerPort",
        &[
            Between("containerPort", 1, 65535),
            Between("hostPort", 0, 65535),
            Text("name", Syntax::PortName),
        ],
    ),
    (
        "core.v1.EnvFromSource",
        &[One(&["configMapRef", "secretRef"])],
    ),
    (
        "core.v1.EnvVar",
        &[Filled("name"), AtMostOne(&["value", "valueFrom"])],
    ),
    (
        "core.v1.EnvVarSource",
        &[One(&[
            "configMapKeyRef",
            "fieldRef",
            "fileKeyRef",
            "resourceFieldRef",
            "secretKeyRef",
        ])],
    ),
    (
        "core.v1.HTTPGetAction",
        &[Filled("port"), Text("port", Syntax::Port)],
    ),
    (
        "core.v1.LifecycleHandler",
        &[One(&["exec", "httpGet", "sleep", "tcpSocket"])],
    ),
    ("core.v1.ObjectFieldSelector", &[Filled("fieldPath")]),
    (
        "core.v1.PersistentVolumeClaimSpec",
        &[
            Filled("accessModes"),
            Filled("resources"),
            Text("storageClassName", Syntax::Subdomain),
        ],
    ),
    (
        "core.v1.PodAffinityTerm",
        &[
            Filled("topologyKey"),
            Text("topologyKey", Syntax::QualifiedName),
        ],
    ),
    (
        "core.v1.PodSecurityContext",
        &[
            Between("fsGroup", 0, LARGEST_ID),
            Between("runAsGroup", 0, LARGEST_ID),
            Between("runAsUser", 0, LARGEST_ID),
        ],
    ),
    (
        "core.v1.PodSpec",
        &[
            Filled("containers"),
            Text("serviceAccountName", Syntax::Subdomain),
            Text("priorityClassName", Syntax::Subdomain),
            Between("terminationGracePeriodSeconds", 0, ANY),
            Between("activeDeadlineSeconds", 1, LARGEST_ID),
        ],
    ),
    ("core.v1.PodTemplateSpec", &[Filled("spec")]),
    (
        "core.v1.PreferredSchedulingTerm",
        &[Between("weight", 1, 100)],
    ),
    (
        "core.v1.Probe",
        &[
            One(&["exec", "grpc", "httpGet", "tcpSocket"]),
            Between("failureThreshold", 0, ANY),
            Between("initialDelaySeconds", 0, ANY),
            Between("periodSeconds", 0, ANY),
            Between("successThreshold", 0, ANY),
            Between("terminationGracePeriodSeconds", 1, ANY),
            Between("timeoutSeconds", 0, ANY),
        ],
    ),
    ("core.v1.SecretKeySelector", &[Filled("key")]),
    (
        "core.v1.SecurityContext",
        &[
            Between("runAsGroup", 0, LARGEST_ID),
            Between("runAsUser", 0, LARGEST_ID),
        ],
    ),
    ("core.v1.Service", &[Filled("spec")]),
    (
        "core.v1.ServicePort",
        &[
            Between("port", 1, 65535),
            Between("nodePort", 0, 65535),
            Text("name", Syntax::Label),
            Text("targetPort", Syntax::Port),
        ],
    ),
    ("core.v1.ServiceSpec", &[Labels("selector")]),
    (
        "core.v1.TCPSocketAction",
        &[Filled("port"), Text("port", Syntax::Port)],
    ),
    (
        "core.v1.TopologySpreadConstraint",
        &[
            Between("maxSkew", 1, ANY),
            Between("minDomains", 1, ANY),
            Filled("topologyKey"),
            Text("topologyKey", Syntax::QualifiedName),
        ],
    ),
    (
        "core.v1.Volume",
        &[Filled("name"), Text("name", Syntax::Label)],
    ),
    (
        "core.v1.VolumeMount",
        &[
            Filled("name"),
            Filled("mountPath"),
            AtMostOne(&["subPath", "subPathExpr"]),
        ],
    ),
    (
        "core.v1.WeightedPodAffinityTerm",
        &[Between("weight", 1, 100)],
    ),
    ("meta.v1.LabelSelector", &[Labels("matchLabels")]),
    (
        "meta.v1.LabelSelectorRequirement",
        &[
            Filled("key"),
            Text("key", Syntax::QualifiedName),
            Text(
                "operator",
                Syntax::OneOf(&["DoesNotExist", "Exists", "In", "NotIn"]),
            ),
        ],
    ),
    ("meta.v1.ObjectMeta", &[Labels("labels")]),
    (
        "networking.v1.HTTPIngressPath",
        &[
            Filled("pathType"),
            Filled("backend"),
            Text("path", Syntax::AbsolutePath),
        ],
    ),
    (
        "networking.v1.IPBlock",
        &[Filled("cidr"), Text("cidr", Syntax::Cidr)],
    ),
    (
        "networking.v1.IngressBackend",
        &[One(&["resource", "service"])],
    ),
    (
        "networking.v1.IngressServiceBackend",
        &[
            Filled("name"),
            Filled("port"),
            Text("name", Syntax::Subdomain),
        ],
    ),
    (
        "networking.v1.NetworkPolicyPeer",
        &[AnyOf(&["ipBlock", "namespaceSelector", "podSelector"])],
    ),
    (
        "networking.v1.NetworkPolicyPort",
        &[Text("port", Syntax::Port)],
    ),
    (
        "networking.v1.ServiceBackendPort",
        &[One(&["name", "number"]), Between("number", 1, 65535)],
    ),
    (
        "policy.v1.PodDisruptionBudgetSpec",
        &[
            AtMostOne(&["maxUnavailable", "minAvailable"]),
            Text("maxUnavailable", Syntax::Share),
            Text("minAvailable", Syntax::Share),
        ],
    ),
    (
        "rbac.v1.PolicyRule",
        &[Filled("verbs"), AnyOf(&["nonResourceURLs", "resources"])],
    ),
    (
        "rbac.v1.RoleRef",
        &[
            Filled("kind"),
            Filled("name"),
            Text("kind", Syntax::OneOf(&["ClusterRole", "Role"])),
        ],
    ),
    (
        "rbac.v1.Subject",
        &[
            Filled("name"),
            Text("kind", Syntax::OneOf(&["Group", "ServiceAccount", "User"])),
        ],
    ),
    (
        "storage.v1.StorageClass",
        &[
            Filled("provisioner"),
            Text("provisioner", Syntax::QualifiedName),
        ],
    ),
];

/// What is demanded of all workloads that keep pods running.
const WORKLOAD: &[Demand] = &[
    Filled("selector"),
    Filled("template"),
    Between("replicas", 0, ANY),
    Between("minReadySeconds", 0, ANY),
    Between("revisionHistoryLimit", 0, ANY),
    Between("progressDeadlineSeconds", 0, ANY),
];

/// The table, by definition.
pub(super) type Demands = BTreeMap<&'static str, &'static [Demand]>;

/// The table, ready for look-up.
pub(super) fn demands() -> Demands {
    DEMANDS
        .iter()
        .map(|(definition, demands)| (*definition, *demands))
        .collect()
}

/// The name of a definition as the table has it.
pub(super) fn short(definition: &str) -> &str {
    definition
        .strip_prefix("io.k8s.api.")
        .or_else(|| definition.strip_prefix("io.k8s.apimachinery.pkg.apis."))
        .unwrap_or(definition)
}

impl Validator<'_, '_> {
    /// Holds an object to what is demanded of its definition.
    pub(super) fn native(&mut self, definition: &str, fields: &Map<String, Json>, path: &Path<'_>) {
        let Some(demands) = self.facts.demands.get(short(definition)) else {
            return;
        };
        for demand in *demands {
            match demand {
                Filled(name) => self.filled(name, fields, path),
                Between(name, least, most) => self.between(name, (*least, *most), fields, path),
                Text(name, syntax) => self.text_of(name, *syntax, fields, path),
                Labels(name) => self.labels_of(name, fields, path),
                One(names) => self.counted(names, 1..=1, fields, path),
                AnyOf(names) => self.counted(names, 1..=names.len(), fields, path),
                AtMostOne(names) => self.counted(names, 0..=1, fields, path),
            }
        }
    }

    fn filled(&mut self, name: &str, fields: &Map<String, Json>, path: &Path<'_>) {
        let is_empty = match fields.get(name) {
            None | Some(Json::Null) => true,
            Some(Json::String(text)) => text.is_empty(),
            Some(Json::Array(items)) => items.is_empty(),
            Some(Json::Object(fields)) => fields.is_empty(),
            Some(Json::Bool(_) | Json::Number(_)) => false,
        };
        if is_empty {
            self.report(
                &required::RULE,
                path,
                || format!("`{name}` is missing or empty"),
                || None,
            );
        }
    }

    fn between(
        &mut self,
        name: &str,
        (least, most): (i64, i64),
        fields: &Map<String, Json>,
        path: &Path<'_>,
    ) {
        if let Some(number) = fields
            .get(name)
            .and_then(Json::as_i64)
            .filter(|number| !(least..=most).contains(number))
        {
            let bounds = if most == ANY {
                format!("at least {least}")
            } else {
                format!("{least} to {most}")
            };
            self.report(
                &range::RULE,
                &path.field(name),
                || format!("must be {bounds}, is {number}"),
                || None,
            );
        }
    }

    fn text_of(&mut self, name: &str, syntax: Syntax, fields: &Map<String, Json>, path: &Path<'_>) {
        let Some(value) = fields
            .get(name)
            .filter(|value| !value.is_null() && value.as_str() != Some(""))
        else {
            return;
        };
        if let Err(wanted) = syntax.check(value) {
            self.report(
                &pattern::RULE,
                &path.field(name),
                || format!("{value} is no {wanted}"),
                || None,
            );
        }
    }

    fn labels_of(&mut self, name: &str, fields: &Map<String, Json>, path: &Path<'_>) {
        for (key, value) in fields
            .get(name)
            .and_then(Json::as_object)
            .into_iter()
            .flatten()
        {
            let below = path.field(name);
            if !syntax::is_qualified_name(key) {
                self.report(
                    &labels::RULE,
                    &below.key(key),
                    || format!("{key:?} is no label key"),
                    || None,
                );
            }
            if let Some(text) = value.as_str().filter(|text| !syntax::is_label_value(text)) {
                let message = || {
                    format!(
                        "{text:?} is no label value: letters, digits, `-`, `_` and `.`, at most 63 characters"
                    )
                };
                self.report(&labels::RULE, &below.key(key), message, || None);
            }
        }
    }

    fn counted(
        &mut self,
        names: &[&str],
        allowed: std::ops::RangeInclusive<usize>,
        fields: &Map<String, Json>,
        path: &Path<'_>,
    ) {
        let is_set = |name: &&&str| {
            fields
                .get(**name)
                .is_some_and(|value| !value.is_null() && value.as_str() != Some(""))
        };
        let count = names.iter().filter(is_set).count();
        if !allowed.contains(&count) {
            let wanted = match (allowed.start(), allowed.end()) {
                (1, 1) => "exactly one",
                (0, _) => "at most one",
                _ => "at least one",
            };
            let message = || {
                format!(
                    "{wanted} of {} must be there, found {count}",
                    names.join(", ")
                )
            };
            self.report(&combination::RULE, path, message, || None);
        }
    }
}

impl Syntax {
    /// What the value should be, where it is not.
    fn check(self, value: &Json) -> Result<(), String> {
        let text = value.as_str();
        let is = |valid: fn(&str) -> bool, wanted: &str| {
            if text.is_none_or(valid) {
                Ok(())
            } else {
                Err(wanted.to_owned())
            }
        };
        match self {
            Self::Label => is(
                syntax::is_label,
                "name of lower-case letters, digits and `-`, at most 63 characters",
            ),
            Self::Subdomain => is(
                syntax::is_subdomain,
                "name of lower-case letters, digits, `-` and `.`",
            ),
            Self::QualifiedName => is(
                syntax::is_qualified_name,
                "qualified name such as `example.com/name`",
            ),
            Self::PortName => is(
                is_port_name,
                "port name: at most 15 lower-case letters, digits and single `-`, one letter at least",
            ),
            Self::Cidr => is(format::is_cidr, "network such as `10.0.0.0/16`"),
            Self::AbsolutePath => is(|text| text.starts_with('/'), "path that begins with `/`"),
            Self::Share => is(is_percentage, "whole number or percentage"),
            Self::Port => match value.as_i64() {
                Some(number) if !(1..=65535).contains(&number) => {
                    Err("port: 1 to 65535".to_owned())
                }
                Some(_) => Ok(()),
                None => is(
                    is_port_name,
                    "port name: at most 15 lower-case letters, digits and single `-`, one letter at least",
                ),
            },
            Self::OneOf(values) => match text {
                Some(text) if !values.contains(&text) => {
                    Err(format!("allowed value; allowed are {}", values.join(", ")))
                }
                _ => Ok(()),
            },
        }
    }
}

fn is_port_name(text: &str) -> bool {
    text.len() <= 15
        && syntax::is_label(text)
        && !text.contains("--")
        && text.bytes().any(|byte| byte.is_ascii_lowercase())
}

fn is_percentage(text: &str) -> bool {
    text.strip_suffix('%').is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}
