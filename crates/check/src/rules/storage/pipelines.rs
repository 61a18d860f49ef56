//! The configurations of Fluentd and Fluent Bit that stand in `ConfigMaps`.

use serde_json::Value as Json;

use super::fluentd::{self, Fault};
use super::{fluent_bit, fluent_bit_yaml, fluentd::Section};
use crate::cluster::Cluster;
use crate::document::Document;

/// What a file says.
pub(super) enum Content {
    Fluentd(Result<Section, Fault>),
    FluentBit(Result<Vec<fluent_bit::Section>, Fault>),
}

/// A file of a log collector.
pub(super) struct File<'a> {
    pub(super) document: &'a Document,
    pub(super) key: &'a str,
    pub(super) content: Content,
}

impl File<'_> {
    /// Where it stands in its object.
    pub(super) fn path(&self) -> String {
        format!("data[{}]", self.key)
    }
}

/// All files that look like one of the two: by their names, and by what their lines begin with.
pub(super) fn all<'a>(cluster: &Cluster<'a>) -> Vec<File<'a>> {
    let mut files = Vec::new();
    for document in cluster.of_kind("", "ConfigMap") {
        let data = document.value.get("data").and_then(Json::as_object);
        for (key, text) in data.into_iter().flatten() {
            let Some(text) = text.as_str() else { continue };
            match key.rsplit('.').next() {
                Some("conf") => {}
                Some("yaml" | "yml") if fluent_bit_yaml::is_one(text) => {
                    let read = fluent_bit_yaml::read(text).map(Content::FluentBit);
                    files.extend(read.map(|content| File {
                        document,
                        key,
                        content,
                    }));
                    continue;
                }
                _ => continue,
            }
            let begins = |marks: &[&str]| {
                let mut lines = text.lines().map(str::trim_start);
                lines.any(|line| marks.iter().any(|mark| line.starts_with(mark)))
            };
            let content = if begins(&["<source", "<match", "<label @", "<filter "])
                && text.contains("@type")
            {
                Content::Fluentd(fluentd::read(text))
            } else if begins(&["[INPUT]", "[OUTPUT]", "[FILTER]", "[SERVICE]"]) {
                Content::FluentBit(fluent_bit::read(text))
            } else {
                continue;
            };
            files.push(File {
                document,
                key,
                content,
            });
        }
    }
    files
}
