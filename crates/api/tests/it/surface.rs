//! One line for each type and field of important groups, so that a new schema shows as a difference that can be read.

use codegen::{FIXUPS, Group};
use schemas::Store;

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
    let mut groups = codegen::read_store(Store::embedded(), FIXUPS).unwrap();
    groups.retain(|group| GROUPS.contains(&group.name()));
    assert_eq!(groups.iter().map(Group::name).collect::<Vec<_>>(), GROUPS);
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for group in groups {
            insta::assert_snapshot!(group.module(), group.surface());
        }
    });
}
