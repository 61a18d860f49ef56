//! What Grafana finds in `provisioning/` at its start: data sources, folders of dashboards, and where alerts go.

use serde::Serialize;

use crate::path::FilePath;
use crate::serialize;

/// The version of every file's format.
const API_VERSION: u8 = 1;
/// The organisation that a Grafana starts with, and the only one here.
const ORGANISATION: u8 = 1;

/// What a data source needs besides its address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Details {
    #[serde(skip_serializing_if = "Option::is_none")]
    http_method: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prometheus_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_interval: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alertmanager_uid: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    implementation: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    manage_alerts: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    handle_grafana_managed_alerts: Option<bool>,
}

/// Something that Grafana asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DataSource {
    name: &'static str,
    uid: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    access: &'static str,
    url: String,
    is_default: bool,
    editable: bool,
    json_data: Details,
}

impl DataSource {
    /// The identifier by which dashboards name Prometheus.
    pub const PROMETHEUS: &'static str = "prometheus";
    /// The identifier of Alertmanager.
    pub const ALERTMANAGER: &'static str = "alertmanager";

    /// Prometheus, asked unless another is named; `interval` is how often it scrapes.
    pub fn prometheus(url: impl Into<String>, interval: names::Duration) -> Self {
        Self {
            name: "Prometheus",
            uid: Self::PROMETHEUS,
            kind: "prometheus",
            access: "proxy",
            url: url.into(),
            is_default: true,
            editable: false,
            json_data: Details {
                // A long expression does not fit into an address.
                http_method: Some("POST"),
                prometheus_type: Some("Prometheus"),
                time_interval: Some(interval.prometheus()),
                // Its rules come from the repository.
                manage_alerts: Some(false),
                ..Details::default()
            },
        }
    }

    /// The same, whose alerts are silenced at the Alertmanager of [`DataSource::alertmanager`].
    pub fn silenced_by_alertmanager(mut self) -> Self {
        self.json_data.alertmanager_uid = Some(Self::ALERTMANAGER);
        self
    }

    /// Alertmanager, for what is raised and for silences.
    pub fn alertmanager(url: impl Into<String>) -> Self {
        Self {
            name: "Alertmanager",
            uid: Self::ALERTMANAGER,
            kind: "alertmanager",
            access: "proxy",
            url: url.into(),
            is_default: false,
            editable: false,
            json_data: Details {
                implementation: Some("prometheus"),
                handle_grafana_managed_alerts: Some(false),
                ..Details::default()
            },
        }
    }
}

/// `provisioning/datasources/*.yaml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DataSources {
    #[serde(rename = "apiVersion")]
    version: u8,
    /// Whether a source that is no longer listed goes away.
    prune: bool,
    datasources: Vec<DataSource>,
}

impl DataSources {
    /// These and no others.
    pub fn new(datasources: impl IntoIterator<Item = DataSource>) -> Self {
        Self {
            version: API_VERSION,
            prune: true,
            datasources: datasources.into_iter().collect(),
        }
    }

    /// The file's text.
    pub fn to_text(&self) -> String {
        yaml::text(self)
    }
}

/// Where a provider's files are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct ProviderOptions {
    #[serde(serialize_with = "serialize::display")]
    path: FilePath,
    folders_from_files_structure: bool,
}

/// A directory of dashboards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DashboardProvider {
    name: String,
    org_id: u8,
    folder: String,
    #[serde(rename = "type")]
    kind: &'static str,
    disable_deletion: bool,
    allow_ui_updates: bool,
    update_interval_seconds: u16,
    options: ProviderOptions,
}

impl DashboardProvider {
    /// The dashboards of a directory in one folder; they are changed in the repository and nowhere else.
    pub fn of_directory(folder: &str, path: FilePath) -> Self {
        Self {
            name: folder.to_lowercase(),
            org_id: ORGANISATION,
            folder: folder.to_owned(),
            kind: "file",
            disable_deletion: true,
            allow_ui_updates: false,
            update_interval_seconds: 30,
            options: ProviderOptions {
                path,
                folders_from_files_structure: false,
            },
        }
    }
}

/// `provisioning/dashboards/*.yaml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DashboardProviders {
    #[serde(rename = "apiVersion")]
    version: u8,
    providers: Vec<DashboardProvider>,
}

impl DashboardProviders {
    /// These directories.
    pub fn new(providers: impl IntoIterator<Item = DashboardProvider>) -> Self {
        Self {
            version: API_VERSION,
            providers: providers.into_iter().collect(),
        }
    }

    /// The file's text.
    pub fn to_text(&self) -> String {
        yaml::text(self)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct AlertmanagerSettings {
    url: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct AlertmanagerReceiver {
    uid: String,
    #[serde(rename = "type")]
    kind: &'static str,
    settings: AlertmanagerSettings,
    #[serde(rename = "disableResolveMessage")]
    disable_resolve_message: bool,
}

/// Where alerts that people make in Grafana go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContactPoint {
    #[serde(rename = "orgId")]
    organisation: u8,
    name: String,
    receivers: Vec<AlertmanagerReceiver>,
}

impl ContactPoint {
    /// An Alertmanager outside of Grafana, whose routes decide who is told.
    pub fn alertmanager(name: &str, url: impl Into<String>) -> Self {
        Self {
            organisation: ORGANISATION,
            name: name.to_owned(),
            receivers: vec![AlertmanagerReceiver {
                uid: name.to_owned(),
                kind: "prometheus-alertmanager",
                settings: AlertmanagerSettings { url: url.into() },
                disable_resolve_message: false,
            }],
        }
    }
}

/// `provisioning/alerting/contact-points.yaml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContactPoints {
    #[serde(rename = "apiVersion")]
    version: u8,
    contact_points: Vec<ContactPoint>,
}

impl ContactPoints {
    /// These.
    pub fn new(points: impl IntoIterator<Item = ContactPoint>) -> Self {
        Self {
            version: API_VERSION,
            contact_points: points.into_iter().collect(),
        }
    }

    /// The file's text.
    pub fn to_text(&self) -> String {
        yaml::text(self)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct NotificationPolicy {
    #[serde(rename = "orgId")]
    organisation: u8,
    receiver: String,
    group_by: Vec<&'static str>,
}

/// `provisioning/alerting/policies.yaml`: the tree of Grafana's own alerts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotificationPolicies {
    #[serde(rename = "apiVersion")]
    version: u8,
    policies: Vec<NotificationPolicy>,
}

impl NotificationPolicies {
    /// Everything goes to one contact point.
    pub fn all_to(point: &ContactPoint) -> Self {
        Self {
            version: API_VERSION,
            policies: vec![NotificationPolicy {
                organisation: ORGANISATION,
                receiver: point.name.clone(),
                group_by: vec!["grafana_folder", "alertname"],
            }],
        }
    }

    /// The file's text.
    pub fn to_text(&self) -> String {
        yaml::text(self)
    }
}
