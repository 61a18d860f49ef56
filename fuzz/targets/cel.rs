//! Any rule over any value: the first line is the rule, the rest the value in JSON.
#![no_main]

use std::time::{Duration, Instant};

use check::{Context, Document};
use libfuzzer_sys::fuzz_target;
use schemas::Store;
use serde_json::{Value, json};

/// Longer than this takes no rule, however it is written, even with the fuzzer's counters in it.
const LONGEST: Duration = Duration::from_secs(20);

fuzz_target!(|text: &str| {
    let (rule, value) = text.split_once('\n').unwrap_or((text, "{}"));
    let value: Value = serde_json::from_str(value).unwrap_or(Value::Null);
    let spec = json!({"preserve": true, "rules": [{"rule": rule, "optionalOldSelf": true}]});
    let properties =
        json!({"apiVersion": "string", "kind": "string", "metadata": "object", "spec": spec});
    let kind = json!({
        "kind": "Widget", "version": "v1", "group": "example.com", "plural": "widgets", "scope": "Namespaced",
        "schema": {"type": "object", "props": properties},
    });
    let store = Store::from_texts([("custom/example.com".to_owned(), format!("{kind}\n"))]);
    let object = json!({
        "apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "a", "namespace": "b"}, "spec": value,
    });
    let context = Context::new(fuzz::context().kubernetes, &store);
    let start = Instant::now();
    let _ = check::check(&[Document::from_value(object, None)], &context);
    assert!(start.elapsed() < LONGEST, "took {:?}", start.elapsed());
});
