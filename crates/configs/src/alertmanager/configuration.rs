//! `alertmanager.yml`.

use names::{Duration, EmailAddress, HostName, Port};
use serde::Serialize;

use super::matcher::Matcher;
use super::receiver::Receiver;
use super::route::Route;
use super::times::TimeInterval;
use crate::path::FilePath;
use crate::prometheus::LabelName;
use crate::serialize;

/// What holds for all receivers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Global {
    /// When an alert counts as ended that Prometheus says no more of; Prometheus itself always says until when.
    #[serde(serialize_with = "serialize::prometheus_duration")]
    pub resolve_timeout: Duration,
    /// The mail server with its port.
    #[serde(skip_serializing_if = "Option::is_none")]
    smtp_smarthost: Option<String>,
    /// The sender of mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    smtp_from: Option<String>,
    /// The user at the mail server.
    #[serde(skip_serializing_if = "Option::is_none")]
    smtp_auth_username: Option<String>,
    /// The file with the user's password.
    #[serde(skip_serializing_if = "Option::is_none")]
    smtp_auth_password_file: Option<String>,
    /// Whether mail goes in clear where the server offers nothing better.
    #[serde(skip_serializing_if = "Option::is_none")]
    smtp_require_tls: Option<bool>,
}

impl Default for Global {
    fn default() -> Self {
        Self {
            resolve_timeout: Duration::minutes(5),
            smtp_smarthost: None,
            smtp_from: None,
            smtp_auth_username: None,
            smtp_auth_password_file: None,
            smtp_require_tls: None,
        }
    }
}

impl Global {
    /// The same with a mail server, which is spoken to over TLS only.
    pub fn smtp(
        self,
        (host, port): (&HostName, Port),
        from: &EmailAddress,
        user: &str,
        password: &FilePath,
    ) -> Self {
        Self {
            smtp_smarthost: Some(format!("{host}:{port}")),
            smtp_from: Some(from.to_string()),
            smtp_auth_username: Some(user.to_owned()),
            smtp_auth_password_file: Some(password.to_string()),
            smtp_require_tls: Some(true),
            ..self
        }
    }
}

/// Alerts that say nothing new while others are raised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InhibitRule {
    /// What the others are.
    pub source_matchers: Vec<Matcher>,
    /// What stays quiet.
    pub target_matchers: Vec<Matcher>,
    /// The labels in which both must be equal. Two alerts without a label are equal in it, so only labels that both
    /// always have belong here.
    pub equal: Vec<LabelName>,
}

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Configuration {
    /// What holds for all receivers.
    pub global: Global,
    /// The tree of routes.
    pub route: Route,
    /// Who can be told.
    pub receivers: Vec<Receiver>,
    /// What stays quiet while something else is raised.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inhibit_rules: Vec<InhibitRule>,
    /// Parts of the week.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub time_intervals: Vec<TimeInterval>,
}

impl Configuration {
    /// The file's text.
    pub fn to_text(&self) -> String {
        yaml::text(self)
    }
}
