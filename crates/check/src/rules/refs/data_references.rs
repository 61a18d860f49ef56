//! The places of a pod template that refer to `ConfigMaps` and Secrets.

use serde_json::Value as Json;

use crate::cluster::{Pods, list, text};

/// A reference to a `ConfigMap` or Secret, or to one of its keys.
pub(crate) struct Reference<'a> {
    /// `ConfigMap` or `Secret`.
    pub(crate) kind: &'static str,
    pub(crate) name: &'a str,
    pub(crate) key: Option<&'a str>,
    pub(crate) optional: bool,
    pub(crate) path: String,
}

/// Kubernetes puts the certificate of its own authority into every namespace.
pub(super) fn is_built_in(kind: &str, name: &str) -> bool {
    kind == "ConfigMap" && name == "kube-root-ca.crt"
}

/// All references of a pod template.
pub(crate) fn of<'a>(pods: &Pods<'a>) -> Vec<Reference<'a>> {
    let mut found = Found(Vec::new());
    for container in pods.containers() {
        let path = container.path(pods);
        for (index, variable) in list(container.value, "/env") {
            let Some(from) = variable.get("valueFrom") else {
                continue;
            };
            found.pair(from, ("configMapKeyRef", "secretKeyRef"), "name", &|| {
                format!("{path}.env[{index}].valueFrom")
            });
        }
        for (index, source) in list(container.value, "/envFrom") {
            found.pair(source, ("configMapRef", "secretRef"), "name", &|| {
                format!("{path}.envFrom[{index}]")
            });
        }
    }
    let Some(spec) = pods.spec else {
        return found.0;
    };
    for (index, volume) in list(spec, "/volumes") {
        let path = format!("{}.volumes[{index}]", pods.path);
        found.pair(volume, ("configMap", "secret"), "secretName", &|| {
            path.clone()
        });
        for (index, source) in list(volume, "/projected/sources") {
            found.pair(source, ("configMap", "secret"), "name", &|| {
                format!("{path}.projected.sources[{index}]")
            });
        }
    }
    for (index, secret) in list(spec, "/imagePullSecrets") {
        found.one("Secret", secret, "name", &|| {
            format!("{}.imagePullSecrets[{index}]", pods.path)
        });
    }
    found.0
}

/// The references found so far.
struct Found<'a>(Vec<Reference<'a>>);

impl<'a> Found<'a> {
    /// What `holder` says of a `ConfigMap` in the first and of a Secret in the second field.
    fn pair(
        &mut self,
        holder: &'a Json,
        fields: (&str, &str),
        secret_name: &str,
        base: &dyn Fn() -> String,
    ) {
        for (kind, field, name) in [
            ("ConfigMap", fields.0, "name"),
            ("Secret", fields.1, secret_name),
        ] {
            if let Some(source) = holder.get(field) {
                self.one(kind, source, name, &|| format!("{}.{field}", base()));
            }
        }
    }

    /// The object itself, and one reference for each key that is asked for in a list.
    fn one(
        &mut self,
        kind: &'static str,
        source: &'a Json,
        name_field: &str,
        path: &dyn Fn() -> String,
    ) {
        let Some(name) = source.get(name_field).and_then(Json::as_str) else {
            return;
        };
        let optional = source
            .get("optional")
            .and_then(Json::as_bool)
            .unwrap_or(false);
        self.0.push(Reference {
            kind,
            name,
            key: text(source, "/key"),
            optional,
            path: path(),
        });
        for (index, item) in list(source, "/items") {
            let path = format!("{}.items[{index}].key", path());
            self.0.push(Reference {
                kind,
                name,
                key: text(item, "/key"),
                optional,
                path,
            });
        }
    }
}
