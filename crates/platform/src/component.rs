//! What a component returns: its application, the handles by which others refer to it, and whom it talks to.

use builders::Flow;
use manifest::{Application, Manifest};
use names::{ApplicationName, NamespaceName};

/// One component of the catalogue.
#[derive(Debug)]
#[must_use]
pub(crate) struct Component<H> {
    /// What others may refer to.
    pub(crate) handles: H,
    /// What Argo CD applies.
    pub(crate) application: Application,
    /// Whom the component talks to.
    pub(crate) flows: Vec<Flow>,
}

impl<H> Component<H> {
    /// A component whose objects live in `namespace`, synced in `wave`.
    pub(crate) fn new(
        name: &ApplicationName,
        namespace: &NamespaceName,
        wave: i32,
        handles: H,
    ) -> Self {
        let application = Application::new(name.clone(), namespace.clone()).wave(wave);
        Self {
            handles,
            application,
            flows: Vec::new(),
        }
    }

    /// Adds manifests; an `Option` is none or one of them.
    pub(crate) fn with(mut self, manifests: impl IntoIterator<Item = Manifest>) -> Self {
        self.application = self.application.manifests(manifests);
        self
    }

    /// Adds flows.
    pub(crate) fn talks(mut self, flows: impl IntoIterator<Item = Flow>) -> Self {
        self.flows.extend(flows);
        self
    }

    /// Adds a part that is not always there: whom it talks to, and its manifests.
    pub(crate) fn joined(self, part: Option<(Vec<Flow>, Vec<Manifest>)>) -> Self {
        let (flows, manifests) = part.unwrap_or_default();
        self.talks(flows).with(manifests)
    }

    /// The handles by themselves, for whoever builds on them before the catalogue has the component.
    pub(crate) fn split(self) -> (H, Component<()>) {
        let Self {
            handles,
            application,
            flows,
        } = self;
        let component = Component {
            handles: (),
            application,
            flows,
        };
        (handles, component)
    }

    /// Changes the application, for what only few of them need.
    pub(crate) fn application(mut self, change: impl FnOnce(Application) -> Application) -> Self {
        self.application = change(self.application);
        self
    }
}
