//! ConfigMaps: the fingerprint follows the data and nothing else, and keys exist before they are lent.

use builders::ConfigMap;
use names::{ConfigMapName, DataKey, label_key, label_value, name};
use serde_json::json;

use crate::sample::{basket, field};

const FILE: DataKey = DataKey::from_static("settings.yaml");

fn settings() -> ConfigMap {
    ConfigMap::new(&basket(), &name!(ConfigMapName, "basket-settings"))
}

#[test]
fn the_fingerprint_is_the_same_for_the_same_data_whatever_name_labels_and_order() {
    let other_key = name!(DataKey, "other");
    let one = settings().entry(&FILE, "a: 1").entry(&other_key, "2");
    let labelled = basket().label(&label_key!("team"), &label_value!("checkout"));
    let same = ConfigMap::new(&labelled, &name!(ConfigMapName, "renamed"))
        .entry(&other_key, "2")
        .entry(&FILE, "a: 1");
    assert_eq!(one.fingerprint(), same.fingerprint());
}

#[test]
fn the_fingerprint_changes_with_every_change_of_the_data() {
    let data = [
        settings(),
        settings().entry(&FILE, ""),
        settings().entry(&FILE, "a: 1"),
        settings().entry(&FILE, "a: 2"),
        settings().entry(&name!(DataKey, "other"), "a: 1"),
        // The same bytes, cut elsewhere.
        settings().entry(&name!(DataKey, "settings.yamla"), ": 1"),
    ];
    let fingerprints: std::collections::BTreeSet<String> =
        data.iter().map(ConfigMap::fingerprint).collect();
    assert_eq!(fingerprints.len(), data.len());
}

#[test]
fn the_fingerprint_of_one_content_stays_what_it_was_in_every_release() {
    let fingerprint = settings().entry(&FILE, "a: 1").fingerprint();
    assert_eq!(fingerprint, "1d9c63e5530e89b5");
}

#[test]
fn there_is_a_handle_only_to_a_key_that_was_added() {
    let config_map = settings().entry(&FILE, "a: 1");
    let key = config_map.key(&FILE).expect("the key was added");
    assert_eq!((key.key(), key.config_map()), (&FILE, &config_map.handle()));
    assert_eq!(config_map.key(&name!(DataKey, "missing")), None);
}

#[test]
fn the_manifest_has_the_name_of_its_handle_and_all_data() {
    let config_map = settings().entry(&FILE, "a: 1");
    let handle = config_map.handle();
    let manifest = config_map.manifest();
    assert_eq!(manifest.id().name, handle.name().as_str());
    assert_eq!(
        manifest.id().namespace.as_deref(),
        Some(handle.namespace().as_str())
    );
    assert_eq!(
        field(&manifest, "/data"),
        json!({ "settings.yaml": "a: 1" })
    );
}
