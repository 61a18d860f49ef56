//! The files that Grafana reads.

use configs::FilePath;
use configs::grafana::{
    ContactPoint, ContactPoints, Dashboard, DashboardProvider, DashboardProviders, DataSource,
    DataSources, NotificationPolicies, OpenIdConnect, Settings as Ini, boards,
};
use environment::{Environment, Grafana as Settings, SignIn};
use names::DataKey;

use super::{AlertmanagerHandles, Sources};
use crate::observability::exporters::{cover, exporters};

/// Where the database is.
pub(super) const DATA: FilePath = FilePath::from_static("/var/lib/grafana");
/// Where Grafana looks for what it is provisioned with.
pub(super) const PROVISIONING: FilePath = FilePath::from_static("/etc/grafana/provisioning");
/// Where the dashboards are.
pub(super) const DASHBOARDS: FilePath = FilePath::from_static("/etc/grafana/dashboards");
/// Where the administrator's secrets are.
pub(super) const ADMINISTRATOR: &str = "/run/secrets/administrator";
/// Where the secrets of the single sign-on are.
pub(super) const SIGN_IN: &str = "/run/secrets/sign-in";

pub(super) const PASSWORD: DataKey = DataKey::from_static("password");
pub(super) const SECRET_KEY: DataKey = DataKey::from_static("secret-key");
pub(super) const CLIENT_ID: DataKey = DataKey::from_static("client-id");
pub(super) const CLIENT_SECRET: DataKey = DataKey::from_static("client-secret");

/// `grafana.ini`.
pub(super) fn settings(settings: &Settings) -> String {
    const OF_ADMINISTRATOR: FilePath = FilePath::from_static(ADMINISTRATOR);
    Ini {
        host: settings.host.clone(),
        admin_password: OF_ADMINISTRATOR.file(&PASSWORD),
        secret_key: OF_ADMINISTRATOR.file(&SECRET_KEY),
        sign_in: settings.sign_in.as_ref().map(sign_in),
        data: DATA,
        provisioning: PROVISIONING,
        home: DASHBOARDS.file(&Dashboard::file(&boards::HOME)),
    }
    .ini()
    .to_string()
}

fn sign_in(settings: &SignIn) -> OpenIdConnect {
    const OF_SIGN_IN: FilePath = FilePath::from_static(SIGN_IN);
    OpenIdConnect {
        name: settings.name.clone(),
        client_id: OF_SIGN_IN.file(&CLIENT_ID),
        client_secret: OF_SIGN_IN.file(&CLIENT_SECRET),
        authorize: settings.authorize.clone(),
        token: settings.token.clone(),
        user_info: settings.user_info.clone(),
        scopes: settings.scopes.clone(),
        admin_group: settings.roles.admin.clone(),
        editor_group: settings.roles.editor.clone(),
    }
}

/// The data sources.
pub(super) fn sources(environment: &Environment, sources: Sources<'_>) -> String {
    let interval = environment.monitoring.prometheus.interval;
    let prometheus = DataSource::prometheus(sources.prometheus.address.as_str(), interval);
    match sources.alertmanager {
        Some(handles) => DataSources::new([
            prometheus.silenced_by_alertmanager(),
            DataSource::alertmanager(handles.url()),
        ]),
        None => DataSources::new([prometheus]),
    }
    .to_text()
}

/// The directories of dashboards.
pub(super) fn providers() -> String {
    DashboardProviders::new([DashboardProvider::of_directory("Platform", DASHBOARDS)]).to_text()
}

/// The contact points, and the policies that lead to them: everything goes where Prometheus' alerts go.
pub(super) fn alerting(alertmanager: &AlertmanagerHandles) -> (String, String) {
    let point = ContactPoint::alertmanager("alertmanager", alertmanager.url());
    let policies = NotificationPolicies::all_to(&point).to_text();
    (ContactPoints::new([point]).to_text(), policies)
}

/// The dashboards whose metrics are collected here, as files.
pub(super) fn dashboards(environment: &Environment) -> Vec<(DataKey, String)> {
    let exporters = exporters(environment);
    boards::all()
        .into_iter()
        .filter(|board| cover(&exporters, &board.metrics()))
        .map(|board| (Dashboard::file(board.uid()), board.to_text()))
        .collect()
}
