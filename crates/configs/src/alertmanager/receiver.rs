//! Receivers: the ways in which somebody is told. Every secret is read from a file at each notification.

use serde::Serialize;

use crate::path::FilePath;
use crate::serialize;

/// A service of `PagerDuty`, by its Events API of version 2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PagerdutyConfig {
    /// Whether the end of an alert is told as well.
    pub send_resolved: bool,
    /// The file with the routing key.
    #[serde(serialize_with = "serialize::display")]
    pub routing_key_file: FilePath,
    /// One line; a template.
    pub description: String,
    /// `critical`, `error`, `warning` or `info`; a template.
    pub severity: String,
}

/// A channel of Slack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SlackConfig {
    /// Whether the end of an alert is told as well.
    pub send_resolved: bool,
    /// The file with the webhook's URL.
    #[serde(serialize_with = "serialize::display")]
    pub api_url_file: FilePath,
    /// The channel.
    pub channel: String,
    /// The first line; a template.
    pub title: String,
    /// The rest; a template.
    pub text: String,
}

/// A mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EmailConfig {
    /// Whether the end of an alert is told as well.
    pub send_resolved: bool,
    /// To whom.
    pub to: String,
}

/// A program that takes alerts as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WebhookConfig {
    /// Whether the end of an alert is told as well.
    pub send_resolved: bool,
    /// The file with the URL.
    #[serde(serialize_with = "serialize::display")]
    pub url_file: FilePath,
}

/// Somebody who is told, in every way that is listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Receiver {
    /// The name that routes use.
    pub name: String,
    /// `PagerDuty`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pagerduty_configs: Vec<PagerdutyConfig>,
    /// Slack.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub slack_configs: Vec<SlackConfig>,
    /// Mail.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub email_configs: Vec<EmailConfig>,
    /// Webhooks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub webhook_configs: Vec<WebhookConfig>,
}

/// One line about a group of alerts.
const TITLE: &str = "{{ if eq .Status \"firing\" }}{{ .Alerts.Firing | len }} firing{{ else }}resolved{{ end }}: \
                     {{ .GroupLabels.SortedPairs.Values | join \" \" }}";
/// A paragraph an alert.
const TEXT: &str = "{{ range .Alerts }}*{{ .Annotations.summary }}*\n{{ .Annotations.description }}\n\
                    {{ if .Labels.runbook }}RUNBOOK.md#{{ .Labels.runbook }}\n{{ end }}{{ end }}";
/// `PagerDuty` has no word for an alert that is never acted on.
const SEVERITY: &str =
    "{{ if eq .CommonLabels.severity \"critical\" }}critical{{ else }}warning{{ end }}";

impl Receiver {
    /// A receiver that nobody has said a way for yet.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// The same, told through `PagerDuty` with the routing key of a file.
    pub fn pagerduty(mut self, routing_key_file: FilePath) -> Self {
        self.pagerduty_configs.push(PagerdutyConfig {
            send_resolved: true,
            routing_key_file,
            description: TITLE.to_owned(),
            severity: SEVERITY.to_owned(),
        });
        self
    }

    /// The same, told in a channel of Slack through the webhook of a file.
    pub fn slack(mut self, channel: impl Into<String>, api_url_file: FilePath) -> Self {
        self.slack_configs.push(SlackConfig {
            send_resolved: true,
            api_url_file,
            channel: channel.into(),
            title: TITLE.to_owned(),
            text: TEXT.to_owned(),
        });
        self
    }

    /// The same, told by mail.
    pub fn email(mut self, to: impl Into<String>) -> Self {
        self.email_configs.push(EmailConfig {
            send_resolved: true,
            to: to.into(),
        });
        self
    }

    /// The same, told through the webhook of a file.
    pub fn webhook(mut self, url_file: FilePath) -> Self {
        self.webhook_configs.push(WebhookConfig {
            send_resolved: true,
            url_file,
        });
        self
    }
}
