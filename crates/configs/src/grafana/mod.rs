//! Grafana: its settings, what it is provisioned with, and dashboards as values.

pub mod boards;
mod dashboard;
mod ini;
mod panel;
mod provisioning;
mod query;
mod settings;

pub use dashboard::{Dashboard, Variable};
pub use ini::Ini;
pub use panel::{Panel, Threshold, Unit};
pub use provisioning::{
    ContactPoint, ContactPoints, DashboardProvider, DashboardProviders, DataSource, DataSources,
    NotificationPolicies,
};
pub use query::Query;
pub use settings::{OpenIdConnect, Settings};
