//! A kind of the whole cluster has no namespace.

use k8s_openapi::api::core::v1::Namespace;
use manifest::Manifest;
use names::{NamespaceName, name};

fn main() {
    let shop = name!(NamespaceName, "shop");
    let _ = Manifest::namespaced(&shop, &shop, Namespace::default());
}
