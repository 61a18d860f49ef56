//! One line for each type and field of important groups, so that a new schema shows as a difference that can be read.

use schemas::{KindSchema, Store};

/// The groups with a snapshot.
const GROUPS: [&str; 13] = [
    "argoproj.io",
    "autoscaling.k8s.io",
    "bootstrap.cluster.x-k8s.io",
    "cluster.x-k8s.io",
    "controlplane.cluster.x-k8s.io",
    "external-secrets.io",
    "infrastructure.cluster.x-k8s.io",
    "karpenter.sh",
    "networking.istio.io",
    "projectcalico.org",
    "security.istio.io",
    "velero.io",
    "vpcresources.k8s.aws",
];

#[test]
fn the_public_surface_is_as_reviewed() {
    let store = Store::embedded();
    let kinds: Vec<KindSchema> = store
        .custom_kinds()
        .filter(|name| GROUPS.contains(&name.group))
        .filter_map(|name| store.custom_kind(name.group, name.version, name.kind).cloned())
        .filter(|kind| kind.served)
        .collect();
    let groups = codegen::read(kinds, &[]).unwrap();
    assert_eq!(groups.iter().map(codegen::Group::name).collect::<Vec<_>>(), GROUPS);
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for group in groups {
            insta::assert_snapshot!(group.module(), group.surface());
        }
    });
}
