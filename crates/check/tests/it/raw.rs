//! The faults of platform documents are found in plain YAML as such documents write it, without this project's builders.

use std::collections::BTreeSet;
use std::path::Path;

use crate::judge;

/// A file of `tests/raw`, and the rules that find what is wrong in it.
const FAULTS: &[(&str, &[&str])] = &[
    // Versions that are gone or going.
    ("removed-versions", &["API001"]),
    ("pod-security-policy", &["API001"]),
    ("old-mesh-versions", &["API022", "MESH048"]),
    // Fields that are not there, or have to be.
    ("schedule-on-a-backup", &["API002"]),
    ("no-selector", &["API004"]),
    ("latest", &["WORK007"]),
    // Several that scale the same pods, or weigh the same requests.
    ("two-autoscalers", &["WORK005"]),
    ("autoscaled-deployment-beside-a-rollout", &["WORK003"]),
    ("replicas-of-a-rollout", &["WORK004"]),
    ("weights-of-a-rollout", &["DELV003", "DELV026"]),
    // Policies that allow too little or too much.
    ("no-names", &["NET005"]),
    ("widening-authorization", &["NET011"]),
    ("two-peers", &["NET002", "NET010"]),
    // Measurements that lead astray, or are not taken.
    ("alert-on-a-counter", &["METR016"]),
    ("alert-on-a-counter-operator", &["METR016"]),
    ("wrapped-dashboard", &["METR017", "METR018"]),
    (
        "discovery-without-rights",
        &["METR020", "METR021", "DELV025"],
    ),
    // What nobody looks after any more.
    ("retired-ingress-controller", &["DELV025"]),
    ("kyverno-cluster-policy", &["DELV025"]),
    ("istio-operator", &["DELV025"]),
    ("vertical-autoscaler-auto", &["API023"]),
    // What does not fit, or does not hold together.
    ("lone-databases", &["STOR018"]),
    ("quotas-below-the-maximum", &["CAP002"]),
];

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/raw/{name}.yaml"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_faults_of_documents_are_found_as_they_are_written() {
    let mut missed = Vec::new();
    for (name, codes) in FAULTS {
        let report = judge(&read(name));
        let found: BTreeSet<&str> = report
            .findings
            .iter()
            .map(|finding| finding.rule.code)
            .collect();
        let missing = codes.iter().filter(|code| !found.contains(*code));
        missed.extend(missing.map(|code| format!("{name}: no {code} among {found:?}")));
    }
    assert_eq!(missed, Vec::<String>::new());
}

#[test]
fn every_raw_form_is_judged() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/raw");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_listed = FAULTS
            .iter()
            .any(|(known, _)| name == format!("{known}.yaml"));
        assert!(is_listed, "{name} is in no row");
    }
}
