//! MESH043: the routes of a `VirtualService` are ones that Istio takes.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, text};
use crate::document::Document;
use crate::format::duration;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts;

/// The routes of a `VirtualService` are ones that Istio takes.
pub(crate) static RULE: Rule = Rule {
    code: "MESH043",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "the routes of a VirtualService are ones that Istio takes",
    why: "Istio's webhook refuses the object; where the webhook is off, the proxies ignore it.",
    fix: "Let each route do one thing: send, redirect, or answer by itself.",
    absorbs: &["istioctl IST0106"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for service in hosts::virtual_services(cluster) {
        let spec = |field: &str| service.value.lookup(&format!("/spec/{field}"));
        let is_empty = ["http", "tcp", "tls"].iter().all(|field| {
            spec(field)
                .and_then(Json::as_array)
                .is_none_or(Vec::is_empty)
        });
        if is_empty {
            findings.add(service, "spec", "it has no route at all");
        }
        let is_delegate = list(&service.value, "/spec/hosts").next().is_none();
        if is_delegate && list(&service.value, "/spec/gateways").next().is_some() {
            findings.add(
                service,
                "spec.gateways",
                "without hosts it is a delegate, which has no gateways",
            );
        }
        for (index, route) in list(&service.value, "/spec/http") {
            of_http(findings, service, route, &format!("spec.http[{index}]"));
        }
        for (protocol, pointer) in [("tcp", "/spec/tcp"), ("tls", "/spec/tls")] {
            for (index, route) in list(&service.value, pointer) {
                let path = format!("spec.{protocol}[{index}]");
                if list(route, "/route").next().is_none() {
                    findings.add(service, format!("{path}.route"), "the route leads nowhere");
                }
                weights(findings, service, route, &path);
            }
        }
        sni_hosts(findings, service);
    }
}

/// Parts of an HTTP route that exclude each other.
const APART: [(&str, &str); 9] = [
    ("redirect", "route"),
    ("redirect", "fault"),
    ("redirect", "rewrite"),
    ("redirect", "directResponse"),
    ("directResponse", "route"),
    ("directResponse", "fault"),
    ("directResponse", "rewrite"),
    ("delegate", "route"),
    ("mirror", "mirrors"),
];

fn of_http(findings: &mut Findings<'_>, service: &Document, route: &Json, path: &str) {
    let has = |field: &str| match route.get(field) {
        None | Some(Json::Null) => false,
        Some(Json::Array(items)) => !items.is_empty(),
        Some(_) => true,
    };
    for (one, other) in APART {
        if has(one) && has(other) {
            let message = format!("{one} and {other} exclude each other");
            findings.add(service, format!("{path}.{other}"), message);
        }
    }
    if has("delegate") && has("redirect") {
        findings.add(
            service,
            format!("{path}.redirect"),
            "delegate and redirect exclude each other",
        );
    }
    if !["route", "redirect", "directResponse", "delegate"]
        .into_iter()
        .any(has)
    {
        findings.add(
            service,
            path,
            "the route does nothing: it has no route, redirect, directResponse or delegate",
        );
    }
    weights(findings, service, route, path);
    percentages(findings, service, route, path);
    retries(findings, service, route, path);
}

fn weights(findings: &mut Findings<'_>, service: &Document, route: &Json, path: &str) {
    let weights: Vec<i64> = list(route, "/route")
        .map(|(_, target)| {
            target
                .get("weight")
                .and_then(Json::as_i64)
                .unwrap_or_default()
        })
        .collect();
    if weights.len() > 1 && weights.iter().all(|weight| *weight == 0) {
        findings.add(
            service,
            format!("{path}.route"),
            "the weights of all destinations are 0",
        );
    }
}

/// Shares that are more than all, or less than nothing.
fn percentages(findings: &mut Findings<'_>, service: &Document, route: &Json, path: &str) {
    let places = [
        ("/mirrorPercentage/value", "mirrorPercentage.value"),
        (
            "/fault/delay/percentage/value",
            "fault.delay.percentage.value",
        ),
        (
            "/fault/abort/percentage/value",
            "fault.abort.percentage.value",
        ),
    ];
    for (pointer, field) in places {
        let value = route.lookup(pointer).and_then(Json::as_f64);
        if let Some(value) = value.filter(|value| !(0.0..=100.0).contains(value)) {
            findings.add(
                service,
                format!("{path}.{field}"),
                format!("{value} is no percentage"),
            );
        }
    }
}

/// What a retry may be about besides a status of HTTP (Envoy's and Istio's documentation of `retryOn`).
const RETRY_ON: [&str; 18] = [
    "5xx",
    "gateway-error",
    "reset",
    "reset-before-request",
    "connect-failure",
    "envoy-ratelimited",
    "retriable-4xx",
    "refused-stream",
    "retriable-status-codes",
    "retriable-headers",
    "http3-post-connect-failure",
    "cancelled",
    "deadline-exceeded",
    "internal",
    "resource-exhausted",
    "unavailable",
    "retriable-request-headers",
    "connect-timeout",
];

fn retries(findings: &mut Findings<'_>, service: &Document, route: &Json, path: &str) {
    let Some(retries) = route.get("retries") else {
        return;
    };
    let attempts = retries
        .get("attempts")
        .and_then(Json::as_i64)
        .unwrap_or_default();
    if attempts == 0 && (retries.get("perTryTimeout").is_some() || retries.get("retryOn").is_some())
    {
        let message = "without attempts nothing is tried again, whatever else is said";
        findings.add(service, format!("{path}.retries.attempts"), message);
    }
    let timeout = text(retries, "/perTryTimeout").and_then(duration::parse);
    if timeout.is_some_and(|timeout| timeout < 1_000_000) {
        let message = "a try has less than a millisecond";
        findings.add(service, format!("{path}.retries.perTryTimeout"), message);
    }
    let conditions = text(retries, "/retryOn")
        .unwrap_or_default()
        .split(',')
        .map(str::trim);
    for condition in conditions.filter(|condition| !condition.is_empty()) {
        let is_status = condition
            .parse::<u16>()
            .is_ok_and(|code| (100..600).contains(&code));
        if !is_status && !RETRY_ON.contains(&condition) {
            let message = format!("{condition} is no condition for a retry");
            findings.add(service, format!("{path}.retries.retryOn"), message);
        }
    }
}

/// The server names of TLS routes are among the hosts.
fn sni_hosts(findings: &mut Findings<'_>, service: &Document) {
    let hosts: Vec<&str> = list(&service.value, "/spec/hosts")
        .filter_map(|(_, host)| host.as_str())
        .collect();
    for (index, route) in list(&service.value, "/spec/tls") {
        if list(route, "/match").next().is_none() {
            findings.add(
                service,
                format!("spec.tls[{index}].match"),
                "a TLS route needs a condition",
            );
        }
        for (position, condition) in list(route, "/match") {
            for (place, name) in list(condition, "/sniHosts") {
                let Some(name) = name.as_str() else { continue };
                if !hosts.iter().any(|host| is_within(name, host)) {
                    let path = format!("spec.tls[{index}].match[{position}].sniHosts[{place}]");
                    findings.add(
                        service,
                        path,
                        format!("{name} is not among the hosts {}", hosts.join(", ")),
                    );
                }
            }
        }
    }
}

/// Whether every name of the one pattern is one of the other.
fn is_within(name: &str, host: &str) -> bool {
    match host.strip_prefix('*') {
        Some(suffix) => name.trim_start_matches('*').ends_with(suffix),
        None => name == host,
    }
}
