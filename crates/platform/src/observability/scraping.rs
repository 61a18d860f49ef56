//! How a pod asks to be scraped, and how Prometheus reaches it.

use builders::{Endpoint, Flow, NamedPort, Peer, Pod};
use names::{AnnotationKey, Port, PortName, annotation_key, port};

use super::PrometheusHandles;

const SCRAPE: AnnotationKey = annotation_key!("prometheus.io/scrape");
const PORT: AnnotationKey = annotation_key!("prometheus.io/port");
const PATH: AnnotationKey = annotation_key!("prometheus.io/path");
/// Where a proxy serves the metrics of its application and its own, outside of mutual TLS.
const MERGED: NamedPort = NamedPort::tcp(PortName::from_static("http-merged"), port!(15_020));

/// The same pod, found by the job for annotated pods and asked at `/metrics` of this port.
pub(crate) fn scraped(pod: Pod, port: Port) -> Pod {
    pod.annotation(&SCRAPE, "true")
        .annotation(&PORT, port.to_string())
        .annotation(&PATH, "/metrics")
}

/// The annotations of a pod that a chart makes: the job for annotated pods asks at `/metrics` where no path is said.
pub(crate) fn annotations(port: Port) -> [(String, String); 2] {
    [
        (SCRAPE.to_string(), "true".to_owned()),
        (PORT.to_string(), port.to_string()),
    ]
}

/// Prometheus may scrape `metrics` of the peer, through the proxy where there is one.
pub(crate) fn scraping(
    prometheus: &PrometheusHandles,
    peer: &Peer,
    meshed: bool,
    metrics: &NamedPort,
) -> Flow {
    let flow = |port: NamedPort| {
        let peer = peer.clone();
        Flow::new(&prometheus.peer, &Endpoint { peer, port })
    };
    if meshed {
        flow(MERGED).outside_the_mesh()
    } else {
        flow(metrics.clone())
    }
}
