//! A kind that lives in a namespace has to be told which.

use k8s_openapi::api::core::v1::ConfigMap;
use manifest::Manifest;
use names::{ConfigMapName, name};

fn main() {
    let _ = Manifest::cluster(name!(ConfigMapName, "settings"), ConfigMap::default());
}
