//! Containers: an image with resources, restricted unless it says otherwise, with the volumes that it mounts.

use k8s_openapi::api::core::v1 as core;
use names::{ContainerName, EnvironmentVariable, ImageReference};

use crate::environment_variable as variable;
use crate::{
    ConfigMapKeyRef, ConfigMapRef, NamedPort, Probes, Resources, SecretKeyRef, SecretRef, Volume,
};

/// A container under construction.
///
/// It starts out as the restricted Pod Security Standard asks for: not root, no privilege to be gained, no capability,
/// and a root file system that cannot be written to.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Container {
    spec: core::Container,
    volumes: Vec<Volume>,
}

impl Container {
    /// A container of `image` with its share of the node.
    pub fn new(name: &ContainerName, image: &ImageReference, resources: &Resources) -> Self {
        let spec = core::Container {
            name: name.to_string(),
            image: Some(image.to_string()),
            resources: Some(resources.requirements()),
            security_context: Some(restricted()),
            ..Default::default()
        };
        Self {
            spec,
            volumes: Vec::new(),
        }
    }

    /// Declares ports.
    pub fn ports<'a>(mut self, ports: impl IntoIterator<Item = &'a NamedPort>) -> Self {
        self.spec
            .ports
            .get_or_insert_default()
            .extend(ports.into_iter().map(NamedPort::declaration));
        self
    }

    /// Replaces the image's entry point.
    pub fn command<T: Into<String>>(mut self, command: impl IntoIterator<Item = T>) -> Self {
        self.spec
            .command
            .get_or_insert_default()
            .extend(command.into_iter().map(Into::into));
        self
    }

    /// Adds arguments.
    pub fn args<T: Into<String>>(mut self, args: impl IntoIterator<Item = T>) -> Self {
        self.spec
            .args
            .get_or_insert_default()
            .extend(args.into_iter().map(Into::into));
        self
    }

    fn variable(mut self, variable: core::EnvVar) -> Self {
        self.spec.env.get_or_insert_default().push(variable);
        self
    }

    /// Sets an environment variable to a value that everybody may read.
    pub fn env(self, name: &EnvironmentVariable, value: impl Into<String>) -> Self {
        self.variable(variable::literal(name, value.into()))
    }

    /// Sets an environment variable from a key of a Secret.
    pub fn env_from_secret(self, name: &EnvironmentVariable, key: &SecretKeyRef) -> Self {
        self.variable(variable::from_source(name, variable::secret_key(key)))
    }

    /// Sets an environment variable from a key of a ConfigMap.
    pub fn env_from_config_map(self, name: &EnvironmentVariable, key: &ConfigMapKeyRef) -> Self {
        self.variable(variable::from_source(name, variable::config_map_key(key)))
    }

    /// Sets a variable from a limit of this container, `limits.cpu` for instance: whole CPUs rounded up, or bytes.
    pub fn env_from_limit(self, name: &EnvironmentVariable, limit: &'static str) -> Self {
        self.variable(variable::from_source(name, variable::limit(limit)))
    }

    /// Sets an environment variable from a field of the pod, `metadata.name` for instance.
    pub fn env_from_field(self, name: &EnvironmentVariable, path: &'static str) -> Self {
        self.variable(variable::from_source(name, variable::field(path)))
    }

    /// Sets every key of a ConfigMap as an environment variable.
    pub fn env_from_every_key(mut self, config_map: &ConfigMapRef) -> Self {
        let source = core::ConfigMapEnvSource {
            name: config_map.name().to_string(),
            optional: None,
        };
        self.spec
            .env_from
            .get_or_insert_default()
            .push(core::EnvFromSource {
                config_map_ref: Some(source),
                ..Default::default()
            });
        self
    }

    /// Sets every key of a Secret as an environment variable.
    pub fn env_from_every_secret_key(mut self, secret: &SecretRef) -> Self {
        let source = core::SecretEnvSource {
            name: secret.name().to_string(),
            optional: None,
        };
        self.spec
            .env_from
            .get_or_insert_default()
            .push(core::EnvFromSource {
                secret_ref: Some(source),
                ..Default::default()
            });
        self
    }

    /// Mounts a volume; the pod gets the volume with it.
    pub fn mount(self, volume: &Volume, path: &str) -> Self {
        self.add_mount(
            volume,
            core::VolumeMount {
                mount_path: path.to_owned(),
                ..Default::default()
            },
        )
    }

    /// Mounts a volume that the container cannot write to.
    pub fn mount_read_only(self, volume: &Volume, path: &str) -> Self {
        let mount = core::VolumeMount {
            mount_path: path.to_owned(),
            read_only: Some(true),
            ..Default::default()
        };
        self.add_mount(volume, mount)
    }

    /// Mounts one file of a volume at `path`.
    pub fn mount_file(self, volume: &Volume, file: &str, path: &str) -> Self {
        let mount = core::VolumeMount {
            mount_path: path.to_owned(),
            sub_path: Some(file.to_owned()),
            read_only: Some(true),
            ..Default::default()
        };
        self.add_mount(volume, mount)
    }

    fn add_mount(mut self, volume: &Volume, mount: core::VolumeMount) -> Self {
        let mount = core::VolumeMount {
            name: volume.name().to_string(),
            ..mount
        };
        self.spec.volume_mounts.get_or_insert_default().push(mount);
        self.volumes.push(volume.clone());
        self
    }

    /// Sets the probes.
    pub fn probes(mut self, probes: Probes) -> Self {
        probes.apply(&mut self.spec);
        self
    }

    /// Changes what this builder has no word for; say why at the call.
    pub fn patch(mut self, change: impl FnOnce(&mut core::Container)) -> Self {
        change(&mut self.spec);
        self
    }

    pub(crate) fn into_parts(self) -> (core::Container, Vec<Volume>) {
        (self.spec, self.volumes)
    }
}

fn restricted() -> core::SecurityContext {
    core::SecurityContext {
        allow_privilege_escalation: Some(false),
        capabilities: Some(core::Capabilities {
            drop: Some(vec!["ALL".to_owned()]),
            add: None,
        }),
        read_only_root_filesystem: Some(true),
        run_as_non_root: Some(true),
        ..Default::default()
    }
}
