//! What holds for every object of every application.

use std::collections::BTreeSet;

use manifest::Layout;
use platform::external_objects;

use crate::environments::{Rendered, every, file_name};

#[test]
fn every_object_says_who_manages_it_and_what_it_is_part_of() {
    for rendered in every() {
        for application in &rendered.applications {
            for manifest in &application.manifests {
                let labels = manifest.metadata().labels.clone().unwrap_or_default();
                let label = |key: &str| labels.get(key).map(String::as_str);
                let said = (
                    label("app.kubernetes.io/managed-by"),
                    label("app.kubernetes.io/part-of"),
                );
                let expected = (Some("platform"), Some(application.name.as_str()));
                assert_eq!(said, expected, "{}: {}", rendered.fixture, manifest.id());
            }
        }
    }
}

/// The namespaces that somebody makes.
fn namespaces(rendered: &Rendered) -> BTreeSet<String> {
    let external = external_objects(&rendered.environment)
        .into_iter()
        .filter(|object| object.kind == "Namespace")
        .map(|object| object.name.clone());
    rendered
        .of_kind("Namespace")
        .map(|manifest| manifest.id().name.clone())
        .chain(external)
        .collect()
}

#[test]
fn every_namespace_that_an_object_is_in_exists() {
    for rendered in every() {
        let namespaces = namespaces(&rendered);
        for manifest in rendered.manifests() {
            if let Some(namespace) = &manifest.id().namespace {
                assert!(
                    namespaces.contains(namespace.as_str()),
                    "{}: {}",
                    rendered.fixture,
                    manifest.id()
                );
            }
        }
    }
}

#[test]
fn every_namespace_that_a_chart_is_installed_into_exists() {
    for rendered in every() {
        let namespaces = namespaces(&rendered);
        for application in rendered
            .applications
            .iter()
            .filter(|application| application.chart.is_some())
        {
            let namespace = application.namespace.as_str();
            assert!(
                namespaces.contains(namespace),
                "{}: {}",
                rendered.fixture,
                application.name
            );
        }
    }
}

#[test]
fn no_object_is_made_twice() {
    for rendered in every() {
        let duplicates = Layout::new(&rendered.applications)
            .err()
            .unwrap_or_default();
        assert!(
            duplicates.is_empty(),
            "{}: {duplicates:?}",
            rendered.fixture
        );
    }
}

#[test]
fn no_object_knows_the_name_of_its_environment() {
    for rendered in every() {
        let name = file_name(rendered.fixture);
        for manifest in rendered.manifests() {
            assert!(!manifest.yaml().contains(&name), "{}", manifest.id());
        }
        for chart in rendered
            .applications
            .iter()
            .filter_map(|application| application.chart.as_ref())
        {
            assert!(!format!("{chart:?}").contains(&name), "{}", chart.chart);
        }
    }
}

#[test]
fn no_value_of_a_secret_is_in_the_tree() {
    for rendered in every() {
        assert_eq!(
            rendered.of_kind("Secret").count(),
            0,
            "{}",
            rendered.fixture
        );
        assert_ne!(
            rendered.of_kind("ExternalSecret").count(),
            0,
            "{}",
            rendered.fixture
        );
    }
}

#[test]
fn the_same_environment_gives_the_same_bytes() {
    let texts = |rendered: &Rendered| -> Vec<String> {
        rendered
            .applications
            .iter()
            .map(|application| {
                let manifests: String = application
                    .manifests
                    .iter()
                    .map(manifest::Manifest::yaml)
                    .collect();
                let rest = (
                    &application.chart,
                    &application.ignore_differences,
                    &application.sync_options,
                );
                format!(
                    "{} {} {rest:?}\n{manifests}",
                    application.name, application.wave
                )
            })
            .collect()
    };
    for rendered in every() {
        assert!(
            texts(&Rendered::of(rendered.fixture)) == texts(&rendered),
            "{} differs",
            rendered.fixture
        );
    }
}
