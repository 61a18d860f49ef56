//! STOR015: the configuration of a log collector can be read.

use super::fluentd::Section;
use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::storage::pipelines::{self, Content, File};

/// The configuration of a log collector can be read.
pub(crate) static RULE: Rule = Rule {
    code: "STOR015",
    area: Area::Storage,
    severity: Severity::Error,
    title: "the configuration of a log collector can be read",
    why: "Fluentd and Fluent Bit end at once with a configuration that they cannot read: the logs of every node are lost.",
    fix: "Close each section, and name the plugin of each.",
    absorbs: &["fluentd --dry-run", "fluent-bit --dry-run"],
    check: Some(check),
};

/// Sections of Fluentd that are plugins.
const PLUGINS: [&str; 9] = [
    "source", "match", "filter", "store", "parse", "format", "buffer", "inject", "storage",
];

/// Plugins that may leave their type to a default.
const BY_DEFAULT: [&str; 4] = ["buffer", "inject", "format", "storage"];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for file in pipelines::all(cluster) {
        let fault = match &file.content {
            Content::Fluentd(Err(fault)) | Content::FluentBit(Err(fault)) => Some(fault),
            Content::Fluentd(Ok(root)) => {
                untyped(findings, &file, root);
                None
            }
            Content::FluentBit(Ok(sections)) => {
                for section in sections {
                    let is_plugin = ["INPUT", "OUTPUT", "FILTER"].contains(&section.name.as_str());
                    if is_plugin && section.setting("name").is_none() {
                        let message =
                            format!("line {}: [{}] names no plugin", section.line, section.name);
                        findings.add(file.document, file.path(), message);
                    }
                }
                None
            }
        };
        if let Some(fault) = fault {
            let message = format!("line {}: {}", fault.line, fault.message);
            findings.add(file.document, file.path(), message);
        }
    }
}

fn untyped(findings: &mut Findings<'_>, file: &File<'_>, root: &Section) {
    for section in root.all() {
        let name = section.name.as_str();
        let has_type = section.setting("@type").is_some() || section.setting("type").is_some();
        let has_include = section.setting("@include").is_some();
        let is_plugin = PLUGINS.contains(&name) && !BY_DEFAULT.contains(&name);
        if is_plugin && !has_type && !has_include {
            let argument = if section.argument.is_empty() {
                String::new()
            } else {
                format!(" {}", section.argument)
            };
            findings.add(
                file.document,
                file.path(),
                format!("<{name}{argument}> has no @type"),
            );
        }
    }
}
