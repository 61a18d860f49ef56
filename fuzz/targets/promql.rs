//! Any query of Prometheus: it is understood or refused with its place, whatever its nesting.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = check::promql::parse(text);
});
