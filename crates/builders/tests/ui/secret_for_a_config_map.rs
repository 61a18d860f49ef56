//! A key of a Secret is not a key of a ConfigMap: the variable would be set from the wrong object.

use builders::{Container, SecretKeyRef};
use names::{EnvironmentVariable, name};

fn container(container: Container, password: &SecretKeyRef) -> Container {
    container.env_from_config_map(&name!(EnvironmentVariable, "PASSWORD"), password)
}

fn main() {}
