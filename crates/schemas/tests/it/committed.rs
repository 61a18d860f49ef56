//! The facts that are committed.

use std::path::Path;

use schemas::{Schema, SchemaType, Scope, Store};
use serde_json::json;

use crate::field;

#[test]
fn every_committed_line_is_in_the_format() {
    let listing =
        schemas::import::list(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data")).unwrap();
    assert!(listing.kinds.len() > 300, "{}", listing.kinds.len());
    for kind in &listing.kinds {
        assert!(!kind.source.is_empty(), "{kind:?} has a source");
    }
}

#[test]
fn every_reference_leads_to_a_definition_in_every_minor() {
    let store = Store::embedded();
    let minors: Vec<&str> = store.minors().collect();
    assert_eq!(minors, ["1.33", "1.34", "1.35", "1.36"]);
    for minor in minors {
        for name in store.kinds(minor) {
            let kind = store
                .kind(minor, name.group, name.version, name.kind)
                .unwrap();
            assert_eq!(
                (&*kind.group, &*kind.version, &*kind.kind),
                (name.group, name.version, name.kind)
            );
            follow(store, minor, &kind.schema);
        }
        for name in store.definitions(minor) {
            follow(store, minor, store.definition(minor, name).unwrap());
        }
    }
}

fn follow(store: &Store, minor: &str, schema: &Schema) {
    if let Some(name) = &schema.reference {
        assert!(store.definition(minor, name).is_some(), "{name} in {minor}");
    }
    schema
        .children()
        .for_each(|child| follow(store, minor, child));
}

#[test]
fn core_types_are_those_of_the_minor_that_types_are_generated_for() {
    fn check(store: &Store, schema: &Schema, seen: &mut usize) {
        if let Some(name) = &schema.core_type {
            let core = store.definition("1.35", name).unwrap();
            assert!(
                schema
                    .properties
                    .keys()
                    .all(|field| core.properties.contains_key(field)),
                "{name}"
            );
            *seen += 1;
        }
        schema
            .children()
            .for_each(|child| check(store, child, seen));
    }
    let store = Store::embedded();
    let mut seen = 0;
    for name in store.custom_kinds() {
        let kind = store
            .custom_kind(name.group, name.version, name.kind)
            .unwrap();
        check(store, &kind.schema, &mut seen);
    }
    assert!(seen > 1000, "{seen}");
}

#[test]
fn a_rollout_holds_the_pod_template_of_a_deployment() {
    let rollout = Store::embedded()
        .custom_kind("argoproj.io", "v1alpha1", "Rollout")
        .unwrap();
    assert_eq!(
        (rollout.scope, &*rollout.plural),
        (Scope::Namespaced, "rollouts")
    );
    assert_eq!(
        rollout
            .subresources
            .scale
            .as_ref()
            .unwrap()
            .spec_replicas_path,
        ".spec.replicas"
    );
    let core_type = |path: &[&str]| field(rollout, path).core_type.as_deref();
    assert_eq!(
        core_type(&["spec", "template"]),
        Some("io.k8s.api.core.v1.PodTemplateSpec")
    );
    assert_eq!(
        core_type(&["spec", "selector"]),
        Some("io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector")
    );
}

#[test]
fn a_deployment_is_what_the_documents_say() {
    let store = Store::embedded();
    let deployment = store.kind("1.35", "apps", "v1", "Deployment").unwrap();
    assert_eq!(
        (deployment.scope, &*deployment.plural),
        (Scope::Namespaced, "deployments")
    );
    assert!(deployment.subresources.status && deployment.subresources.scale.is_some());
    assert_eq!(deployment.api_version(), "apps/v1");
    let spec = store.resolve("1.35", field(deployment, &["spec"])).unwrap();
    assert_eq!(spec.required, ["selector", "template"]);
    let port = store
        .definition("1.35", "io.k8s.api.core.v1.ContainerPort")
        .unwrap();
    let protocol = port.properties.get("protocol").unwrap();
    assert_eq!(
        protocol.enumeration,
        [json!("SCTP"), json!("TCP"), json!("UDP")]
    );
    assert_eq!(protocol.default, Some(json!("TCP")));
    let quantity = store
        .definition("1.35", "io.k8s.apimachinery.pkg.api.resource.Quantity")
        .unwrap();
    let types: Vec<SchemaType> = quantity.one_of.iter().map(|schema| schema.type_).collect();
    assert_eq!(types, [SchemaType::String, SchemaType::Number]);
}

#[test]
fn enum_values_are_known_from_1_34_on() {
    let values = |minor: &str| {
        let container = Store::embedded()
            .definition(minor, "io.k8s.api.core.v1.Container")
            .unwrap();
        container
            .properties
            .get("imagePullPolicy")
            .unwrap()
            .enumeration
            .len()
    };
    assert_eq!(["1.33", "1.34", "1.35", "1.36"].map(values), [0, 3, 3, 3]);
}

#[test]
fn both_forms_of_calico_policies_are_known() {
    let store = Store::embedded();
    for (group, version) in [("projectcalico.org", "v3"), ("crd.projectcalico.org", "v1")] {
        assert!(
            store
                .custom_kind(group, version, "GlobalNetworkPolicy")
                .is_some(),
            "{group}/{version}"
        );
    }
}

#[test]
fn an_untyped_kind_accepts_any_field() {
    let operator = Store::embedded()
        .custom_kind("install.istio.io", "v1alpha1", "IstioOperator")
        .unwrap();
    assert!(operator.schema.preserve_unknown_fields);
    assert!(operator.schema.properties.contains_key("metadata"));
}
