//! Only a service hands out a reference to itself.

use builders::ServiceRef;
use names::{NamespaceName, ServiceName, name};

fn main() {
    let _ = ServiceRef {
        namespace: name!(NamespaceName, "shop"),
        name: name!(ServiceName, "basket"),
        ports: Vec::new(),
        headless: false,
    };
}
