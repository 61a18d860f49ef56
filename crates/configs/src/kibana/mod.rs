//! Kibana 9: `kibana.yml`.

use names::{EnvironmentVariable, HostName, Port, name};
use serde::Serialize;

use crate::path::FilePath;
use crate::serialize;

/// What the instances of one Kibana agree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The host under which people reach it.
    pub public_host: HostName,
    /// Where it listens.
    pub port: Port,
    /// The certificate that it shows.
    pub certificate: FilePath,
    /// Its private key.
    pub key: FilePath,
    /// The host of Elasticsearch.
    pub elasticsearch_host: HostName,
    /// The port of Elasticsearch.
    pub elasticsearch_port: Port,
    /// The authority of Elasticsearch's certificate.
    pub authority: FilePath,
}

impl Settings {
    /// The variable with the pod's name. None of these variables has the name of a setting in capitals: the image would
    /// put its value on the command line.
    pub const POD_NAME: EnvironmentVariable = name!(EnvironmentVariable, "POD_NAME");
    /// The variable with the password of the user `kibana_system`.
    pub const PASSWORD: EnvironmentVariable = name!(EnvironmentVariable, "KIBANA_SYSTEM_PASSWORD");
    /// The variable with the key that sessions are encrypted with.
    pub const SESSIONS_KEY: EnvironmentVariable =
        name!(EnvironmentVariable, "SESSIONS_ENCRYPTION_KEY");
    /// The variable with the key that secrets in saved objects are encrypted with.
    pub const OBJECTS_KEY: EnvironmentVariable =
        name!(EnvironmentVariable, "OBJECTS_ENCRYPTION_KEY");
    /// The variable with the key that reports are encrypted with.
    pub const REPORTS_KEY: EnvironmentVariable =
        name!(EnvironmentVariable, "REPORTS_ENCRYPTION_KEY");

    /// The file's text.
    pub fn to_text(&self) -> String {
        let variable = |name: &EnvironmentVariable| format!("${{{name}}}");
        yaml::text(&File {
            name: variable(&Self::POD_NAME),
            host: "0.0.0.0",
            port: self.port.get(),
            public: format!("https://{}", self.public_host),
            tls: true,
            certificate: &self.certificate,
            key: &self.key,
            elasticsearch: [format!(
                "https://{}:{}",
                self.elasticsearch_host, self.elasticsearch_port
            )],
            user: "kibana_system",
            password: variable(&Self::PASSWORD),
            authorities: [self.authority.as_str()],
            verification: "full",
            sessions: variable(&Self::SESSIONS_KEY),
            objects: variable(&Self::OBJECTS_KEY),
            reports: variable(&Self::REPORTS_KEY),
            telemetry: false,
            news: false,
            maps: false,
            air_gapped: true,
        })
    }
}

#[derive(Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the file has as many switches"
)]
struct File<'a> {
    #[serde(rename = "server.name")]
    name: String,
    #[serde(rename = "server.host")]
    host: &'static str,
    #[serde(rename = "server.port")]
    port: u16,
    #[serde(rename = "server.publicBaseUrl")]
    public: String,
    #[serde(rename = "server.ssl.enabled")]
    tls: bool,
    #[serde(
        rename = "server.ssl.certificate",
        serialize_with = "serialize::display"
    )]
    certificate: &'a FilePath,
    #[serde(rename = "server.ssl.key", serialize_with = "serialize::display")]
    key: &'a FilePath,
    #[serde(rename = "elasticsearch.hosts")]
    elasticsearch: [String; 1],
    #[serde(rename = "elasticsearch.username")]
    user: &'static str,
    #[serde(rename = "elasticsearch.password")]
    password: String,
    #[serde(rename = "elasticsearch.ssl.certificateAuthorities")]
    authorities: [&'a str; 1],
    #[serde(rename = "elasticsearch.ssl.verificationMode")]
    verification: &'static str,
    #[serde(rename = "xpack.security.encryptionKey")]
    sessions: String,
    #[serde(rename = "xpack.encryptedSavedObjects.encryptionKey")]
    objects: String,
    #[serde(rename = "xpack.reporting.encryptionKey")]
    reports: String,
    /// Nothing outside the cluster is asked or told: the network would not let it.
    #[serde(rename = "telemetry.optIn")]
    telemetry: bool,
    #[serde(rename = "newsfeed.enabled")]
    news: bool,
    #[serde(rename = "map.includeElasticMapsService")]
    maps: bool,
    #[serde(rename = "xpack.fleet.isAirGapped")]
    air_gapped: bool,
}
