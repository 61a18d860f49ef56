//! The objects of an environment, by kind: what the runbook names is looked up here.

use manifest::{Application, Manifest};

/// The objects of an environment.
pub(super) struct Index<'a> {
    applications: &'a [Application],
}

impl<'a> Index<'a> {
    /// The objects of `applications`.
    pub(super) fn of(applications: &'a [Application]) -> Self {
        Self { applications }
    }

    /// The applications.
    pub(super) fn applications(&self) -> &'a [Application] {
        self.applications
    }

    /// The application `name`.
    pub(super) fn application(&self, name: &str) -> Option<&'a Application> {
        self.applications
            .iter()
            .find(|application| application.name.as_str() == name)
    }

    /// The object of type `K` in the application `name`, which makes one of them.
    pub(super) fn in_application<K: 'static>(&self, name: &str) -> Option<&'a Manifest> {
        let objects = &self.application(name)?.manifests;
        objects
            .iter()
            .find(|manifest| manifest.object::<K>().is_some())
    }

    /// All objects.
    pub(super) fn objects(&self) -> impl Iterator<Item = &'a Manifest> {
        self.applications
            .iter()
            .flat_map(|application| &application.manifests)
    }

    /// All objects whose type is `K`, with their manifests, in the order of their identities.
    pub(super) fn of_type<K: 'static>(&self) -> Vec<(&'a Manifest, &'a K)> {
        let mut found: Vec<_> = self
            .objects()
            .filter_map(|manifest| Some((manifest, manifest.object::<K>()?)))
            .collect();
        found.sort_by(|(one, _), (other, _)| one.id().cmp(other.id()));
        found
    }
}

/// The namespace of an object; that of whole clusters is empty.
pub(super) fn namespace(manifest: &Manifest) -> String {
    manifest.id().namespace.clone().unwrap_or_default()
}

/// A label of an object.
pub(super) fn label(manifest: &Manifest, key: &str) -> String {
    let labels = manifest.metadata().labels.as_ref();
    labels
        .and_then(|labels| labels.get(key))
        .cloned()
        .unwrap_or_default()
}
