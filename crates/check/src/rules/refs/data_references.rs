//! The places of a pod template that refer to `ConfigMaps` and Secrets.

use serde_json::Value as Json;

use crate::cluster::{Pods, list, text};

/// A reference to a `ConfigMap` or Secret, or to one of its keys.
pub(super) struct Reference<'a> {
    /// `ConfigMap` or `Secret`.
    pub(super) kind: &'static str,
    pub(super) name: &'a str,
    pub(super) key: Option<&'a str>,
    pub(super) optional: bool,
    pub(super) path: String,
}

/// Kubernetes puts the certificate of its own authority into every namespace.
pub(super) fn is_built_in(kind: &str, name: &str) -> bool {
    kind == "ConfigMap" && name == "kube-root-ca.crt"
}

/// All references of a pod template.
pub(super) fn of<'a>(pods: &Pods<'a>) -> Vec<Reference<'a>> {
    let mut references = Vec::new();
    for container in pods.containers() {
        let path = container.path(pods);
        for (index, variable) in list(container.value, "/env") {
            let from = format!("{path}.env[{index}].valueFrom");
            push(
                &mut references,
                "ConfigMap",
                variable.pointer("/valueFrom/configMapKeyRef"),
                "name",
                &format!("{from}.configMapKeyRef"),
            );
            push(
                &mut references,
                "Secret",
                variable.pointer("/valueFrom/secretKeyRef"),
                "name",
                &format!("{from}.secretKeyRef"),
            );
        }
        for (index, source) in list(container.value, "/envFrom") {
            push(
                &mut references,
                "ConfigMap",
                source.get("configMapRef"),
                "name",
                &format!("{path}.envFrom[{index}].configMapRef"),
            );
            push(
                &mut references,
                "Secret",
                source.get("secretRef"),
                "name",
                &format!("{path}.envFrom[{index}].secretRef"),
            );
        }
    }
    let Some(spec) = pods.spec else {
        return references;
    };
    for (index, volume) in list(spec, "/volumes") {
        let path = format!("{}.volumes[{index}]", pods.path);
        push(
            &mut references,
            "ConfigMap",
            volume.get("configMap"),
            "name",
            &format!("{path}.configMap"),
        );
        push(
            &mut references,
            "Secret",
            volume.get("secret"),
            "secretName",
            &format!("{path}.secret"),
        );
        for (index, source) in list(volume, "/projected/sources") {
            let path = format!("{path}.projected.sources[{index}]");
            push(
                &mut references,
                "ConfigMap",
                source.get("configMap"),
                "name",
                &format!("{path}.configMap"),
            );
            push(
                &mut references,
                "Secret",
                source.get("secret"),
                "name",
                &format!("{path}.secret"),
            );
        }
    }
    for (index, secret) in list(spec, "/imagePullSecrets") {
        push(
            &mut references,
            "Secret",
            Some(secret),
            "name",
            &format!("{}.imagePullSecrets[{index}]", pods.path),
        );
    }
    references
}

/// The object itself where no key is asked for, else one reference for each key.
fn push<'a>(
    references: &mut Vec<Reference<'a>>,
    kind: &'static str,
    source: Option<&'a Json>,
    name_field: &str,
    path: &str,
) {
    let Some((source, name)) =
        source.and_then(|source| Some((source, source.get(name_field)?.as_str()?)))
    else {
        return;
    };
    let optional = source
        .get("optional")
        .and_then(Json::as_bool)
        .unwrap_or(false);
    let key = text(source, "/key");
    references.push(Reference {
        kind,
        name,
        key,
        optional,
        path: path.to_owned(),
    });
    for (index, item) in list(source, "/items") {
        if let Some(key) = text(item, "/key") {
            references.push(Reference {
                kind,
                name,
                key: Some(key),
                optional,
                path: format!("{path}.items[{index}].key"),
            });
        }
    }
}
