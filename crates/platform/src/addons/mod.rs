//! Charts that bring the controllers which the rest of the tree needs, each on a version that the environment pins.

mod controllers;
mod istio;
mod velero;

use environment::{Environment, PodSecurityLevel};
use manifest::ChartSource;
use names::{ApplicationName, NamespaceName, Url, Version, name};
use serde_json::Value;

use crate::component::Component;
use crate::{backup, mesh, wave};

/// A chart as Argo CD installs it.
#[expect(
    clippy::struct_field_names,
    reason = "it is what Argo CD calls the name of a chart in its repository"
)]
struct Chart {
    application: ApplicationName,
    namespace: NamespaceName,
    repository: Url,
    chart: &'static str,
    version: Version,
    values: Value,
}

impl Chart {
    fn component(self) -> Component<()> {
        let source = ChartSource::new(self.repository, self.chart, self.version)
            .release_name(self.application.as_str())
            .values(&self.values);
        Component::new(&self.application, &self.namespace, wave::CONTROLLERS, ())
            .application(|application| application.chart(source))
    }
}

/// The charts of the environment.
pub(crate) fn addons(environment: &Environment) -> Vec<Component<()>> {
    let mut charts = istio::charts(environment);
    charts.extend(controllers::charts(environment));
    charts.extend(velero::chart(environment));
    charts.into_iter().map(Chart::component).collect()
}

/// The namespaces that the charts live in, with the level that their pods need.
///
/// istio-cni and with it the control plane's namespace mount directories of the node (Istio's own documentation of
/// Pod Security); all other charts run restricted with the values that they get here.
pub(crate) fn namespaces(environment: &Environment) -> Vec<(NamespaceName, PodSecurityLevel)> {
    let mut namespaces = vec![
        (mesh::ROOT_NAMESPACE, PodSecurityLevel::Privileged),
        (mesh::GATEWAY_NAMESPACE, PodSecurityLevel::Restricted),
        (
            name!(NamespaceName, "argo-rollouts"),
            PodSecurityLevel::Restricted,
        ),
        (
            name!(NamespaceName, "external-secrets"),
            PodSecurityLevel::Restricted,
        ),
    ];
    namespaces.extend(
        environment
            .backup
            .as_ref()
            .map(|_| (backup::NAMESPACE, PodSecurityLevel::Restricted)),
    );
    namespaces
}
