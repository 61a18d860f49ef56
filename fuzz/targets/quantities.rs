//! Any text as a quantity: what the types take, the checks take, and no amount is above itself.
#![no_main]

use check::Report;
use libfuzzer_sys::fuzz_target;
use names::{Bytes, Cpu};
use serde_json::json;

/// What the checks say of a range from an amount to itself.
fn judge(resource: &str, amount: &str) -> Report {
    let limits = json!({"limits": [{"type": "Container", "max": {resource: amount}, "min": {resource: amount}}]});
    fuzz::judge(json!({
        "apiVersion": "v1", "kind": "LimitRange", "metadata": {"name": "a", "namespace": "b"}, "spec": limits,
    }))
}

fuzz_target!(|text: &str| {
    let cpu = judge("cpu", text);
    let is_above = cpu
        .findings
        .iter()
        .any(|finding| finding.message.contains("is above"));
    assert!(!is_above, "{text:?} is above itself: {:?}", cpu.findings);
    if text.parse::<Cpu>().is_ok() {
        assert!(
            cpu.errors().next().is_none(),
            "{text:?}: {:?}",
            cpu.findings
        );
    }
    if text.parse::<Bytes>().is_ok() {
        let memory = judge("memory", text);
        assert!(
            memory.errors().next().is_none(),
            "{text:?}: {:?}",
            memory.findings
        );
    }
});
