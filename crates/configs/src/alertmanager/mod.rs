//! Alertmanager: its configuration file, which says who hears of which alerts.

mod configuration;
mod matcher;
mod receiver;
mod route;
mod times;

pub use configuration::{Configuration, Global, InhibitRule};
pub use matcher::Matcher;
pub use receiver::{EmailConfig, PagerdutyConfig, Receiver, SlackConfig, WebhookConfig};
pub use route::Route;
pub use times::{TimeInterval, TimeRange, WeeklyTimes};
