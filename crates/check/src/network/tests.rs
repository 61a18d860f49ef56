//! Hand-calculated cases: every expectation follows from the documentation of the kinds, not from this code.

use std::fmt::Write as _;

use schemas::Store;

use super::{Addresses, Endpoint, Outside, Paths, Port, paths};
use crate::context::Context;
use crate::read::read;

/// Pods of one container in namespaces of one label `team`, named `namespace/name` with a label `app` and the ports
/// `http` 8080 and `dns` 53 (UDP).
fn pods(names: &[&str]) -> String {
    let mut text = String::new();
    let mut namespaces: Vec<&str> = names
        .iter()
        .filter_map(|name| name.split('/').next())
        .collect();
    namespaces.sort_unstable();
    namespaces.dedup();
    for namespace in namespaces {
        let _ = write!(
            text,
            "---\napiVersion: v1\nkind: Namespace\nmetadata: {{ name: {namespace}, labels: {{ team: {namespace} }} }}\n"
        );
    }
    for name in names {
        let (namespace, name) = name.split_once('/').expect("namespace/name");
        let _ = write!(
            text,
            "---\napiVersion: v1\nkind: Pod\nmetadata: {{ name: {name}, namespace: {namespace}, labels: {{ app: {name} }} }}\n\
             spec:\n  serviceAccountName: {name}\n  containers:\n  - name: main\n    image: main:v1\n    ports:\n\
             \x20   - {{ name: http, containerPort: 8080 }}\n    - {{ name: dns, containerPort: 53, protocol: UDP }}\n"
        );
    }
    text
}

struct Case(Paths);

impl Case {
    fn new(names: &[&str], policies: &str) -> Self {
        let text = format!("{}---\n{policies}", pods(names));
        let found = read(&text, "case.yaml");
        assert!(found.fault.is_none(), "{:?}", found.fault);
        let context = Context::new("1.35".parse().expect("a minor"), Store::embedded());
        Self(paths(&found.documents, &context))
    }

    fn end(&self, name: &str) -> usize {
        let endpoint = match name.split_once('/') {
            Some((namespace, name)) => Endpoint::workload("Pod", namespace, name),
            None if name == "any" => Endpoint::Outside(Outside::Cluster),
            None if name == "node" => Endpoint::Outside(Outside::Node),
            None => {
                let block = Addresses::block(name).expect("an address");
                return self.0.at(&block)[0];
            }
        };
        self.0.position(&endpoint).expect("a known end")
    }

    /// What is open, from `namespace/name`, `any`, `node` or an address.
    fn open(&self, from: &str, to: &str) -> String {
        self.0.open(self.end(from), self.end(to)).to_string()
    }

    fn why(&self, from: &str, to: &str, port: u16) -> String {
        self.0
            .why(self.end(from), self.end(to), Port::tcp(port))
            .to_string()
    }
}

mod administrators;
mod calico;
mod kubernetes;
mod mesh;
