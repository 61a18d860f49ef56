//! How reports look, and that they come out the same every time.

use check::{Context, Document, ExternalObject, ExternalPods};
use manifest::ResourceId;
use schemas::Store;
use serde_json::Value;

use crate::{context, documents, judge};

const FAULTY: &str = "
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop, lables: {tier: front}}
spec:
  selector: {app: web}
  ports:
  - {port: 80}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
status: {phase: Active}
";

#[test]
fn the_text_says_what_where_why_and_how() {
    let report = judge(FAULTY);
    insta::with_settings!({prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("text", check::text::render(&report, false) + &check::text::summary(&report));
        insta::assert_snapshot!("text_in_colour", check::text::render(&report, true).replace('\u{1b}', "ESC"));
    });
}

#[test]
fn the_json_is_one_array_with_the_fields_that_programs_rely_on() {
    let array = check::json::render(&judge(FAULTY));
    let findings = array.as_array().unwrap();
    assert_eq!(findings.len(), 3);
    for field in [
        "code",
        "area",
        "severity",
        "file",
        "line",
        "apiVersion",
        "kind",
        "namespace",
        "name",
        "path",
        "message",
    ] {
        assert!(
            findings.iter().all(|finding| finding.get(field).is_some()),
            "{field}"
        );
    }
    assert_eq!(
        findings[0].get("file").and_then(Value::as_str),
        Some("case.yaml")
    );
}

#[test]
fn the_order_of_the_objects_does_not_matter() {
    let mut turned = documents(FAULTY);
    turned.reverse();
    let report = check::check(&turned, &context());
    assert_eq!(
        check::text::render(&report, false),
        check::text::render(&judge(FAULTY), false)
    );
}

#[test]
fn a_warning_forbids_nothing() {
    let report = judge(FAULTY);
    assert_eq!((report.errors().count(), report.warnings().count()), (2, 1));
}

#[test]
fn what_the_caller_states_to_exist_counts() {
    let text = FAULTY
        .replace(", lables: {tier: front}", "")
        .replace("status: {phase: Active}", "");
    let id = |kind: &'static str, name: &str| ResourceId {
        api_version: "apps/v1".into(),
        kind: kind.into(),
        namespace: Some("shop".to_owned()),
        name: name.to_owned(),
    };
    let pods = ExternalPods {
        labels: [("app".to_owned(), "web".to_owned())].into(),
        ports: vec![(String::new(), 80)],
    };
    let known = |pods| {
        Context::new("1.35".parse().unwrap(), Store::embedded())
            .with_external([ExternalObject::new(id("Deployment", "web")).pods(pods)])
    };
    let documents: Vec<Document> = documents(&text);
    assert!(!check::check(&documents, &context()).is_clean());
    assert!(check::check(&documents, &known(pods.clone())).is_clean());
    let elsewhere = ExternalPods {
        ports: vec![(String::new(), 8080)],
        ..pods
    };
    let report = check::check(&documents, &known(elsewhere));
    assert_eq!(
        report
            .findings
            .iter()
            .map(|finding| finding.rule.code)
            .collect::<Vec<_>>(),
        ["REFS002"]
    );
}

#[test]
fn the_value_of_a_secret_is_never_shown() {
    let report = judge(
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\ndata: {password: 'hunter2!'}\n",
    );
    let text = check::text::render(&report, false) + &check::json::render(&report).to_string();
    assert_eq!(report.findings[0].rule.code, "API006");
    assert!(!text.contains("hunter2"), "{text}");
}
