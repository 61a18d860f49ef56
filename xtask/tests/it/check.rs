//! `check` on files that anybody wrote.

use std::fs::{self, File};
use std::process::Stdio;

use serde_json::Value;

use super::{Ended, Place};

/// A Service without ports, which selects pods that are not there.
const FAULTY: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {selector: {app: web}}\n";

fn place() -> Place {
    let place = Place::new();
    fs::create_dir(place.path("foreign")).expect("a folder");
    fs::write(place.path("foreign/web.yaml"), FAULTY).expect("written");
    fs::write(place.path("foreign/readme.md"), "a: [").expect("written");
    place
}

fn codes(ended: &Ended) -> Vec<String> {
    let findings: Value = serde_json::from_str(&ended.output).expect("JSON");
    let findings = findings.as_array().expect("one array").iter();
    findings
        .map(|finding| finding["code"].as_str().expect("a code").to_owned())
        .collect()
}

#[test]
fn files_and_folders_are_judged() {
    let place = place();
    for path in ["foreign", "foreign/web.yaml"] {
        let ended = place.run(&["check", path, "--only", "api", "--format", "json"]);
        assert_eq!(ended.status, 1, "{}", ended.error);
        assert_eq!(codes(&ended), ["API011"]);
        let findings: Value = serde_json::from_str(&ended.output).expect("JSON");
        assert_eq!(findings[0]["subject"], path);
        assert_eq!(findings[0]["file"], "foreign/web.yaml");
        assert_eq!(findings[0]["name"], "web");
    }
    let ended = place.run(&["check", "foreing"]);
    assert_eq!(ended.status, 2, "{}", ended.error);
}

#[test]
fn standard_input_is_judged() {
    let place = place();
    let input = File::open(place.path("foreign/web.yaml")).expect("a file");
    let words = ["check", "-", "--only", "api", "--format", "json"];
    let ended = place.run_with(&words, Stdio::from(input));
    assert_eq!(ended.status, 1, "{}", ended.error);
    assert_eq!(codes(&ended), ["API011"]);
}

#[test]
fn a_selection_leaves_out_what_was_not_asked_for() {
    let place = place();
    let run =
        |words: &[&str]| place.run(&[&["check", "foreign", "--format", "json"], words].concat());
    assert_eq!(run(&["--skip", "api,refs"]).status, 0);
    assert_eq!(codes(&run(&["--only", "API011"])), ["API011"]);
    assert_eq!(run(&["--only", "api", "--fail-on", "never"]).status, 0);
    assert_eq!(run(&["--only", "nothing"]).status, 2);
}

#[test]
fn other_programs_can_read_the_findings() {
    let place = place();
    let run = |format| place.run(&["check", "foreign", "--only", "api", "--format", format]);
    let sarif: Value = serde_json::from_str(&run("sarif").output).expect("JSON");
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "API011");
    let github = run("github").output;
    assert!(
        github.starts_with("::error file=foreign/web.yaml,line="),
        "{github}"
    );
    let junit = run("junit").output;
    assert!(
        junit.starts_with("<?xml") && junit.trim_end().ends_with("</testsuites>"),
        "{junit}"
    );
    assert_eq!(junit.matches("<failure").count(), 1, "{junit}");
    assert_eq!(
        junit.matches("<testcase").count(),
        junit.matches("</testcase>").count() + junit.matches("/>").count(),
        "{junit}"
    );
}

/// The environment `prod` with a text in the place of another.
fn changed(from: &str, to: &str) -> Place {
    let place = Place::new();
    let file = place.path("environments/prod.yaml");
    let text = fs::read_to_string(&file).expect("an environment");
    assert!(text.contains(from), "{from}");
    fs::write(&file, text.replacen(from, to, 1)).expect("written");
    place
}

#[test]
fn the_value_behind_a_finding_is_named() {
    let place = changed("storage: 100Gi, pods: 250", "storage: 100Gi, pods: 51");
    let run = |format| place.run(&["check", "prod", "--only", "capacity", "--format", format]);
    let findings: Value = serde_json::from_str(&run("json").output).expect("JSON");
    let found = findings.as_array().expect("findings").iter();
    let named: Vec<&Value> = found
        .map(|finding| &finding["environment"])
        .filter(|value| !value.is_null())
        .collect();
    let (first, text) = (named.first().expect("a value"), run("text").output);
    assert_eq!(first["file"], "environments/prod.yaml", "{findings:#}");
    let (line, path) = (&first["line"], first["path"].as_str().expect("a path"));
    assert_eq!(path, "services.api-gateway.replicas.max");
    let said = format!("from: environments/prod.yaml:{line} {path}");
    assert!(text.contains(&said), "{text}");
    let sarif: Value = serde_json::from_str(&run("sarif").output).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let related = results
        .iter()
        .find_map(|result| result.get("relatedLocations"));
    let related = related.expect("a related location");
    let region = "/0/physicalLocation/region/startLine";
    assert_eq!(related.pointer(region), Some(line), "{related:#}");
}

#[test]
fn a_value_that_moves_nothing_is_told_unless_its_line_says_why() {
    let place = Place::new();
    let file = place.path("environments/dev.yaml");
    let text = fs::read_to_string(&file).expect("an environment");
    let run = |end: &str| {
        let text = format!("{text}\nrollouts:\n  blueGreen: {{ keep: 7m }}{end}\n");
        fs::write(&file, text).expect("written");
        let words = ["check", "dev", "--values", "--only", "DELV024"];
        place.run(&[&words[..], &["--fail-on", "warning"]].concat())
    };
    let told = run("");
    assert_eq!(told.status, 1, "{}{}", told.output, told.error);
    let said = "no object and no page changes with rollouts.blueGreen.keep";
    assert!(told.output.contains(said), "{}", told.output);
    let excused = run(" # moves nothing: the next service will need it");
    assert_eq!(excused.status, 0, "{}{}", excused.output, excused.error);
    let because = "because: the next service will need it";
    assert!(excused.output.contains(because), "{}", excused.output);
}
