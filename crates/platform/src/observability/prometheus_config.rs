//! What Prometheus scrapes and keeps.

use builders::{ConfigMap, Identity};
use environment::Environment;
use names::{ConfigMapName, DataKey, name};

/// The key of the configuration file.
pub(super) const CONFIG: DataKey = DataKey::from_static("prometheus.yml");

/// The ConfigMap with the configuration.
pub(super) fn config(environment: &Environment, identity: &Identity) -> ConfigMap {
    let _ = environment;
    ConfigMap::new(identity, &name!(ConfigMapName, "prometheus-config")).entry(&CONFIG, "")
}
