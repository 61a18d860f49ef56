//! Exceptions: what they excuse, and what they do when there is nothing to excuse.

use check::Selection;
use manifest::Exception;

use crate::{context, documents};

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

/// The rule that is excused, and the one about exceptions: what others say of the objects is theirs.
fn asked() -> Selection {
    Selection {
        only: vec!["WORK007".parse().unwrap(), "DELV001".parse().unwrap()],
        skip: Vec::new(),
    }
}

#[test]
fn an_exception_excuses_the_findings_of_its_code_in_its_object() {
    let mut documents = documents(UNPINNED);
    documents[0] = documents[0].clone().excuse(EXCEPTION);
    let report = check::check_by(&documents, &context(), &asked());
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
    let report = check::check_by(&documents, &context(), &asked());
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
    let report = check::check_by(&documents, &context(), &asked());
    let found: Vec<&str> = report.errors().map(|finding| finding.rule.code).collect();
    assert_eq!(found, ["DELV001"]);
    assert!(report.findings[0].message.contains(EXCEPTION.reason));
}
