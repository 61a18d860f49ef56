//! Only a ConfigMap hands out a reference to one of its keys, and only to a key that it has.

use builders::{ConfigMapKeyRef, ConfigMapRef};
use names::{DataKey, name};

fn key(config_map: ConfigMapRef) -> ConfigMapKeyRef {
    ConfigMapKeyRef {
        config_map,
        key: name!(DataKey, "missing"),
    }
}

fn main() {}
