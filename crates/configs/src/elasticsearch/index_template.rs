//! Index templates: the settings and fields that each day's index starts with.

use names::Duration;
use serde::Serialize;

use super::json;
use super::lifecycle::Meta;
use crate::fluentd::DailyIndex;

/// The template of the indices of logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexTemplate {
    /// The indices.
    pub index: DailyIndex,
    /// The name of the lifecycle policy that deletes them.
    pub policy: String,
    /// Copies of each shard beside the first: 0 on a single node, where one would stay unassigned.
    pub copies: u16,
    /// How long a node may be away before its shards are copied elsewhere; longer than a restart takes.
    pub absence: Duration,
}

#[derive(Serialize)]
struct Document<'a> {
    index_patterns: [String; 1],
    /// Above 200, where the templates that come with Elasticsearch are.
    priority: u16,
    template: Template<'a>,
    #[serde(rename = "_meta")]
    meta: Meta<'a>,
}

#[derive(Serialize)]
struct Template<'a> {
    settings: Settings<'a>,
    mappings: Mappings,
}

#[derive(Serialize)]
struct Settings<'a> {
    #[serde(rename = "index.lifecycle.name")]
    lifecycle: &'a str,
    #[serde(rename = "index.number_of_shards")]
    shards: u16,
    #[serde(rename = "index.number_of_replicas")]
    copies: u16,
    #[serde(rename = "index.codec")]
    codec: &'static str,
    #[serde(rename = "index.refresh_interval")]
    refresh: &'static str,
    #[serde(rename = "index.unassigned.node_left.delayed_timeout")]
    absence: String,
    #[serde(rename = "index.mapping.total_fields.limit")]
    fields: u16,
    #[serde(rename = "index.mapping.total_fields.ignore_dynamic_beyond_limit")]
    ignore_beyond: bool,
    #[serde(rename = "index.mapping.ignore_malformed")]
    ignore_malformed: bool,
}

#[derive(Serialize)]
struct Mappings {
    dynamic_templates: [DynamicTemplate; 1],
    properties: Properties,
}

#[derive(Serialize)]
struct DynamicTemplate {
    texts: DynamicRule,
}

#[derive(Serialize)]
struct DynamicRule {
    match_mapping_type: &'static str,
    mapping: Field,
}

#[derive(Serialize)]
struct Field {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ignore_above: Option<u16>,
}

impl Field {
    const fn of(kind: &'static str) -> Self {
        Self {
            kind,
            ignore_above: None,
        }
    }

    /// An object of words as one field; words that are longer are not indexed.
    const fn object() -> Self {
        Self {
            kind: "flattened",
            ignore_above: Some(1024),
        }
    }

    /// A word to filter by; a longer one is stored and not indexed.
    const fn word() -> Self {
        Self {
            kind: "keyword",
            ignore_above: Some(1024),
        }
    }
}

#[derive(Serialize)]
struct Properties {
    #[serde(rename = "@timestamp")]
    timestamp: Field,
    message: Field,
    stream: Field,
    cluster: Field,
    level: Field,
    application: Field,
    kubernetes: Kubernetes,
}

#[derive(Serialize)]
struct Kubernetes {
    properties: KubernetesProperties,
}

#[derive(Serialize)]
struct KubernetesProperties {
    labels: Field,
}

impl Properties {
    /// What applications and labels name themselves is one field each: as fields of their own, their names would use up
    /// the index's limit, and two applications that mean different things by one name would exclude each other.
    const LOGS: Self = Self {
        timestamp: Field::of("date"),
        message: Field::of("match_only_text"),
        stream: Field::word(),
        cluster: Field::word(),
        level: Field::word(),
        application: Field::object(),
        kubernetes: Kubernetes {
            properties: KubernetesProperties {
                labels: Field::object(),
            },
        },
    };
}

impl IndexTemplate {
    /// What `PUT _index_template/NAME` takes.
    pub fn to_json(&self) -> String {
        json::text(&Document {
            index_patterns: [self.index.wildcard()],
            priority: 500,
            template: Template {
                settings: self.settings(),
                mappings: Mappings {
                    dynamic_templates: [DynamicTemplate {
                        texts: DynamicRule {
                            match_mapping_type: "string",
                            mapping: Field::word(),
                        },
                    }],
                    properties: Properties::LOGS,
                },
            },
            meta: Meta {
                description: "An index of logs a day",
            },
        })
    }

    fn settings(&self) -> Settings<'_> {
        Settings {
            lifecycle: &self.policy,
            shards: 1,
            copies: self.copies,
            // Logs are written once and seldom read: small beats fast.
            codec: "best_compression",
            refresh: "10s",
            absence: format!("{}s", self.absence.as_seconds()),
            fields: 1000,
            // A record with one field too many is worth more without it than refused.
            ignore_beyond: true,
            ignore_malformed: true,
        }
    }
}
