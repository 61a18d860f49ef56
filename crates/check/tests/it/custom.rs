//! Rules that only show with a schema or a value made for them.

use check::{Context, Document};
use schemas::Store;
use serde_json::{Value, json};

/// A store with one custom kind, whose `spec` has one rule.
fn store(rule: &str) -> Store {
    let schema = json!({
        "type": "object",
        "props": {
            "apiVersion": {"type": "string"},
            "kind": {"type": "string"},
            "metadata": {"type": "object"},
            "spec": {"type": "object", "props": {"size": {"type": "integer", "default": 3}}, "rules": [{"rule": rule}]},
        },
    });
    let head = r#"{"kind":"Widget","version":"v1","group":"example.com","plural":"widgets","scope":"Namespaced","storage":true"#;
    Store::from_texts([(
        "custom/example.com".to_owned(),
        format!("{head},\"schema\":{schema}}}\n"),
    )])
}

fn codes(rule: &str, spec: &Value) -> Vec<String> {
    let store = store(rule);
    let value = json!({"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "w", "namespace": "shop"}, "spec": spec});
    let report = check::check(
        &[Document::from_value(value, None)],
        &Context::new("1.35".parse().unwrap(), &store),
    );
    report
        .findings
        .iter()
        .map(|finding| format!("{} {} {}", finding.rule.code, finding.path, finding.message))
        .collect()
}

#[test]
fn a_rule_sees_the_default_of_a_field_that_is_absent() {
    assert_eq!(codes("self.size == 3", &json!({})), Vec::<String>::new());
    assert_eq!(
        codes("self.size < 3", &json!({})),
        ["API012 spec the rule `self.size < 3` does not hold"]
    );
}

#[test]
fn a_rule_that_fails_is_broken_as_it_is_for_the_server() {
    let found = codes("self.size / 0 == 1", &json!({"size": 1}));
    assert_eq!(
        found,
        ["API012 spec the rule `self.size / 0 == 1` fails: division by zero"]
    );
}

#[test]
fn a_rule_that_cannot_be_decided_says_so() {
    let unread = codes("self.size == unheardOf(1)", &json!({}));
    assert!(
        unread[0].starts_with("API013 spec the rule `self.size == unheardOf(1)` cannot be read"),
        "{unread:?}"
    );
    let zone = codes(
        "timestamp('2026-01-01T00:00:00Z').getHours('Europe/Vienna') == 1",
        &json!({}),
    );
    assert!(zone[0].starts_with("API013 spec"), "{zone:?}");
    assert_eq!(codes("self.size == 3", &json!({})), Vec::<String>::new());
}

#[test]
fn a_transition_rule_does_not_apply_to_a_new_object() {
    assert_eq!(
        codes("self.size == oldSelf.size", &json!({"size": 1})),
        Vec::<String>::new()
    );
}

#[test]
fn rules_are_not_evaluated_on_an_object_of_the_wrong_shape() {
    let found = codes("self.size < 3", &json!({"size": "many"}));
    assert_eq!(
        found,
        ["API003 spec.size expected a whole number, found a string"]
    );
}

#[test]
fn nesting_beyond_measure_is_refused() {
    let nested = |depth: usize| {
        let inner = (0..depth).fold(
            json!({"type": "object"}),
            |inner, _| json!({"type": "object", "properties": {"a": inner}}),
        );
        let version = json!({"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": inner}});
        let spec = json!({
            "group": "example.com", "scope": "Cluster", "names": {"kind": "Widget", "plural": "widgets"}, "versions": [version],
        });
        let value = json!({
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": "widgets.example.com"}, "spec": spec,
        });
        let report = check::check(&[Document::from_value(value, None)], &crate::context());
        report
            .findings
            .iter()
            .map(|finding| finding.rule.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(nested(20), Vec::<&str>::new());
    assert_eq!(nested(600), ["API018"]);
}
