//! Environment variables of a container, each from one source.

use k8s_openapi::api::core::v1 as core;
use names::EnvironmentVariable;

use crate::{ConfigMapKeyRef, SecretKeyRef};

pub(crate) fn literal(name: &EnvironmentVariable, value: String) -> core::EnvVar {
    core::EnvVar {
        name: name.to_string(),
        value: Some(value),
        value_from: None,
    }
}

pub(crate) fn from_source(name: &EnvironmentVariable, source: core::EnvVarSource) -> core::EnvVar {
    core::EnvVar {
        name: name.to_string(),
        value: None,
        value_from: Some(source),
    }
}

pub(crate) fn secret_key(key: &SecretKeyRef) -> core::EnvVarSource {
    core::EnvVarSource {
        secret_key_ref: Some(core::SecretKeySelector {
            name: key.secret().name().to_string(),
            key: key.key().to_string(),
            optional: None,
        }),
        ..Default::default()
    }
}

pub(crate) fn config_map_key(key: &ConfigMapKeyRef) -> core::EnvVarSource {
    core::EnvVarSource {
        config_map_key_ref: Some(core::ConfigMapKeySelector {
            name: key.config_map().name().to_string(),
            key: key.key().to_string(),
            optional: None,
        }),
        ..Default::default()
    }
}

pub(crate) fn field(path: &'static str) -> core::EnvVarSource {
    core::EnvVarSource {
        field_ref: Some(core::ObjectFieldSelector {
            field_path: path.to_owned(),
            api_version: None,
        }),
        ..Default::default()
    }
}

pub(crate) fn limit(resource: &'static str) -> core::EnvVarSource {
    core::EnvVarSource {
        resource_field_ref: Some(core::ResourceFieldSelector {
            resource: resource.to_owned(),
            container_name: None,
            divisor: None,
        }),
        ..Default::default()
    }
}
