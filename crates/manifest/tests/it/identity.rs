//! Every manifest has a name, and a namespace exactly if its kind has one.

use k8s_openapi::api::core::v1::{ConfigMap, Namespace};
use k8s_openapi::api::rbac::v1::ClusterRole;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use manifest::{Exception, Manifest, Scope};
use names::{ConfigMapName, NamespaceName, ObjectName, RoleName, name};
use serde_json::json;

fn production() -> NamespaceName {
    name!(NamespaceName, "production")
}

#[test]
fn the_identity_follows_from_the_type_and_the_names() {
    let settings = Manifest::namespaced(
        &production(),
        name!(ConfigMapName, "settings"),
        ConfigMap::default(),
    );
    assert_eq!(
        settings.id().to_string(),
        "v1 ConfigMap production/settings"
    );
    let namespace = Manifest::cluster(production(), Namespace::default());
    assert_eq!(namespace.id().to_string(), "v1 Namespace production");
    let role = Manifest::cluster(name!(RoleName, "system:metrics"), ClusterRole::default());
    assert_eq!(
        role.id().to_string(),
        "rbac.authorization.k8s.io/v1 ClusterRole system:metrics"
    );
}

#[test]
fn the_names_given_replace_those_of_the_object() {
    let object = ConfigMap {
        metadata: ObjectMeta {
            name: Some("other".into()),
            namespace: Some("elsewhere".into()),
            ..Default::default()
        },
        ..Default::default()
    };
    let manifest = Manifest::namespaced(&production(), name!(ConfigMapName, "settings"), object);
    assert_eq!(
        manifest.yaml(),
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: production\n"
    );
    let object = Namespace {
        metadata: ObjectMeta {
            namespace: Some("elsewhere".into()),
            ..Default::default()
        },
        ..Default::default()
    };
    let manifest = Manifest::cluster(production(), object);
    assert_eq!(
        manifest.yaml(),
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: production\n"
    );
}

#[test]
fn an_untyped_object_has_the_same_head() {
    let fields = [
        ("spec", json!({ "profile": "default" })),
        ("kind", json!("Other")),
        ("metadata", json!({ "name": "other" })),
        ("apiVersion", json!("v9")),
        ("a", json!([])),
    ];
    let scope = Scope::Namespace(name!(NamespaceName, "istio-system"));
    let manifest = Manifest::untyped(
        "install.istio.io/v1alpha1",
        "IstioOperator",
        scope,
        name!(ObjectName, "control-plane"),
        fields,
    );
    assert_eq!(
        manifest.id().to_string(),
        "install.istio.io/v1alpha1 IstioOperator istio-system/control-plane"
    );
    assert_eq!(
        manifest.yaml(),
        "apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata:\n  name: control-plane\n  namespace: istio-system\nspec:\n  profile: default\na: []\n"
    );
    assert_eq!(
        manifest.value(),
        json!({
            "apiVersion": "install.istio.io/v1alpha1", "kind": "IstioOperator",
            "metadata": { "name": "control-plane", "namespace": "istio-system" },
            "spec": { "profile": "default" }, "a": [],
        })
    );
    let cluster = Manifest::untyped("v1", "Thing", Scope::Cluster, name!(ObjectName, "one"), []);
    assert_eq!(
        cluster.yaml(),
        "apiVersion: v1\nkind: Thing\nmetadata:\n  name: one\n"
    );
}

#[track_caller]
fn made_by_a_builder() -> Manifest {
    Manifest::namespaced(
        &production(),
        name!(ConfigMapName, "settings"),
        ConfigMap::default(),
    )
}

#[test]
fn the_origin_is_the_line_that_asked_for_it() {
    let direct = Manifest::cluster(production(), Namespace::default());
    assert_eq!(direct.origin().file(), file!());
    assert_eq!(direct.origin().line(), line!() - 2);
    assert_eq!(made_by_a_builder().origin().line(), line!());
    let moved = made_by_a_builder().made_at(direct.origin());
    assert_eq!(moved.origin(), direct.origin());
}

#[test]
fn the_object_can_be_looked_at_again() {
    let manifest = made_by_a_builder();
    assert!(manifest.object::<ConfigMap>().is_some());
    assert!(manifest.object::<Namespace>().is_none());
}

#[test]
fn exceptions_are_kept_in_order() {
    let (one, two) = (
        Exception {
            code: "SEC004",
            reason: "reads the host's logs",
            until: None,
        },
        Exception {
            code: "SEC001",
            reason: "the image has no other user",
            until: None,
        },
    );
    assert_eq!(made_by_a_builder().exceptions(), []);
    assert_eq!(
        made_by_a_builder().excuse(one).excuse(two).exceptions(),
        [one, two]
    );
}
