//! What the charts' pods serve to Prometheus: they are discovered by their annotations like all others.

use builders::{Endpoint, Flow, Labels, NamedPort, Peer};
use environment::Environment;
use names::{NamespaceName, ObjectName, Port, PortName, name, port};

use super::PrometheusHandles;
use crate::{backup, mesh};

const METRICS: PortName = PortName::from_static("http-metrics");

fn scrape(
    prometheus: &PrometheusHandles,
    (name, namespace): (ObjectName, NamespaceName),
    (key, value): (&str, &str),
    port: Port,
) -> Flow {
    let labels = Labels::from([(key.to_owned(), value.to_owned())]);
    let peer = Peer::Pods {
        name,
        namespace,
        labels,
        account: None,
    };
    Flow::new(
        &prometheus.peer,
        &Endpoint {
            peer,
            port: NamedPort::tcp(METRICS, port),
        },
    )
}

/// The flows to pods that charts annotate (the charts' own templates: `istiod`, `gateway`, `velero`).
pub(super) fn scrapes(environment: &Environment, prometheus: &PrometheusHandles) -> Vec<Flow> {
    let control_plane = (name!(ObjectName, "istiod"), mesh::ROOT_NAMESPACE);
    let gateway = (name!(ObjectName, "mesh-gateway"), mesh::GATEWAY_NAMESPACE);
    let backups = (name!(ObjectName, "velero"), backup::NAMESPACE);
    let velero = environment
        .backup
        .as_ref()
        .filter(|_| environment.addons.velero.is_some());
    [
        scrape(prometheus, control_plane, ("app", "istiod"), port!(15_014)),
        scrape(prometheus, gateway, ("istio", "ingress"), port!(15_020)),
    ]
    .into_iter()
    .chain(velero.map(|_| {
        scrape(
            prometheus,
            backups,
            ("app.kubernetes.io/name", "velero"),
            port!(8085),
        )
    }))
    .collect()
}
