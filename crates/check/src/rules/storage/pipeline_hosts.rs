//! STOR017: the Services that a log collector sends to exist.

use crate::cluster::{Cluster, namespace_of};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::storage::pipelines::{self, Content, File};

/// The Services that a log collector sends to exist.
pub(crate) static RULE: Rule = Rule {
    code: "STOR017",
    area: Area::Storage,
    severity: Severity::Error,
    title: "the Services that a log collector sends to exist",
    why: "The collector keeps what it cannot send until its buffer is full, and then drops it or stands still.",
    fix: "Name a Service as `name.namespace.svc`.",
    absorbs: &[],
    check: Some(check),
};

/// Settings of outputs that name hosts.
const HOSTS: [&str; 7] = [
    "host",
    "hosts",
    "endpoint",
    "endpoint_url",
    "url",
    "uri",
    "brokers",
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for file in pipelines::all(cluster) {
        match &file.content {
            Content::Fluentd(Ok(root)) => {
                let outputs = root
                    .all()
                    .into_iter()
                    .filter(|section| section.name == "match");
                let settings = outputs
                    .flat_map(|output| output.all())
                    .flat_map(|section| &section.settings);
                for (key, value) in settings {
                    judge(cluster, findings, &file, key, value);
                }
            }
            Content::FluentBit(Ok(sections)) => {
                let outputs = sections.iter().filter(|section| section.name == "OUTPUT");
                for (key, value) in outputs.flat_map(|output| &output.settings) {
                    judge(cluster, findings, &file, key, value);
                }
            }
            _ => {}
        }
    }
}

fn judge(
    cluster: &Cluster<'_>,
    findings: &mut Findings<'_>,
    file: &File<'_>,
    key: &str,
    value: &str,
) {
    if !HOSTS.contains(&key) {
        return;
    }
    for written in value.split(',') {
        let Some((name, namespace)) = service(written, namespace_of(file.document)) else {
            continue;
        };
        if !cluster.exists("", "Service", namespace, name) {
            let help = cluster.nearest("", "Service", namespace, name);
            let message = format!("{key} names Service {namespace}/{name}, which does not exist");
            findings.add_with_help(file.document, file.path(), message, help);
        }
    }
}

/// Name and namespace of a Service, where a host, an address or a URL names one of this cluster.
pub(crate) fn service<'t>(written: &'t str, own: &'t str) -> Option<(&'t str, &'t str)> {
    let written = written.trim().trim_matches('"');
    if written.contains("#{") || written.contains("${") {
        return None;
    }
    let host = written.split_once("://").map_or(written, |(_, rest)| rest);
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    let parts: Vec<&str> = host.split('.').collect();
    match parts.as_slice() {
        ["" | "localhost"] => None,
        [name]
            if name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') =>
        {
            Some((name, own))
        }
        [name, namespace, "svc"] | [name, namespace, "svc", "cluster", "local"] => {
            Some((name, namespace))
        }
        _ => None,
    }
}
