//! Grants: role and binding agree, and the account is the one that was given.

use builders::{ClusterGrant, Grant, Permission, ServiceAccount};
use manifest::Manifest;
use names::{RoleName, name};
use serde_json::json;

use crate::sample::{SHOP, VAULT, account, basket, field};

const ROLE: RoleName = RoleName::from_static("basket-reader");

fn read() -> Permission {
    Permission::new("", ["configmaps"], ["get", "list"])
}

fn agree(role: &Manifest, binding: &Manifest) {
    assert_eq!(
        field(binding, "/roleRef"),
        json!({
            "apiGroup": "rbac.authorization.k8s.io",
            "kind": role.id().kind,
            "name": role.id().name,
        })
    );
    assert_eq!(role.id().namespace, binding.id().namespace);
    assert_eq!(
        field(binding, "/subjects"),
        json!([{ "kind": "ServiceAccount", "name": "basket", "namespace": "shop" }])
    );
}

#[test]
fn a_grant_is_a_role_and_a_binding_that_agree() {
    let [role, binding] = Grant::new(&SHOP, &ROLE, &account(&basket()), [read()]).manifests();
    assert_eq!(
        (&*role.id().kind, &*binding.id().kind),
        ("Role", "RoleBinding")
    );
    agree(&role, &binding);
    assert_eq!(
        field(&role, "/rules"),
        json!([{ "apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "list"] }])
    );
}

#[test]
fn another_name_of_the_binding_leaves_it_bound_to_the_role() {
    let binding_name = name!(RoleName, "basket-reader-binding");
    let [role, binding] = Grant::new(&SHOP, &ROLE, &account(&basket()), [read()])
        .binding_named(&binding_name)
        .manifests();
    assert_eq!(binding.id().name, "basket-reader-binding");
    agree(&role, &binding);
}

#[test]
fn rights_in_another_namespace_are_still_those_of_the_account_at_home() {
    let [role, binding] = Grant::new(&VAULT, &ROLE, &account(&basket()), [read()]).manifests();
    assert_eq!(role.id().namespace.as_deref(), Some("vault"));
    agree(&role, &binding);
}

#[test]
fn a_cluster_grant_is_a_cluster_role_and_a_binding_that_agree() {
    let [role, binding] = ClusterGrant::new(
        &ROLE,
        &account(&basket()),
        [read(), Permission::paths(["/metrics"])],
    )
    .manifests();
    assert_eq!(
        (&*role.id().kind, &*binding.id().kind),
        ("ClusterRole", "ClusterRoleBinding")
    );
    agree(&role, &binding);
    assert_eq!(
        field(&role, "/rules/1"),
        json!({ "nonResourceURLs": ["/metrics"], "verbs": ["get"] })
    );
}

#[test]
fn a_permission_can_be_narrowed_to_named_objects() {
    let only = read().only(["basket-settings"]);
    let [role, _] = Grant::new(&SHOP, &ROLE, &account(&basket()), [only]).manifests();
    assert_eq!(
        field(&role, "/rules/0/resourceNames"),
        json!(["basket-settings"])
    );
}

#[test]
fn an_account_lends_its_token_to_nobody_who_does_not_ask() {
    let account = ServiceAccount::new(&basket(), &basket().name().with_suffix(""));
    assert_eq!(
        field(&account.manifest(), "/automountServiceAccountToken"),
        json!(false)
    );
}
