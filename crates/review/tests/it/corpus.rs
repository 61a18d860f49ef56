//! Changes with their effects, and the review's word on each.

#![expect(clippy::disallowed_methods, reason = "the cases are files")]

use std::fs;
use std::path::{Path, PathBuf};

use check::Context;
use review::{Files, Review, Trees, review};
use schemas::Store;
use serde_json::Value as Json;

/// A change with its effect.
#[derive(Debug)]
pub(crate) struct Case {
    /// The file and the name of the case.
    pub(crate) name: String,
    pub(crate) before: Json,
    pub(crate) after: Json,
    /// Objects that are there before and after.
    pub(crate) around: Vec<Json>,
    /// The effect, as JSON names it.
    pub(crate) expect: String,
    /// Whether the server refuses it.
    pub(crate) refused: bool,
    /// Why the server of the tests says something else than a cluster would; it is not asked then.
    pub(crate) not_asked: Option<String>,
    /// What the review has to say besides.
    pub(crate) says: Vec<String>,
    /// Whether it is put in the place of the old object instead of applied: what a three-way merge comes to.
    pub(crate) by_put: bool,
}

impl Case {
    /// A change whose effect is not known.
    pub(crate) fn of(name: String, before: Json, after: Json) -> Self {
        Self {
            name,
            before,
            after,
            around: Vec::new(),
            expect: String::new(),
            refused: false,
            not_asked: None,
            says: Vec::new(),
            by_put: false,
        }
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn values(path: &Path) -> Vec<Json> {
    let text = fs::read_to_string(path).unwrap();
    check::read::values(&text).unwrap_or_else(|| panic!("{} is no YAML", path.display()))
}

/// All cases, by file.
pub(crate) fn cases() -> Vec<Case> {
    let bases = values(&folder().join("bases.yaml")).remove(0);
    let mut files: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("bases.yaml"))
        .collect();
    files.sort();
    let mut cases = Vec::new();
    for file in files {
        let stem = file.file_stem().unwrap().to_str().unwrap().to_owned();
        for case in values(&file) {
            cases.push(self::case(&stem, &case, &bases));
        }
    }
    cases
}

fn case(file: &str, case: &Json, bases: &Json) -> Case {
    const KNOWN: [&str; 11] = [
        "name",
        "base",
        "before",
        "after",
        "around",
        "expect",
        "refused",
        "not-asked",
        "says",
        "why",
        "by",
    ];
    let name = format!("{file}: {}", case["name"].as_str().expect("a name"));
    for key in case.as_object().unwrap().keys() {
        assert!(KNOWN.contains(&key.as_str()), "{name}: {key} is not known");
    }
    let base = &bases[case["base"].as_str().unwrap_or_default()];
    assert!(base.is_object(), "{name}: no such base");
    let before = changed(base, case.get("before"), &name);
    let expect = case["expect"].as_str().expect("an effect").to_owned();
    Case {
        after: changed(&before, case.get("after"), &name),
        before,
        around: case["around"].as_array().cloned().unwrap_or_default(),
        refused: case["refused"].as_bool().unwrap_or(expect == "refused"),
        not_asked: case["not-asked"].as_str().map(str::to_owned),
        says: case["says"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|text| text.as_str().expect("a text").to_owned())
            .collect(),
        by_put: case["by"] == "put",
        expect,
        name,
    }
}

/// The object with fields set and removed, each named by a pointer; a pointer with a null value is removed.
fn changed(base: &Json, change: Option<&Json>, name: &str) -> Json {
    let mut object = base.clone();
    for (pointer, value) in change.and_then(Json::as_object).into_iter().flatten() {
        let (parent, last) = pointer.rsplit_once('/').unwrap();
        let last = last.replace("~1", "/");
        let parent = object
            .pointer_mut(parent)
            .unwrap_or_else(|| panic!("{name}: nothing at {parent}"));
        match (parent, value.as_str()) {
            (Json::Object(fields), Some("(removed)")) => {
                assert!(
                    fields.remove(&last).is_some(),
                    "{name}: nothing at {pointer}"
                );
            }
            (Json::Object(fields), _) => {
                fields.insert(last, value.clone());
            }
            (Json::Array(items), Some("(removed)")) => {
                items.remove(last.parse::<usize>().unwrap());
            }
            (Json::Array(items), _) => match items.get_mut(last.parse::<usize>().unwrap()) {
                Some(item) => *item = value.clone(),
                None => items.push(value.clone()),
            },
            _ => panic!("{name}: {pointer} leads nowhere"),
        }
    }
    object
}

/// The review of a case, each object in a file of its own.
pub(crate) fn reviewed(case: &Case) -> Review {
    let file = |object: &Json| object.to_string().into_bytes();
    let around = case.around.iter().enumerate();
    let around: Files = around
        .map(|(index, object)| (format!("around-{index}.yaml"), file(object)))
        .collect();
    let with = |object: &Json| {
        let mut files = around.clone();
        files.insert("object.yaml".to_owned(), file(object));
        files
    };
    let trees = Trees::new(with(&case.before), with(&case.after));
    let context = Context::new("1.35".parse().unwrap(), Store::embedded());
    review(&case.name, &trees, &context)
}

/// What the review says: the effect, and whether the server refuses it.
pub(crate) fn verdict(case: &Case) -> (String, bool) {
    let review = reviewed(case);
    (review.effect().as_str().to_owned(), review.is_refused())
}

#[test]
fn every_change_has_the_effect_that_is_known() {
    let cases = cases();
    assert!(cases.len() >= 60, "only {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let (effect, refused) = verdict(case);
        let said = review::text::render(&reviewed(case), false);
        let unsaid = case
            .says
            .iter()
            .filter(|text| !said.contains(text.as_str()));
        wrong.extend(unsaid.map(|text| format!("{}: does not say `{text}`\n{said}", case.name)));
        if (effect.as_str(), refused) != (case.expect.as_str(), case.refused) {
            wrong.push(format!(
                "{}: {effect} (refused: {refused}) instead of {} (refused: {})\n{said}",
                case.name, case.expect, case.refused
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

#[test]
fn an_object_is_never_different_from_itself() {
    for case in cases() {
        let mut same = Case { ..case };
        same.after = same.before.clone();
        assert!(reviewed(&same).objects.is_empty(), "{}", same.name);
    }
}
