//! The tree of routes: which alerts go where.

use names::Duration;
use serde::Serialize;

use super::matcher::Matcher;
use crate::prometheus::LabelName;
use crate::serialize;

/// A node of the tree. What it does not say it has from the node above; the root has to say a receiver and how alerts are
/// grouped, and has no matchers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Route {
    /// Who is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receiver: Option<String>,
    /// The labels whose values alerts of one notification share.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub group_by: Vec<LabelName>,
    /// What an alert must fulfil, all of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub matchers: Vec<Matcher>,
    /// How long to wait for more alerts of a new group.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "serialize::prometheus_duration_option"
    )]
    pub group_wait: Option<Duration>,
    /// How long to wait before alerts that joined a group are told.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "serialize::prometheus_duration_option"
    )]
    pub group_interval: Option<Duration>,
    /// How often what goes on is told again.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "serialize::prometheus_duration_option"
    )]
    pub repeat_interval: Option<Duration>,
    /// The parts of the week outside of which nobody is told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub active_time_intervals: Vec<String>,
    /// Whether the siblings after this one are looked at as well.
    #[serde(rename = "continue", skip_serializing_if = "serialize::is_false")]
    pub go_on: bool,
    /// The nodes below, of which the first that fits is taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Route>,
}
