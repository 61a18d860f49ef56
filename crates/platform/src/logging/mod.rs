//! Logs: who ships them, what reads them on the way, where they are stored and how they are searched.

mod certificates;
mod destination;
mod elasticsearch;
mod fluentd;
mod kibana;
mod logstash;

use builders::{Endpoint, NamedPort};
use configs::fluentd::DailyIndex;
use environment::{Elasticsearch, Environment, SearchCluster};
use names::{ObjectName, PortName, name};

use crate::component::Component;
use crate::data::StorageClasses;
use crate::network::beyond;
use crate::observability::PrometheusHandles;
use crate::secrets::SecretStore;
use destination::{Destination, Server};

/// The index of the nodes and the platform.
const SYSTEM_INDEX: DailyIndex = DailyIndex::from_static("system-logs");
/// The index of the applications.
const APPLICATION_INDEX: DailyIndex = DailyIndex::from_static("app-logs");

/// Everything between a line that a container writes and the page on which somebody finds it.
pub(crate) fn logging(
    environment: &Environment,
    classes: &StorageClasses,
    store: &SecretStore,
    prometheus: &PrometheusHandles,
) -> Vec<Component<()>> {
    let logging = &environment.logging;
    let mut components = Vec::new();
    let here = logging.elasticsearch.as_ref().map(|settings| {
        here(
            environment,
            settings,
            classes,
            store,
            prometheus,
            &mut components,
        )
    });
    // A rule of the environment says that there is one of both.
    let destination = here.or_else(|| {
        let search = logging.search.as_ref();
        search.map(|search| elsewhere(environment, search))
    });
    components.extend(
        destination
            .map(|destination| fluentd::fluentd(environment, &destination, store, prometheus)),
    );
    components
}

/// A cluster that somebody else runs.
fn elsewhere(environment: &Environment, search: &SearchCluster) -> Destination {
    Destination {
        elasticsearch: Server {
            host: search.host.clone(),
            port: search.port,
            endpoint: Endpoint {
                peer: beyond(environment, name!(ObjectName, "log-search")),
                port: NamedPort::tcp(name!(PortName, "https"), search.port),
            },
        },
        logstash: None,
        namespace: None,
    }
}

/// A cluster of this environment, with what stands before and behind it.
fn here(
    environment: &Environment,
    settings: &Elasticsearch,
    classes: &StorageClasses,
    store: &SecretStore,
    prometheus: &PrometheusHandles,
    components: &mut Vec<Component<()>>,
) -> Destination {
    let (handles, component) =
        elasticsearch::elasticsearch(environment, settings, classes, store, prometheus).split();
    components.push(component);
    let logstash = settings.logstash.as_ref().map(|logstash| {
        let (server, component) =
            logstash::logstash(environment, logstash, settings, &handles, classes, store).split();
        components.push(component);
        server
    });
    let kibana = settings.kibana.as_ref();
    components.extend(kibana.map(|kibana| kibana::kibana(kibana, settings, &handles, store)));
    Destination {
        elasticsearch: handles.server,
        logstash,
        namespace: Some(settings.namespace.value.clone()),
    }
}
