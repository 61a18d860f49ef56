//! Objects of the platform written with the generated types: how they read, and what they become.

use api::k8s_openapi::Resource;
use api::k8s_openapi::api::core::v1::{Container, PodSpec, PodTemplateSpec};
use api::k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use api::k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use serde::Serialize;
use serde_json::{Value, json};

mod aws;
mod delivery;
mod mesh;
mod operations;

fn named(name: &str) -> ObjectMeta {
    ObjectMeta {
        name: Some(name.to_owned()),
        ..Default::default()
    }
}

fn strings<const N: usize>(values: [&str; N]) -> Vec<String> {
    values.map(str::to_owned).into()
}

#[expect(clippy::unnecessary_wraps, reason = "most fields are options")]
fn some(value: &str) -> Option<String> {
    Some(value.to_owned())
}

/// The object as JSON, which says the type that the Rust type says.
fn written<K: Resource + Serialize>(object: &K) -> Value {
    let value = serde_json::to_value(object).unwrap();
    assert_eq!(value["apiVersion"], K::API_VERSION);
    assert_eq!(value["kind"], K::KIND);
    value
}

fn spec<K: Resource + Serialize>(object: &K) -> Value {
    written(object)["spec"].take()
}
