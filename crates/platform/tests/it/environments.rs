//! The fixture environments: one small shop, and variations of it that each change one thing.

use std::collections::BTreeMap;

use environment::Environment;
use manifest::{Application, Manifest};
use serde_json::Value;

/// The environment that all others vary.
pub(crate) const SMALL: &str = "small";

const TEXTS: [(&str, &str); 20] = [
    (SMALL, include_str!("../fixtures/small.yaml")),
    ("addons", include_str!("../fixtures/addons.yaml")),
    ("canary", include_str!("../fixtures/canary.yaml")),
    ("blue-green", include_str!("../fixtures/blue-green.yaml")),
    ("rolling", include_str!("../fixtures/rolling.yaml")),
    ("analysis", include_str!("../fixtures/analysis.yaml")),
    ("balanced", include_str!("../fixtures/balanced.yaml")),
    ("ingress", include_str!("../fixtures/ingress.yaml")),
    ("settled", include_str!("../fixtures/settled.yaml")),
    ("callers", include_str!("../fixtures/callers.yaml")),
    ("database", include_str!("../fixtures/database.yaml")),
    ("exposed", include_str!("../fixtures/exposed.yaml")),
    ("guarded", include_str!("../fixtures/guarded.yaml")),
    ("log-store", include_str!("../fixtures/log-store.yaml")),
    ("monitored", include_str!("../fixtures/monitored.yaml")),
    ("secrets", include_str!("../fixtures/secrets.yaml")),
    ("tenants", include_str!("../fixtures/tenants.yaml")),
    (
        "without-mesh",
        include_str!("../fixtures/without-mesh.yaml"),
    ),
    (
        "without-postgres",
        include_str!("../fixtures/without-postgres.yaml"),
    ),
    (
        "without-backup",
        include_str!("../fixtures/without-backup.yaml"),
    ),
];

/// The name of a fixture as an environment: no word that a manifest has a reason to hold.
pub(crate) fn file_name(fixture: &str) -> String {
    format!("fixture-{fixture}")
}

pub(crate) fn environment(fixture: &str) -> Environment {
    let sources: BTreeMap<String, String> = TEXTS
        .iter()
        .map(|(name, text)| (file_name(name), (*text).to_owned()))
        .collect();
    environment::load(&file_name(fixture), &sources)
        .unwrap_or_else(|mistakes| panic!("{fixture}: {}", mistakes.render(false)))
}

/// An environment with its applications.
pub(crate) struct Rendered {
    pub(crate) fixture: &'static str,
    pub(crate) environment: Environment,
    pub(crate) applications: Vec<Application>,
}

impl Rendered {
    pub(crate) fn of(fixture: &'static str) -> Self {
        let environment = environment(fixture);
        let applications = platform::applications(&environment);
        Self {
            fixture,
            environment,
            applications,
        }
    }

    pub(crate) fn manifests(&self) -> impl Iterator<Item = &Manifest> {
        self.applications
            .iter()
            .flat_map(|application| &application.manifests)
    }

    pub(crate) fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Manifest> {
        self.manifests()
            .filter(move |manifest| manifest.id().kind == kind)
    }

    /// The object in a namespace.
    pub(crate) fn find(&self, kind: &str, namespace: &str, name: &str) -> Option<&Manifest> {
        self.manifests().find(|manifest| {
            let id = manifest.id();
            id.kind == kind && id.namespace.as_deref() == Some(namespace) && id.name == name
        })
    }
}

/// Every fixture with its applications.
pub(crate) fn every() -> impl Iterator<Item = Rendered> {
    TEXTS.iter().map(|(fixture, _)| Rendered::of(fixture))
}

/// What a field holds; nothing where it is missing.
pub(crate) fn field(manifest: &Manifest, pointer: &str) -> Value {
    manifest
        .value()
        .pointer(pointer)
        .cloned()
        .unwrap_or(Value::Null)
}

/// The kinds that run pods.
pub(crate) const WORKLOADS: [&str; 4] = ["Deployment", "Rollout", "StatefulSet", "DaemonSet"];
