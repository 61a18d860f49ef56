//! The output to Logstash: JSON over HTTPS to its input `http`.

use names::{Duration, HostName, Port};

use super::elasticsearch::{Credentials, FileBuffer};
use super::plugin::{Plugin, Section, SectionKind};
use crate::path::FilePath;

/// Answers after which a delivery is tried again: what ends by itself (a full queue, a restart), and what an operator
/// puts right (a changed password). After any other error the delivery would be refused for ever.
const TRIED_AGAIN: &str = "401,403,408,429,500,502,503,504";

/// Logstash, which gets the logs of the applications before Elasticsearch does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logstash {
    /// Its host.
    pub host: HostName,
    /// The port of its input.
    pub port: Port,
    /// The authority that its certificate must come from.
    pub authority: FilePath,
    /// Whom its input lets in.
    pub credentials: Credentials,
}

impl Logstash {
    /// Each delivery is one JSON array, and answered once its events are in Logstash's queue.
    pub(super) fn output(&self, id: &'static str, buffer: &FileBuffer) -> Plugin {
        let auth = Plugin::none()
            .with("method", "basic")
            .with("username", self.credentials.user.clone())
            .with("password", self.credentials.password.clone());
        Plugin::new("http")
            .id(id)
            .with("endpoint", format!("https://{}:{}/", self.host, self.port))
            .with("http_method", "post")
            .with("json_array", true)
            .with("tls_verify_mode", "peer")
            .with("tls_ca_cert_path", &self.authority)
            .with_seconds("open_timeout", Duration::seconds(10))
            .with_seconds("read_timeout", Duration::seconds(60))
            .with("retryable_response_codes", TRIED_AGAIN)
            .section(Section::parameters(SectionKind::Auth, auth))
            .section(buffer.section())
    }
}
