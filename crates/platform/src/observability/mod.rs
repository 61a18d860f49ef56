//! What watches the cluster: metrics, and what follows from them.

mod adapter;
mod alertmanager;
mod charts;
mod cost;
mod exporters;
mod grafana;
mod kube_state_metrics;
mod node_exporter;
mod objectives;
mod prometheus;
mod prometheus_config;
mod scraping;

use environment::Environment;

pub(crate) use prometheus::PrometheusHandles;
pub(crate) use prometheus_config::rule_files;
pub(crate) use scraping::{annotations as scrape_annotations, scraped, scraping};

use crate::component::Component;
use crate::data::StorageClasses;
use crate::secrets::SecretStore;
use grafana::Sources;
use prometheus::Server;
use prometheus_config::Scraped;

/// Everything that collects, keeps, shows and tells, as far as the environment has it.
pub(crate) fn monitoring(
    environment: &Environment,
    classes: &StorageClasses,
    store: &SecretStore,
) -> (PrometheusHandles, Vec<Component<()>>) {
    let settings = &environment.monitoring;
    let server = Server::new(environment);
    let prometheus = server.handles();
    let mut components = Vec::new();
    let mut scraped = Scraped::default();
    let mut alertmanager = None;
    if let Some(settings) = &settings.alertmanager {
        let component =
            alertmanager::alertmanager(environment, settings, classes, store, &prometheus);
        let (handles, component) = component.split();
        scraped.alertmanager = Some(handles.service.clone());
        alertmanager = Some(handles);
        components.push(component);
    }
    if let Some(settings) = &settings.kube_state_metrics {
        let component = kube_state_metrics::kube_state_metrics(environment, settings, &prometheus);
        let (service, component) = component.split();
        scraped.about_others.push(service);
        components.push(component);
    }
    if let Some(settings) = &settings.cost {
        let (service, component) = cost::cost(environment, settings, store, &prometheus).split();
        scraped.about_others.push(service);
        components.push(component);
    }
    components.extend(settings.node_exporter.as_ref().map(|settings| {
        scraped.nodes = Some(node_exporter::METRICS.port);
        node_exporter::node_exporter(environment, settings, &prometheus)
    }));
    components.extend(
        settings
            .adapter
            .as_ref()
            .map(|settings| adapter::adapter(environment, settings, &prometheus)),
    );
    components.extend(settings.grafana.as_ref().map(|settings| {
        let sources = Sources {
            prometheus: &prometheus,
            alertmanager: alertmanager.as_ref(),
        };
        grafana::grafana(environment, settings, classes, store, sources)
    }));
    components.push(server.component(environment, classes, &scraped));
    (prometheus, components)
}
