//! Which subtrees are found to repeat a core type.

use crate::{Folder, field};

#[test]
fn a_subtree_repeats_a_core_type_if_the_struct_can_stand_for_it() {
    let store = Folder::with_fixtures().store();
    let gadget = store.custom_kind("example.com", "v1", "Gadget").unwrap();
    for (name, core_type) in [
        ("template", Some("io.k8s.api.core.v1.PodTemplateSpec")),
        ("extendedTemplate", None),
        ("looseTemplate", None),
        ("narrowTemplate", None),
        (
            "passwordSecret",
            Some("io.k8s.api.core.v1.SecretKeySelector"),
        ),
        (
            "passwordConfigMap",
            Some("io.k8s.api.core.v1.ConfigMapKeySelector"),
        ),
        ("password", None),
        ("couple", None),
    ] {
        assert_eq!(
            field(gadget, &["spec", name]).core_type.as_deref(),
            core_type,
            "{name}"
        );
    }
    let widget = store.custom_kind("example.com", "v1", "Widget").unwrap();
    let selector = field(widget, &["spec", "selector"]);
    assert_eq!(
        selector.core_type.as_deref(),
        Some("io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector")
    );
}

#[test]
fn what_is_inside_a_core_type_is_not_marked_again() {
    let store = Folder::with_fixtures().store();
    let gadget = store.custom_kind("example.com", "v1", "Gadget").unwrap();
    assert_eq!(field(gadget, &["spec", "template", "spec"]).core_type, None);
}

#[test]
fn the_order_of_imports_makes_no_difference_to_the_marks() {
    let (first, second) = (Folder::with_fixtures(), Folder::new());
    second.import(&[crate::fixtures().join("crds")]).unwrap();
    assert!(
        !second
            .file("custom/example.com.jsonl")
            .contains("\"core\":"),
        "nothing is known of core types yet"
    );
    second
        .import(&[crate::fixtures().join("kubernetes/1.35")])
        .unwrap();
    assert_eq!(first.files(), second.files());
}
