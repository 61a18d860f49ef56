//! Exceptions: what they excuse, and what they do when there is nothing to excuse.

use check::{Area, Document, Report, Selection, Selector};
use manifest::Exception;

use crate::{context, documents};

/// The verdict of the rule that the exception is from, and of what watches over exceptions; the pod is bare otherwise.
fn judge(documents: &[Document]) -> Report {
    let only = vec!["WORK007".parse().unwrap(), Selector::Area(Area::Delivery)];
    let selection = Selection {
        only,
        skip: Vec::new(),
    };
    check::check_by(documents, &context(), &selection)
}

const UNPINNED: &str = "
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop}
spec:
  containers:
  - {name: a, image: a}
";

const EXCEPTION: Exception = Exception {
    code: "WORK007",
    reason: "the image is built from the tree itself",
};

#[test]
fn an_exception_excuses_the_findings_of_its_code_in_its_object() {
    let mut documents = documents(UNPINNED);
    documents[0] = documents[0].clone().excuse(EXCEPTION);
    let report = judge(&documents);
    assert!(report.is_clean());
    assert_eq!(report.exceptions.len(), 1);
    assert_eq!(report.exceptions[0].exception, EXCEPTION);
    assert_eq!(
        report.exceptions[0].finding.path,
        "spec.containers[0].image"
    );
    insta::with_settings!({prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("excused", check::text::render(&report, false) + &check::text::summary(&report));
    });
}

#[test]
fn an_exception_of_another_object_excuses_nothing() {
    let mut documents = documents(&format!(
        "{UNPINNED}\n---\n{}",
        UNPINNED.replace("name: a, namespace", "name: b, namespace")
    ));
    documents[0] = documents[0].clone().excuse(EXCEPTION);
    let report = judge(&documents);
    let found: Vec<(&str, &str)> = report
        .errors()
        .map(|finding| (finding.rule.code, finding.id.name.as_str()))
        .collect();
    assert_eq!(found, [("WORK007", "b")]);
}

#[test]
fn an_exception_that_excuses_nothing_is_itself_a_finding() {
    let mut documents = documents(&UNPINNED.replace("image: a", "image: a:v1"));
    documents[0] = documents[0].clone().excuse(EXCEPTION);
    let report = judge(&documents);
    let found: Vec<&str> = report.errors().map(|finding| finding.rule.code).collect();
    assert_eq!(found, ["DELV001"]);
    assert!(report.findings[0].message.contains(EXCEPTION.reason));
}

/// A Deployment that three tools have the same against: it runs one pod, privileged.
fn waived_by(annotations: &str) -> Report {
    let text = format!(
        "
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, namespace: shop, annotations: {annotations}}}
spec:
  replicas: 1
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      containers:
      - {{name: web, image: web, securityContext: {{privileged: true}}}}
"
    );
    let only = ["SEC003", "WORK007", "WORK015", "API002"]
        .map(|code| code.parse().unwrap())
        .to_vec();
    let selection = Selection {
        only,
        skip: Vec::new(),
    };
    check::check_by(&documents(&text), &context(), &selection)
}

fn codes(report: &Report) -> Vec<&str> {
    let findings = report.findings.iter();
    findings.map(|finding| finding.rule.code).collect()
}

#[test]
fn annotations_for_other_tools_waive_what_those_tools_would_have_found() {
    assert_eq!(codes(&waived_by("{}")), ["WORK007", "SEC003", "WORK015"]);
    for (annotations, left) in [
        (
            "{ignore-check.kube-linter.io/privileged-container: it is a driver}",
            &["WORK007", "WORK015"][..],
        ),
        ("{kube-linter.io/ignore-all: it is old}", &["WORK015"]),
        (
            "{kube-score/ignore: \"deployment-replicas, container-image-tag\"}",
            &["SEC003"],
        ),
        ("{kube-score/ignore: \"*\"}", &[]),
        (
            "{polaris.fairwinds.com/runAsPrivileged-exempt: \"true\"}",
            &["WORK007", "WORK015"],
        ),
        ("{polaris.fairwinds.com/exempt: \"true\"}", &[]),
        (
            "{polaris.fairwinds.com/exempt: \"false\"}",
            &["WORK007", "SEC003", "WORK015"],
        ),
        (
            "{ignore-check.kube-linter.io/another-check: why}",
            &["WORK007", "SEC003", "WORK015"],
        ),
    ] {
        assert_eq!(codes(&waived_by(annotations)), left, "{annotations}");
    }
}

#[test]
fn the_reason_of_an_annotation_stands_in_the_report() {
    let report = waived_by("{ignore-check.kube-linter.io/privileged-container: it is a driver}");
    let reasons: Vec<&str> = report
        .exceptions
        .iter()
        .map(check::Excused::reason)
        .collect();
    assert_eq!(reasons, ["it is a driver"]);
    assert!(check::text::render(&report, false).contains("because: it is a driver"));
}
