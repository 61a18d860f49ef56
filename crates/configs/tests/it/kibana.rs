//! Kibana's settings.

use configs::FilePath;
use configs::kibana::Settings;
use names::{HostName, name, port};

use crate::snapshots;

#[test]
fn the_settings() {
    let settings = Settings {
        public_host: name!(HostName, "kibana.example.com"),
        port: port!(5601),
        certificate: FilePath::from_static("/certificate/tls.crt"),
        key: FilePath::from_static("/certificate/tls.key"),
        elasticsearch_host: name!(HostName, "elasticsearch.logging.svc"),
        elasticsearch_port: port!(9200),
        authority: FilePath::from_static("/trust/tls.crt"),
    };
    snapshots().bind(|| insta::assert_snapshot!("kibana__kibana_yml", settings.to_text()));
}
