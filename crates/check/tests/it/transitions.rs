//! What rules of custom resources that compare with the value before refuse of a change.

use check::change::refused;
use check::{Context, Document};
use schemas::Store;
use serde_json::{Value, json};

use crate::changes::hold;

/// A store with one custom kind, whose `spec` has this schema.
fn store(spec: &Value) -> Store {
    let schema = json!({
        "type": "object",
        "props": {"apiVersion": "string", "kind": "string", "metadata": "object", "spec": spec},
    });
    let head = r#"{"kind":"Widget","version":"v1","group":"example.com","plural":"widgets","scope":"Namespaced","storage":true"#;
    Store::from_texts([(
        "custom/example.com".to_owned(),
        format!("{head},\"schema\":{schema}}}\n"),
    )])
}

fn widget(spec: &Value) -> Document {
    let value = json!({"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "w", "namespace": "shop"}, "spec": spec});
    Document::from_value(value, None)
}

fn of_widget(schema: &Value, old: &Value, new: &Value) -> Vec<(&'static str, String)> {
    let store = store(schema);
    let context = Context::new("1.35".parse().unwrap(), &store);
    refused(&widget(old), &widget(new), &context)
        .into_iter()
        .map(|finding| (finding.rule.code, finding.path))
        .collect()
}

#[test]
fn a_transition_rule_compares_with_the_value_before() {
    let schema = json!({"type": "object", "props": {"size": {"type": "integer", "default": 3, "rules": [{"rule": "self >= oldSelf"}]}, "name": "string"}});
    let change = |old: Value, new: Value| of_widget(&schema, &old, &new);
    assert_eq!(change(json!({"size": 1}), json!({"size": 2})), []);
    assert_eq!(
        change(json!({"size": 4}), json!({"size": 2})),
        [("CHG002", "spec.size".to_owned())]
    );
    // Without it the default stands in its place, before and after.
    assert_eq!(change(json!({"size": 2}), json!({"name": "a"})), []);
    assert_eq!(
        change(json!({"size": 5}), json!({"name": "a"})),
        [("CHG002", "spec.size".to_owned())]
    );
}

#[test]
fn a_rule_that_asks_for_an_optional_value_is_asked_always() {
    let rule =
        json!({"rule": "!oldSelf.hasValue() || self == oldSelf.value()", "optionalOldSelf": true});
    let schema = json!({"type": "object", "props": {"name": {"type": "string", "rules": [rule]}}});
    let change = |old: Value, new: Value| of_widget(&schema, &old, &new);
    assert_eq!(change(json!({}), json!({"name": "a"})), []);
    assert_eq!(
        change(json!({"name": "a"}), json!({"name": "b"})),
        [("CHG002", "spec.name".to_owned())]
    );
    assert_eq!(change(json!({"name": "a"}), json!({})), []);
}

#[test]
fn items_of_a_list_with_keys_have_a_value_before_and_others_have_none() {
    let item = json!({"type": "object", "props": {"name": "string", "size": {"type": "integer", "rules": [{"rule": "self == oldSelf"}]}}});
    let list = |kind: &str| json!({"type": "object", "props": {"parts": {"type": "array", "items": item, "list": kind, "keys": ["name"]}}});
    let old = json!({"parts": [{"name": "a", "size": 1}, {"name": "b", "size": 2}]});
    let new = json!({"parts": [{"name": "b", "size": 9}, {"name": "c", "size": 1}]});
    assert_eq!(
        of_widget(&list("map"), &old, &new),
        [("CHG002", "spec.parts[0].size".to_owned())]
    );
    assert_eq!(of_widget(&list("atomic"), &old, &new), []);
}

#[test]
fn a_map_that_is_replaced_as_a_whole_has_no_value_before_its_entries() {
    let value = json!({"type": "integer", "rules": [{"rule": "self == oldSelf"}]});
    let map = |kind: &str| json!({"type": "object", "props": {"sizes": {"type": "object", "values": value, "map": kind}}});
    let (old, new) = (json!({"sizes": {"a": 1}}), json!({"sizes": {"a": 2}}));
    assert_eq!(
        of_widget(&map("granular"), &old, &new),
        [("CHG002", "spec.sizes[a]".to_owned())]
    );
    assert_eq!(of_widget(&map("atomic"), &old, &new), []);
}

#[test]
fn a_rule_that_compares_and_cannot_be_decided_says_so() {
    let rule =
        json!({"rule": "timestamp('2026-01-01T00:00:00Z').getHours('Europe/Vienna') == oldSelf"});
    let schema = json!({"type": "object", "props": {"size": {"type": "integer", "rules": [rule]}}});
    assert_eq!(
        of_widget(&schema, &json!({"size": 1}), &json!({"size": 2})),
        [("CHG005", "spec.size".to_owned())]
    );
}

#[test]
fn imported_kinds_keep_what_their_rules_protect() {
    hold(
        "
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: {name: general}
spec:
  template:
    spec:
      nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
      requirements: []
",
        &[
            ("name: a}", "name: b}", "", ""),
            (
                "kind: EC2NodeClass",
                "kind: Other",
                "CHG002",
                "spec.template.spec.nodeClassRef",
            ),
        ],
    );
}
