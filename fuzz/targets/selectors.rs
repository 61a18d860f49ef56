//! Any selector over any labels: the first line is the selector, the second the labels, both in JSON.
#![no_main]

use check::read::read;
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

fuzz_target!(|text: &str| {
    let mut lines = text.lines();
    let mut next = || -> Value {
        let line = lines.next().unwrap_or_default();
        serde_json::from_str(line).unwrap_or(Value::Null)
    };
    let (selector, labels) = (next(), next());
    let meta = |name: &str| json!({"name": name, "namespace": "shop"});
    let pod = json!({"metadata": {"labels": labels}, "spec": {"containers": [{"name": "a", "image": "a:v1"}]}});
    let objects = [
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": labels}}),
        json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": meta("a"), "spec": {"selector": selector, "template": pod}}),
        json!({"apiVersion": "v1", "kind": "Service", "metadata": meta("a"), "spec": {"selector": labels, "ports": [{"port": 80}]}}),
        json!({"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": meta("a"), "spec": {"selector": selector, "minAvailable": 1}}),
        json!({"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": meta("a"), "spec": {
            "podSelector": selector, "ingress": [{"from": [{"podSelector": selector, "namespaceSelector": selector}]}],
        }}),
        json!({"apiVersion": "security.istio.io/v1", "kind": "AuthorizationPolicy", "metadata": meta("a"), "spec": {"selector": selector}}),
    ];
    let text: String = objects
        .iter()
        .map(|object| format!("---\n{object}\n"))
        .collect();
    let content = read(&text, "input.yaml");
    let _ = check::check(&content.documents, &fuzz::context());
});
