//! `elasticsearch.yml`.

use names::{EnvironmentVariable, HostName, Port, name};
use serde::Serialize;

use crate::path::FilePath;
use crate::serialize;

/// A server's certificate and the authority that others must have theirs from; below the configuration directory, which
/// is all that Elasticsearch may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The private key.
    pub key: FilePath,
    /// The certificate.
    pub certificate: FilePath,
    /// The authority.
    pub authority: FilePath,
}

/// What the nodes of one cluster agree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The cluster's name.
    pub cluster: String,
    /// The host whose addresses are those of all nodes.
    pub members: HostName,
    /// Where clients connect.
    pub http: (Port, Certificate),
    /// Where nodes connect.
    pub transport: (Port, Certificate),
    /// Opens once the node is part of a cluster with a master, and closes when it no longer is.
    pub readiness: Port,
}

impl Settings {
    /// The variable with the pod's name, which is the node's.
    pub const POD_NAME: EnvironmentVariable = name!(EnvironmentVariable, "POD_NAME");
    /// The variable with the pod's address.
    pub const POD_IP: EnvironmentVariable = name!(EnvironmentVariable, "POD_IP");

    /// The file's text. What is not in it is the default of Elasticsearch 9 or set by the image.
    pub fn to_text(&self) -> String {
        yaml::text(&File {
            cluster: &self.cluster,
            node: format!("${{{}}}", Self::POD_NAME),
            roles: ["master", "data", "ingest"],
            memory_maps: false,
            bind: "0.0.0.0",
            publish: format!("${{{}}}", Self::POD_IP),
            http_port: self.http.0.get(),
            transport_port: self.transport.0.get(),
            readiness_port: self.readiness.get(),
            seeds: [self.members.as_str()],
            geoip: false,
            machine_learning: false,
            security: true,
            autoconfiguration: false,
            http_tls: true,
            http_key: &self.http.1.key,
            http_certificate: &self.http.1.certificate,
            http_authorities: [self.http.1.authority.as_str()],
            transport_tls: true,
            transport_verification: "certificate",
            transport_key: &self.transport.1.key,
            transport_certificate: &self.transport.1.certificate,
            transport_authorities: [self.transport.1.authority.as_str()],
        })
    }
}

#[derive(Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the file has as many switches"
)]
struct File<'a> {
    #[serde(rename = "cluster.name")]
    cluster: &'a str,
    #[serde(rename = "node.name")]
    node: String,
    #[serde(rename = "node.roles")]
    roles: [&'static str; 3],
    /// Many maps need `vm.max_map_count` raised on the node, which no restricted pod may do, and which each provider has
    /// another way for. Files are read instead: searching is slower, writing, which a store of logs mostly does, is not.
    #[serde(rename = "node.store.allow_mmap")]
    memory_maps: bool,
    #[serde(rename = "network.host")]
    bind: &'static str,
    #[serde(rename = "network.publish_host")]
    publish: String,
    #[serde(rename = "http.port")]
    http_port: u16,
    #[serde(rename = "transport.port")]
    transport_port: u16,
    #[serde(rename = "readiness.port")]
    readiness_port: u16,
    #[serde(rename = "discovery.seed_hosts")]
    seeds: [&'a str; 1],
    /// Databases of places would be loaded from outside.
    #[serde(rename = "ingest.geoip.downloader.enabled")]
    geoip: bool,
    #[serde(rename = "xpack.ml.enabled")]
    machine_learning: bool,
    #[serde(rename = "xpack.security.enabled")]
    security: bool,
    /// It is for a single node that makes its own certificates.
    #[serde(rename = "xpack.security.autoconfiguration.enabled")]
    autoconfiguration: bool,
    #[serde(rename = "xpack.security.http.ssl.enabled")]
    http_tls: bool,
    #[serde(
        rename = "xpack.security.http.ssl.key",
        serialize_with = "serialize::display"
    )]
    http_key: &'a FilePath,
    #[serde(
        rename = "xpack.security.http.ssl.certificate",
        serialize_with = "serialize::display"
    )]
    http_certificate: &'a FilePath,
    #[serde(rename = "xpack.security.http.ssl.certificate_authorities")]
    http_authorities: [&'a str; 1],
    #[serde(rename = "xpack.security.transport.ssl.enabled")]
    transport_tls: bool,
    /// Nodes share one certificate, from an authority that signs nothing else.
    #[serde(rename = "xpack.security.transport.ssl.verification_mode")]
    transport_verification: &'static str,
    #[serde(
        rename = "xpack.security.transport.ssl.key",
        serialize_with = "serialize::display"
    )]
    transport_key: &'a FilePath,
    #[serde(
        rename = "xpack.security.transport.ssl.certificate",
        serialize_with = "serialize::display"
    )]
    transport_certificate: &'a FilePath,
    #[serde(rename = "xpack.security.transport.ssl.certificate_authorities")]
    transport_authorities: [&'a str; 1],
}
