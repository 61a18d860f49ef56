//! What one Argo CD Application applies.

use names::{ApplicationName, NamespaceName, ObjectName};

use crate::chart::ChartSource;
use crate::ignore::IgnoreDifference;
use crate::manifest::Manifest;
use crate::sync::ApplicationSyncOption;

/// Where the files of an application go, and with that who applies them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Directory {
    /// `apps/`: Argo CD applies them.
    Synced,
    /// `install/`: a person or a tool applies them.
    InstallOnly,
}

impl Directory {
    /// The name of the folder in the output of an environment.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Synced => "apps",
            Self::InstallOnly => "install",
        }
    }
}

/// What one Argo CD Application applies: manifests, and at most one chart beside them.
#[derive(Debug)]
#[must_use]
pub struct Application {
    /// Its name, and that of its folder.
    pub name: ApplicationName,
    /// The namespace of the objects that name none: those of the chart.
    pub namespace: NamespaceName,
    /// The name by which Argo CD knows the cluster to apply to; none is the cluster that Argo CD itself runs in.
    pub cluster: Option<ObjectName>,
    /// When it is applied: after the applications of smaller waves.
    pub wave: i32,
    /// Who applies its files.
    pub directory: Directory,
    /// The objects, in any order.
    pub manifests: Vec<Manifest>,
    /// The chart that Argo CD installs with it.
    pub chart: Option<ChartSource>,
    /// What Argo CD must not take for drift.
    pub ignore_differences: Vec<IgnoreDifference>,
    /// How Argo CD applies it.
    pub sync_options: Vec<ApplicationSyncOption>,
}

impl Application {
    /// An application of wave 0 without anything in it, applied by Argo CD.
    pub fn new(name: ApplicationName, namespace: NamespaceName) -> Self {
        Self {
            name,
            namespace,
            cluster: None,
            wave: 0,
            directory: Directory::Synced,
            manifests: Vec::new(),
            chart: None,
            ignore_differences: Vec::new(),
            sync_options: Vec::new(),
        }
    }

    /// Applies it after the applications of smaller waves.
    pub fn wave(mut self, wave: i32) -> Self {
        self.wave = wave;
        self
    }

    /// Applies it to another cluster than the one that Argo CD runs in.
    pub fn cluster(mut self, name: ObjectName) -> Self {
        self.cluster = Some(name);
        self
    }

    /// Leaves it to a person or a tool: its files go to `install/`.
    pub fn install_only(mut self) -> Self {
        self.directory = Directory::InstallOnly;
        self
    }

    /// Adds objects.
    pub fn manifests(mut self, manifests: impl IntoIterator<Item = Manifest>) -> Self {
        self.manifests.extend(manifests);
        self
    }

    /// Installs a chart with it.
    pub fn chart(mut self, chart: ChartSource) -> Self {
        self.chart = Some(chart);
        self
    }

    /// Adds fields that controllers own.
    pub fn ignore_differences(
        mut self,
        differences: impl IntoIterator<Item = IgnoreDifference>,
    ) -> Self {
        self.ignore_differences.extend(differences);
        self
    }

    /// Adds to how Argo CD applies it.
    pub fn sync_options(
        mut self,
        options: impl IntoIterator<Item = ApplicationSyncOption>,
    ) -> Self {
        self.sync_options.extend(options);
        self
    }
}
