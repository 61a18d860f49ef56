//! `tests/cases/<code>/good.yaml` is clean, `bad.yaml` has findings of that code and no other. An API server takes both,
//! unless that is what the rule is about; rules of other areas are not asked, or every new one would need all cases changed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use check::{Area, Selection, Selector};

use crate::listing::listing;
use crate::{context, documents, judge_by};

/// Rules that no file alone can break; their tests are `custom`, `exceptions`, `flows`, `changes`
/// and those of the command line.
const ELSEWHERE: [&str; 10] = [
    "DELV024", "API013", "API018", "DELV001", "CHG001", "CHG002", "CHG003", "CHG004", "CHG005",
    "NET008",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn codes() -> BTreeSet<&'static str> {
    check::rules()
        .iter()
        .map(|rule| rule.code)
        .filter(|code| !ELSEWHERE.contains(code))
        .collect()
}

fn read(code: &str, name: &str) -> String {
    let path = folder().join(code).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What is deprecated is no fault of the case: the API server takes it.
const DEPRECATED: [&str; 2] = ["API022", "API023"];

/// What the API server of today refuses as well.
const REFUSED: [&str; 1] = ["SEC021"];

/// The API server's rules, and the one that the case is about.
fn asked(code: &str) -> Selection {
    if REFUSED.contains(&code) {
        return Selection {
            only: vec![code.parse().unwrap()],
            skip: Vec::new(),
        };
    }
    let others = DEPRECATED.iter().filter(|other| **other != code);
    Selection {
        only: vec![Selector::Area(Area::Api), code.parse().unwrap()],
        skip: others.map(|other| other.parse().unwrap()).collect(),
    }
}

#[test]
fn every_folder_of_cases_belongs_to_a_rule() {
    let known = codes();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(known.contains(name.as_str()), "there is no rule {name}");
    }
}

#[test]
fn good_inputs_are_clean() {
    let mut wrong = Vec::new();
    for code in codes() {
        let report = judge_by(&read(code, "good.yaml"), &asked(code));
        if !report.is_clean() {
            wrong.push(format!("{code}\n{}", listing(&report)));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn good_inputs_are_clean_at_every_minor_that_is_known() {
    for minor in schemas::Store::embedded().minors() {
        for code in codes() {
            let mut context = context();
            context.kubernetes = minor.parse().unwrap();
            let good = documents(&read(code, "good.yaml"));
            let report = check::check_by(&good, &context, &asked(code));
            assert!(report.is_clean(), "{minor} {code}\n{}", listing(&report));
        }
    }
}

#[test]
fn bad_inputs_have_findings_of_their_rule_alone() {
    let mut wrong = Vec::new();
    for code in codes() {
        let report = judge_by(&read(code, "bad.yaml"), &asked(code));
        let text = listing(&report);
        let is_right = !report.is_clean()
            && report
                .findings
                .iter()
                .all(|finding| finding.rule.code == code);
        if !is_right {
            wrong.push(format!("{code}\n{text}"));
        }
        insta::with_settings!({prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!(code, text);
        });
    }
    assert_eq!(wrong, Vec::<String>::new());
}
