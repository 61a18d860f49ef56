//! Labels, annotations and what Argo CD is told through them.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::ConfigMap;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use manifest::{ApplicationSyncOption, Manifest, SyncOption};
use names::{ConfigMapName, LabelValue, NamespaceName, annotation_key, label_key, name};

fn with(metadata: ObjectMeta) -> Manifest {
    let object = ConfigMap {
        metadata,
        ..Default::default()
    };
    Manifest::namespaced(
        &name!(NamespaceName, "app"),
        name!(ConfigMapName, "settings"),
        object,
    )
}

fn annotations(manifest: &Manifest) -> BTreeMap<String, String> {
    manifest.metadata().annotations.clone().unwrap_or_default()
}

#[test]
fn labels_are_added_to_those_of_the_object() {
    let manifest = with(ObjectMeta {
        labels: Some([("tier".to_owned(), "one".to_owned())].into()),
        ..Default::default()
    })
    .label(
        label_key!("app.kubernetes.io/part-of"),
        name!(LabelValue, "shop"),
    )
    .label(label_key!("tier"), name!(LabelValue, "two"));
    assert_eq!(
        manifest.yaml(),
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    app.kubernetes.io/part-of: shop\n    tier: two\n  name: settings\n  namespace: app\n"
    );
}

#[test]
fn empty_labels_and_annotations_are_not_written() {
    let manifest = with(ObjectMeta {
        labels: Some(BTreeMap::new()),
        annotations: Some(BTreeMap::new()),
        ..Default::default()
    });
    assert_eq!(manifest.metadata().labels, None);
    assert_eq!(manifest.metadata().annotations, None);
}

#[test]
fn the_wave_and_the_options_are_annotations() {
    let manifest = with(ObjectMeta::default())
        .annotate(annotation_key!("example.com/note"), "a: b")
        .sync_wave(-5)
        .sync_option(SyncOption::ServerSideApply)
        .sync_option(SyncOption::PruneConfirm)
        .sync_option(SyncOption::ServerSideApply);
    assert_eq!(
        annotations(&manifest),
        BTreeMap::from([
            (
                "argocd.argoproj.io/sync-options".to_owned(),
                "ServerSideApply=true,Prune=confirm".to_owned()
            ),
            ("argocd.argoproj.io/sync-wave".to_owned(), "-5".to_owned()),
            ("example.com/note".to_owned(), "a: b".to_owned()),
        ])
    );
    assert!(
        manifest
            .yaml()
            .contains("argocd.argoproj.io/sync-wave: \"-5\"\n")
    );
}

#[test]
fn an_option_of_two_parts_is_added_once() {
    let manifest = with(ObjectMeta::default())
        .sync_option(SyncOption::ForceReplace)
        .sync_option(SyncOption::ForceReplace)
        .sync_option(SyncOption::Replace);
    assert_eq!(
        annotations(&manifest)["argocd.argoproj.io/sync-options"],
        "Force=true,Replace=true"
    );
}

#[test]
fn options_are_spelt_as_argo_cd_reads_them() {
    for option in [
        SyncOption::PruneConfirm,
        SyncOption::PruneNever,
        SyncOption::PruneLast,
        SyncOption::DeleteConfirm,
        SyncOption::DeleteNever,
        SyncOption::ServerSideApply,
        SyncOption::SkipDryRunOnMissingResource,
        SyncOption::Replace,
        SyncOption::ForceReplace,
        SyncOption::SkipValidation,
    ] {
        for part in option.as_str().split(',') {
            let (name, value) = part.split_once('=').unwrap();
            assert!(
                name.starts_with(|first: char| first.is_ascii_uppercase()),
                "{part}"
            );
            assert!(["true", "false", "confirm"].contains(&value), "{part}");
        }
    }
    assert_eq!(
        ApplicationSyncOption::PruneForeground.as_str(),
        "PrunePropagationPolicy=foreground"
    );
}
