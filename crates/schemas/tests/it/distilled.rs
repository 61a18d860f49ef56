//! What is taken out of sources.

use schemas::{ListType, Rule, Schema, SchemaType, Scope};
use serde_json::json;

use crate::{Folder, field, snapshot};

#[test]
fn custom_resources_keep_every_fact() {
    let folder = Folder::with_fixtures();
    snapshot!("custom_resources", folder.file("custom/example.com.jsonl"));
    snapshot!(
        "preserving_root",
        folder.file("custom/gears.example.com.jsonl")
    );
}

#[test]
fn built_in_kinds_keep_every_fact() {
    snapshot!(
        "built_in_kinds",
        Folder::with_fixtures().file("kubernetes/1.35.jsonl")
    );
}

#[test]
fn no_prose_survives() {
    for (name, text) in Folder::with_fixtures().files() {
        assert!(!text.contains("PROSE"), "{name}: {text}");
    }
}

#[test]
fn the_facts_are_read_back_as_they_were_written() {
    let store = Folder::with_fixtures().store();
    let widget = store.kind("1.35", "example.com", "v1", "Widget").unwrap();
    assert_eq!(
        (widget.scope, widget.storage, widget.deprecated),
        (Scope::Namespaced, true, false)
    );
    assert_eq!(
        widget
            .subresources
            .scale
            .as_ref()
            .unwrap()
            .spec_replicas_path,
        ".spec.replicas"
    );
    assert_eq!(
        field(widget, &["spec", "port"]),
        &Schema::of_type(SchemaType::IntOrString)
    );
    let amount = field(widget, &["spec", "amount"]);
    assert_eq!(
        (amount.type_, amount.all_of.len()),
        (SchemaType::IntOrString, 1)
    );
    let size = field(widget, &["spec", "size"]);
    assert_eq!(size.maximum.as_ref().unwrap().as_i64(), Some(i64::MAX));
    assert_eq!(field(widget, &["spec", "note"]).default, Some(json!(null)));
    assert_eq!(
        field(widget, &["spec", "mode"]).enumeration,
        [json!("Fast"), json!("off"), json!("1")]
    );
    let ports = field(widget, &["spec", "ports"]);
    assert_eq!(
        (ports.list_type, ports.list_map_keys.len()),
        (Some(ListType::Map), 2)
    );
    let rule = Rule {
        rule: "oldSelf.hasValue() && self.a == oldSelf.value().a".to_owned(),
        optional_old_self: true,
        field_path: Some(".a".to_owned()),
        reason: Some("FieldValueForbidden".to_owned()),
    };
    assert_eq!(field(widget, &["spec", "either"]).rules, [rule]);
}

#[test]
fn versions_that_are_not_served_are_left_out() {
    let store = Folder::with_fixtures().store();
    assert!(
        store
            .custom_kind("example.com", "v1beta1", "Widget")
            .unwrap()
            .deprecated
    );
    assert!(
        store
            .custom_kind("example.com", "v1alpha1", "Widget")
            .is_none()
    );
}

#[test]
fn every_object_has_the_metadata_of_its_minor() {
    let store = Folder::with_fixtures().store();
    let sprocket = store
        .kind("1.35", "gears.example.com", "v1", "Sprocket")
        .unwrap();
    assert!(sprocket.schema.properties.contains_key("apiVersion"));
    let metadata = store
        .resolve("1.35", field(sprocket, &["metadata"]))
        .unwrap();
    assert!(metadata.properties.contains_key("labels"));
}

#[test]
fn enum_values_come_from_the_second_version_of_openapi_and_defaults_from_the_third() {
    let store = Folder::with_fixtures().store();
    let pod = store
        .definition("1.35", "io.k8s.api.core.v1.PodSpec")
        .unwrap();
    assert_eq!(
        pod.properties
            .get("restartPolicy")
            .unwrap()
            .enumeration
            .len(),
        3
    );
    let container = store
        .definition("1.35", "io.k8s.api.core.v1.Container")
        .unwrap();
    assert_eq!(
        container.properties.get("protocol").unwrap().default,
        Some(json!("TCP"))
    );
    assert_eq!(
        container.properties.get("name").unwrap().default,
        None,
        "a zero value is how Go encodes, not a default"
    );
}

#[test]
fn a_minor_can_be_read_from_the_third_version_of_openapi_alone() {
    let folder = Folder::new();
    folder
        .import(&[crate::fixtures().join("kubernetes/1.35/v3")])
        .unwrap();
    let store = folder.store();
    let kinds: Vec<_> = store
        .kinds("1.35")
        .map(|name| name.kind.to_owned())
        .collect();
    assert_eq!(kinds, ["Deployment"]);
    let swagger = Folder::with_fixtures().store();
    for name in [
        "io.k8s.apimachinery.pkg.api.resource.Quantity",
        "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
    ] {
        assert_eq!(
            store.definition("1.35", name),
            swagger.definition("1.35", name),
            "{name}"
        );
    }
    let spec = store
        .definition("1.35", "io.k8s.api.apps.v1.DeploymentSpec")
        .unwrap();
    let template = spec.properties.get("template").unwrap();
    assert_eq!(
        template,
        &Schema::of_reference("io.k8s.api.core.v1.PodTemplateSpec")
    );
}

#[test]
fn versions_of_built_in_kinds_that_are_off_by_default_are_not_served() {
    let store = Folder::with_fixtures().store();
    assert!(
        !store
            .kind("1.35", "lab", "v1alpha1", "Trial")
            .unwrap()
            .served
    );
    assert!(
        store
            .kind("1.35", "apps", "v1", "Deployment")
            .unwrap()
            .served
    );
    assert!(store.kind("1.34", "apps", "v1", "Deployment").is_none());
}

#[test]
fn a_kind_known_only_as_json_schema_gets_its_name_from_the_file() {
    let folder = Folder::new();
    let text = r#"{"type":"object","description":"PROSE","properties":{"spec":{"type":"object","additionalProperties":false,
        "properties":{"iap":{"type":["string","null"]}}}}}"#;
    let known = folder.source("gke/backendconfig_v1.json", text);
    let unknown = folder.source("gke/mystery_v1.json", text);
    let summary = folder.import(&[known, unknown]).unwrap();
    assert_eq!(summary.added, ["cloud.google.com/v1 BackendConfig"]);
    assert_eq!(summary.skipped, ["mystery_v1.json"]);
    snapshot!("json_schema", folder.file("custom/cloud.google.com.jsonl"));
}
