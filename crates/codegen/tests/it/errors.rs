//! Schemas that no types can be made of.

use codegen::{Change, Error, Fixup};
use schemas::{KindSchema, Schema, SchemaType, Store};

fn kind(group: &str, schema: Schema) -> KindSchema {
    let mut kind: KindSchema = serde_json::from_value(serde_json::json!({
        "kind": "Widget", "version": "v1", "group": group, "plural": "widgets", "scope": "Namespaced", "schema": "object",
    }))
    .unwrap();
    kind.schema = schema;
    kind
}

fn error(kinds: Vec<KindSchema>, fixups: &[Fixup]) -> Error {
    codegen::read(kinds, fixups).unwrap_err()
}

fn object() -> Schema {
    Schema::of_type(SchemaType::Object)
}

#[test]
fn a_reference_to_no_kubernetes_type_names_the_field() {
    let properties = [("spec", Schema::of_reference("com.example.Spec"))].into();
    let error = error(
        vec![kind(
            "example.com",
            Schema {
                properties,
                ..object()
            },
        )],
        &[],
    );
    assert_eq!(
        error.to_string(),
        "example.com/v1 Widget spec: no Rust type for the definition `com.example.Spec`"
    );
}

#[test]
fn a_kind_that_is_no_object_is_refused() {
    let error = error(
        vec![kind("example.com", Schema::of_type(SchemaType::String))],
        &[],
    );
    assert_eq!(
        error.to_string(),
        "example.com/v1 Widget: the schema is not one of an object"
    );
}

#[test]
fn a_kind_may_be_there_once() {
    let error = error(
        vec![kind("example.com", object()), kind("example.com", object())],
        &[],
    );
    assert_eq!(error.to_string(), "example.com/v1 Widget is there twice");
}

#[test]
fn two_groups_may_not_become_one_module() {
    let error = error(
        vec![
            kind("a-b.example.com", object()),
            kind("a.b.example.com", object()),
        ],
        &[],
    );
    assert_eq!(
        error.to_string(),
        "the groups `a-b.example.com` and `a.b.example.com` both become the module `a_b_example_com`"
    );
}

#[test]
fn a_fixup_of_something_that_is_gone_is_refused() {
    let fixup = Fixup {
        name: "widget-spec",
        group: "example.com",
        kind: "Widget",
        path: "spec.gone",
        change: Change::Untyped,
    };
    let error = error(vec![kind("example.com", object())], &[fixup]);
    assert_eq!(
        error.to_string(),
        "the fixup `widget-spec` changes nothing at `spec.gone` of example.com Widget any more, delete it"
    );
}

/// A store of one group with these lines.
fn store(lines: &[&str]) -> Store {
    Store::from_texts([("custom/example.com".to_owned(), lines.join("\n"))])
}

fn line(version: &str, more: &str) -> String {
    format!(
        r#"{{"kind":"Widget","version":"{version}","group":"example.com","plural":"widgets","scope":"Cluster"{more},"schema":"object"}}"#
    )
}

#[test]
fn what_the_store_cannot_read_is_an_error_and_not_left_out() {
    let store = store(&[r#"{"kind":"Widget","version":"v1","group":"example.com","schema":5}"#]);
    let error = codegen::read_store(&store, &[]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the facts of example.com/v1 Widget cannot be read, import its definition again"
    );
}

#[test]
fn versions_that_are_not_served_or_have_a_successor_get_no_types() {
    let surface = |lines: &[&str]| codegen::read_store(&store(lines), &[]).unwrap()[0].surface();
    let (old, new) = (line("v1alpha1", r#","deprecated":true"#), line("v1", ""));
    let hidden = line("v2", r#","served":false"#);
    assert_eq!(
        surface(&[&old, &new, &hidden]),
        "v1::Widget: example.com/v1 Widget, cluster widgets\n"
    );
    assert_eq!(
        surface(&[&old, &hidden]),
        "v1alpha1::Widget: example.com/v1alpha1 Widget, cluster widgets\n"
    );
}
