//! What the API server demands of kinds that few manifests are of: one fault a line, beside an object without any.

use crate::judge_api;

/// An object without fault, and for each fault what is put in whose place and the code that is found.
struct Case {
    text: &'static str,
    faults: &'static [(&'static str, &'static str, &'static str)],
}

mod agreement;
mod cluster;
mod metadata;
mod network;
mod pods;
mod storage;

fn codes(text: &str) -> Vec<&'static str> {
    let report = judge_api(text);
    let api = report.findings.iter();
    api.map(|finding| finding.rule.code)
        .filter(|code| code.starts_with("API"))
        .collect()
}

/// The object is clean, and each fault is found once.
fn hold(cases: &[Case]) {
    for Case { text, faults } in cases {
        assert_eq!(codes(text), Vec::<&str>::new(), "{text}");
        for (whole, faulty, code) in *faults {
            assert!(text.contains(whole), "{whole}");
            assert_eq!(codes(&text.replace(whole, faulty)), [*code], "{faulty}");
        }
    }
}
