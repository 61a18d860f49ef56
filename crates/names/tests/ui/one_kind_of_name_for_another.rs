use names::{ConfigMapName, SecretName, name};

fn mount(_secret: &SecretName) {}

fn main() {
    mount(&name!(ConfigMapName, "credentials"));
}
