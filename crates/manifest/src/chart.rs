//! A Helm chart that Argo CD installs by itself.

use names::{Url, Version};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::object::value_of;

/// A Helm chart at a pinned version, with its values.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartSource {
    /// The chart repository, over HTTPS or OCI.
    pub repository: Url,
    /// The name of the chart in the repository.
    pub chart: String,
    /// The version of the chart, not of what it installs.
    pub version: Version,
    /// The name of the release, from which most charts derive the names of their objects.
    pub release_name: String,
    /// The values, as a tree.
    pub values: Value,
}

impl ChartSource {
    /// A chart without values, released under its own name.
    pub fn new(repository: Url, chart: impl Into<String>, version: Version) -> Self {
        let chart = chart.into();
        Self {
            repository,
            release_name: chart.clone(),
            chart,
            version,
            values: Value::Object(Map::new()),
        }
    }

    /// Releases it under another name.
    pub fn release_name(mut self, name: impl Into<String>) -> Self {
        self.release_name = name.into();
        self
    }

    /// Gives it these values in place of those it had.
    pub fn values<T: Serialize + ?Sized>(mut self, values: &T) -> Self {
        self.values = value_of(values);
        self
    }
}
