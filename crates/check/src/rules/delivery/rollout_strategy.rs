//! DELV006: the strategy of a Rollout is one that Argo Rollouts takes.

use serde_json::Value as Json;

use crate::cluster::{Cluster, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::rollouts;

/// The strategy of a Rollout is one that Argo Rollouts takes.
pub(crate) static RULE: Rule = Rule {
    code: "DELV006",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "the strategy of a Rollout is one that Argo Rollouts takes",
    why: "Argo Rollouts marks the Rollout as InvalidSpec and changes nothing any more.",
    fix: "Do what the message says.",
    absorbs: &["argo-rollouts InvalidSpec"],
    check: Some(check),
};

const CANARY: &str = "spec.strategy.canary";

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for rollout in rollouts::all(cluster) {
        let Some(spec) = rollout.value.get("spec") else {
            continue;
        };
        pods(findings, rollout, spec);
        match (
            spec.lookup("/strategy/canary"),
            spec.lookup("/strategy/blueGreen"),
        ) {
            (None, None) => {
                findings.add(
                    rollout,
                    "spec.strategy",
                    "neither canary nor blueGreen is said",
                );
            }
            (Some(_), Some(_)) => {
                findings.add(
                    rollout,
                    "spec.strategy",
                    "canary and blueGreen exclude each other",
                );
            }
            (Some(canary), None) => of_canary(findings, rollout, canary),
            (None, Some(blue_green)) => of_blue_green(findings, rollout, spec, blue_green),
        }
    }
}

/// Which pods a Rollout runs, and how long they may take.
fn pods(findings: &mut Findings<'_>, rollout: &Document, spec: &Json) {
    if spec.get("workloadRef").is_none() {
        let is_blank = |field: &str| {
            spec.lookup(&format!("/selector/{field}"))
                .is_none_or(|value| value.as_object().is_none_or(serde_json::Map::is_empty))
        };
        let expressions = spec
            .lookup("/selector/matchExpressions")
            .and_then(Json::as_array);
        if is_blank("matchLabels") && expressions.is_none_or(Vec::is_empty) {
            findings.add(rollout, "spec.selector", "the selector is missing or empty");
        }
    } else if spec.lookup("/template/spec/containers").is_some() {
        let message = "the pods come from workloadRef, so that the template must be empty";
        findings.add(rollout, "spec.template", message);
    }
    let number = |field: &str| spec.get(field).and_then(Json::as_i64);
    let deadline = number("progressDeadlineSeconds").unwrap_or(600);
    let ready = number("minReadySeconds").unwrap_or_default();
    if deadline <= ready {
        let message =
            format!("the deadline of {deadline}s is not longer than minReadySeconds, {ready}s");
        findings.add(rollout, "spec.progressDeadlineSeconds", message);
    }
}

fn of_blue_green(findings: &mut Findings<'_>, rollout: &Document, spec: &Json, blue_green: &Json) {
    const PATH: &str = "spec.strategy.blueGreen";
    let active = text(blue_green, "/activeService");
    if active.is_some() && active == text(blue_green, "/previewService") {
        let message = "activeService and previewService are the same";
        findings.add(rollout, format!("{PATH}.previewService"), message);
    }
    let kept = spec
        .get("revisionHistoryLimit")
        .and_then(Json::as_i64)
        .unwrap_or(10);
    let running = blue_green
        .get("scaleDownDelayRevisionLimit")
        .and_then(Json::as_i64);
    if let Some(running) = running.filter(|running| *running > kept) {
        let message = format!("{running} old revisions are to run on, and {kept} are kept");
        findings.add(
            rollout,
            format!("{PATH}.scaleDownDelayRevisionLimit"),
            message,
        );
    }
    anti_affinity(findings, rollout, blue_green, PATH);
}

fn anti_affinity(findings: &mut Findings<'_>, rollout: &Document, strategy: &Json, path: &str) {
    let Some(affinity) = strategy.get("antiAffinity") else {
        return;
    };
    let preferred = affinity.get("preferredDuringSchedulingIgnoredDuringExecution");
    let required = affinity.get("requiredDuringSchedulingIgnoredDuringExecution");
    if preferred.is_some() == required.is_some() {
        let message = "exactly one of preferred… and requiredDuringSchedulingIgnoredDuringExecution is to be said";
        findings.add(rollout, format!("{path}.antiAffinity"), message);
    }
    let weight = preferred.and_then(|preferred| preferred.get("weight")?.as_i64());
    if let Some(weight) = weight.filter(|weight| !(1..=100).contains(weight)) {
        findings.add(
            rollout,
            format!("{path}.antiAffinity"),
            format!("the weight {weight} is not within 1 and 100"),
        );
    }
}

fn of_canary(findings: &mut Findings<'_>, rollout: &Document, canary: &Json) {
    let is_none = |field: &str, default: i64| amount(canary.get(field)).unwrap_or(default) == 0;
    if is_none("maxSurge", 25) && is_none("maxUnavailable", 25) {
        let message = "maxSurge and maxUnavailable are both 0: no pod can ever be replaced";
        findings.add(rollout, format!("{CANARY}.maxSurge"), message);
    }
    let stable = text(canary, "/stableService").filter(|name| !name.is_empty());
    let new = text(canary, "/canaryService").filter(|name| !name.is_empty());
    if stable.is_some() && stable == new {
        let message = "stableService and canaryService are the same";
        findings.add(rollout, format!("{CANARY}.canaryService"), message);
    }
    let routing = canary.get("trafficRouting");
    ping_pong(findings, rollout, canary, routing);
    if let Some(router) = routing.and_then(|routing| needs_services(canary, routing)) {
        for (field, service) in [("stableService", stable), ("canaryService", new)] {
            if service.is_none() {
                let message =
                    format!("{router} shifts traffic between Services, and {field} is not said");
                findings.add(rollout, format!("{CANARY}.{field}"), message);
            }
        }
    }
    scaling(findings, rollout, canary, routing);
    if let Some(routing) = routing {
        routers(findings, rollout, routing);
    }
    anti_affinity(findings, rollout, canary, CANARY);
}

/// The number in front of an absolute amount or a percentage.
fn amount(value: Option<&Json>) -> Option<i64> {
    match value? {
        Json::String(text) => text.trim_end_matches('%').parse().ok(),
        value => value.as_i64(),
    }
}

/// The router for whose sake both Services have to be named.
fn needs_services<'j>(canary: &Json, routing: &'j Json) -> Option<&'j str> {
    let swaps = canary.get("pingPong").is_some();
    let routers = routing.as_object()?;
    routers.iter().find_map(|(name, settings)| {
        let needs = match name.as_str() {
            "alb" => !swaps,
            "istio" => !swaps && settings.get("destinationRule").is_none(),
            "smi" | "apisix" | "ambassador" | "nginx" | "appMesh" | "traefik" => true,
            _ => false,
        };
        needs.then_some(name.as_str())
    })
}

fn ping_pong(
    findings: &mut Findings<'_>,
    rollout: &Document,
    canary: &Json,
    routing: Option<&Json>,
) {
    let Some(pair) = canary.get("pingPong") else {
        return;
    };
    let path = format!("{CANARY}.pingPong");
    let [one, other] = ["/pingService", "/pongService"].map(|field| text(pair, field));
    if one.is_none() || other.is_none() || one == other {
        findings.add(
            rollout,
            path.clone(),
            "pingService and pongService have to be two Services",
        );
    }
    let has = |field: &str| routing.is_some_and(|routing| routing.get(field).is_some());
    if routing.is_some() && !has("alb") && !has("istio") && !has("plugins") {
        findings.add(
            rollout,
            path,
            "only alb, istio and plugins can swap Services",
        );
    }
    if has("alb") && routing.is_some_and(|routing| text(routing, "/alb/rootService").is_none()) {
        let message = "with pingPong the load balancer needs a rootService";
        findings.add(
            rollout,
            format!("{CANARY}.trafficRouting.alb.rootService"),
            message,
        );
    }
}

/// What only works together with a router, or not together with each other.
fn scaling(findings: &mut Findings<'_>, rollout: &Document, canary: &Json, routing: Option<&Json>) {
    let delays = canary.get("scaleDownDelaySeconds").is_some();
    let shrinks = canary.get("dynamicStableScale").and_then(Json::as_bool) == Some(true);
    let delay_path = format!("{CANARY}.scaleDownDelaySeconds");
    match routing {
        None if delays => {
            findings.add(
                rollout,
                delay_path,
                "without trafficRouting the old pods go as the new ones come",
            );
        }
        None if shrinks => {
            let message = "without trafficRouting the stable pods cannot follow the weight";
            findings.add(rollout, format!("{CANARY}.dynamicStableScale"), message);
        }
        Some(_) if delays && shrinks => {
            findings.add(
                rollout,
                delay_path,
                "scaleDownDelaySeconds and dynamicStableScale exclude each other",
            );
        }
        _ => {}
    }
    if let Some(routing) = routing.filter(|routing| routing.get("maxTrafficWeight").is_some())
        && routing.get("nginx").is_none()
        && routing.get("plugins").is_none()
    {
        let message = "only nginx and plugins have another whole than 100";
        findings.add(
            rollout,
            format!("{CANARY}.trafficRouting.maxTrafficWeight"),
            message,
        );
    }
}

/// Fields of a router of which exactly one is to be said.
const EITHER: [(&str, &str, &str); 3] = [
    ("istio", "virtualService", "virtualServices"),
    ("nginx", "stableIngress", "stableIngresses"),
    ("alb", "ingress", "ingresses"),
];

fn routers(findings: &mut Findings<'_>, rollout: &Document, routing: &Json) {
    for (router, one, several) in EITHER {
        let Some(settings) = routing.get(router) else {
            continue;
        };
        let has_several = settings
            .get(several)
            .and_then(Json::as_array)
            .is_some_and(|listed| !listed.is_empty());
        if settings.get(one).is_some() == has_several {
            let message = format!("exactly one of {one} and {several} is to be said");
            findings.add(
                rollout,
                format!("{CANARY}.trafficRouting.{router}"),
                message,
            );
        }
    }
}
