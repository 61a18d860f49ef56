//! Services: addresses and load balancers, once given, are kept.

use serde_json::Value as Json;

use super::built_in::{Update, items};
use super::difference::shown;
use crate::cluster::text;

const NONE: &str = "None";

/// Judges what depends on the type.
pub(super) fn check(update: &mut Update<'_>) {
    let kind = |value: &Json| text(value, "/spec/type").unwrap_or_default().to_owned();
    let (old, new) = (kind(&update.before), kind(&update.after));
    if old == "LoadBalancer" && new == "LoadBalancer" {
        update.keep("spec.loadBalancerClass", &[]);
        health_check(update);
    }
    if old != "ExternalName" && new != "ExternalName" {
        addresses(update);
    }
}

/// The addresses that an object asks for.
fn asked(value: &Json) -> Vec<String> {
    let several = items(value, "/spec/clusterIPs");
    if several.is_empty() {
        text(value, "/spec/clusterIP")
            .map(str::to_owned)
            .into_iter()
            .collect()
    } else {
        several
            .iter()
            .filter_map(|one| one.as_str().map(str::to_owned))
            .collect()
    }
}

/// The first address stays; one that is no longer asked for is kept.
fn addresses(update: &mut Update<'_>) {
    let (old, new) = (asked(&update.before), asked(&update.after));
    let is_headless = |asked: &[String]| asked == [NONE];
    if is_headless(&old) && (is_headless(&new) || new.is_empty()) {
        return;
    }
    if let Some(wanted) = new.first() {
        match old.first() {
            Some(known) if known != wanted => {
                update.report(
                    "spec.clusterIP",
                    format!("cannot change: it is {known}, and would be {wanted}"),
                );
                return;
            }
            None if wanted == NONE => {
                update.report(
                    "spec.clusterIP",
                    "cannot become None: the service has an address already",
                );
                return;
            }
            _ => {}
        }
    }
    let families = |value: &Json| items(value, "/spec/ipFamilies").first().cloned();
    if let (Some(old), Some(new)) = (families(&update.before), families(&update.after))
        && old != new
    {
        let message = format!("the first family cannot change: it is {old}, and would be {new}");
        update.report("spec.ipFamilies", message);
    }
}

/// The port of the health check stays, where both ask for one.
fn health_check(update: &mut Update<'_>) {
    let path = "spec.healthCheckNodePort";
    let is_local = |value: &Json| text(value, "/spec/externalTrafficPolicy") == Some("Local");
    if !is_local(&update.before) || !is_local(&update.after) {
        return;
    }
    if let (Some(old), Some(new)) = (update.was(path), update.becomes(path))
        && old != new
    {
        let message = format!(
            "cannot change: it is {}, and would be {}",
            shown(Some(old)),
            shown(Some(new))
        );
        update.report(path, message);
    }
}
