//! Definitions among the objects say what the objects beside them may be.

use crate::{context, documents, judge};

const DEFINITION: &str = "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: gadgets.example.org}
spec:
  group: example.org
  scope: Namespaced
  names: {kind: Gadget, plural: gadgets}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            required: [size]
            properties: {size: {type: integer, maximum: 5}}
            x-kubernetes-validations: [{rule: self.size != 3}]
  - name: v1alpha1
    served: false
    storage: false
    schema: {openAPIV3Schema: {type: object}}
";

fn gadget(version: &str, spec: &str) -> String {
    format!(
        "apiVersion: example.org/{version}\nkind: Gadget\nmetadata: {{name: a, namespace: shop}}\nspec: {spec}\n"
    )
}

fn found(text: &str) -> Vec<String> {
    let report = judge(text);
    let api = report.findings.iter();
    api.filter(|finding| finding.rule.code.starts_with("API"))
        .map(|finding| {
            format!(
                "{} {}: {}",
                finding.rule.code, finding.path, finding.message
            )
        })
        .collect()
}

#[test]
fn an_object_is_judged_by_the_definition_beside_it_wherever_that_stands() {
    for (spec, wanted) in [
        ("{size: 1}", None),
        (
            "{size: 9}",
            Some("API008 spec.size: must be at most 5, is 9"),
        ),
        (
            "{size: 3}",
            Some("API012 spec: the rule `self.size != 3` does not hold"),
        ),
        (
            "{size: 1, colour: red}",
            Some("API002 spec.colour: unknown field `colour`"),
        ),
        ("{}", Some("API004 spec: `size` is missing")),
    ] {
        let gadget = gadget("v1", spec);
        for text in [
            format!("{DEFINITION}---\n{gadget}"),
            format!("{gadget}---\n{DEFINITION}"),
        ] {
            assert_eq!(
                found(&text),
                Vec::from_iter(wanted.map(str::to_owned)),
                "{spec}"
            );
        }
    }
}

#[test]
fn a_version_that_the_definition_does_not_serve_is_named() {
    let text = format!("{DEFINITION}---\n{}", gadget("v1alpha1", "{size: 1}"));
    assert_eq!(
        found(&text),
        [
            "API001 kind: the definition gadgets.example.org beside the object serves v1, not v1alpha1"
        ]
    );
}

#[test]
fn a_definition_beside_the_objects_counts_before_an_imported_one() {
    let definition = DEFINITION
        .replace("example.org", "cert-manager.io")
        .replace("Gadget", "Issuer")
        .replace("gadgets", "issuers");
    let issuer = gadget("v1", "{size: 1}")
        .replace("example.org", "cert-manager.io")
        .replace("Gadget", "Issuer");
    assert_eq!(
        found(&format!("{definition}---\n{issuer}")),
        Vec::<String>::new()
    );
    assert_ne!(found(&issuer), Vec::<String>::new());
}

#[test]
fn kinds_that_a_template_makes_are_there_and_not_judged() {
    let template = "
apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata: {name: requiredlabels}
spec:
  crd: {spec: {names: {kind: RequiredLabels}}}
  targets: [{target: admission.k8s.gatekeeper.sh, rego: 'package a'}]
";
    let constraint = "apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: RequiredLabels\nmetadata: {name: a}\nspec: {}\n";
    assert_eq!(
        found(&format!("{template}---\n{constraint}")),
        Vec::<String>::new()
    );
    assert_eq!(found(constraint).len(), 1);
}

#[test]
fn kinds_of_which_nobody_knows_anything_can_be_passed_over() {
    let context = context().ignoring_unknown_kinds(true);
    let codes = |text: &str| {
        let report = check::check(&documents(text), &context);
        let codes = report.findings.iter().map(|finding| finding.rule.code);
        codes
            .filter(|code| code.starts_with("API"))
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(&gadget("v1", "{}")), Vec::<&str>::new());
    // A version that is gone, a misspelt kind of a known group, and what a definition beside it does not serve.
    for text in [
        "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: a, namespace: b}\n"
            .to_owned(),
        "apiVersion: apps/v1\nkind: Deploymint\nmetadata: {name: a, namespace: b}\n".to_owned(),
        format!("{DEFINITION}---\n{}", gadget("v2", "{}")),
    ] {
        assert_eq!(codes(&text), ["API001"], "{text}");
    }
}
