//! DELV007: the steps of a canary are ones that Argo Rollouts can take.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, text};
use crate::document::Document;
use crate::format::duration;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::rollouts;

/// The steps of a canary are ones that Argo Rollouts can take.
pub(crate) static RULE: Rule = Rule {
    code: "DELV007",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "the steps of a canary are ones that Argo Rollouts can take",
    why: "Argo Rollouts marks the Rollout as InvalidSpec and changes nothing any more.",
    fix: "Do what the message says.",
    absorbs: &["argo-rollouts InvalidSpec"],
    check: Some(check),
};

/// What a step can be.
const KINDS: [&str; 9] = [
    "setWeight",
    "pause",
    "experiment",
    "analysis",
    "setCanaryScale",
    "setHeaderRoute",
    "setMirrorRoute",
    "plugin",
    "replicaProgressThreshold",
];

/// The kinds of which a step has one.
const APART: [&str; 4] = ["setWeight", "pause", "experiment", "analysis"];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for rollout in rollouts::all(cluster) {
        let routing = rollout.value.lookup("/spec/strategy/canary/trafficRouting");
        for (index, step) in list(&rollout.value, "/spec/strategy/canary/steps") {
            let path = format!("spec.strategy.canary.steps[{index}]");
            kind(findings, rollout, step, &path);
            numbers(findings, rollout, step, routing, &path);
            routes(findings, rollout, step, routing, &path);
        }
    }
}

fn kind(findings: &mut Findings<'_>, rollout: &Document, step: &Json, path: &str) {
    let said: Vec<&str> = APART
        .into_iter()
        .filter(|kind| step.get(kind).is_some())
        .collect();
    if said.len() > 1 {
        findings.add(
            rollout,
            path,
            format!("a step is one of {}", said.join(" and ")),
        );
    }
    if !KINDS.iter().any(|kind| step.get(kind).is_some()) {
        findings.add(rollout, path, "the step does nothing");
    }
}

fn numbers(
    findings: &mut Findings<'_>,
    rollout: &Document,
    step: &Json,
    routing: Option<&Json>,
    path: &str,
) {
    let whole = routing
        .and_then(|routing| routing.get("maxTrafficWeight")?.as_i64())
        .unwrap_or(100);
    let weight = step.get("setWeight").and_then(Json::as_i64);
    if let Some(weight) = weight.filter(|weight| !(0..=whole).contains(weight)) {
        let message = format!("{weight} is not within 0 and {whole}");
        findings.add(rollout, format!("{path}.setWeight"), message);
    }
    let is_negative = match step.lookup("/pause/duration") {
        Some(Json::String(written)) => match written
            .parse::<i64>()
            .ok()
            .or_else(|| duration::parse(written))
        {
            Some(length) => length < 0,
            None => true,
        },
        Some(value) => value.as_i64().is_some_and(|length| length < 0),
        None => false,
    };
    if is_negative {
        let message = "a pause is written in seconds, or as `90s`, `5m`, `1h`";
        findings.add(rollout, format!("{path}.pause.duration"), message);
    }
    if step.get("setCanaryScale").is_some() && routing.is_none() {
        let message =
            "without trafficRouting the number of pods is the weight, and cannot be set by itself";
        findings.add(rollout, format!("{path}.setCanaryScale"), message);
    }
    let splits = |router: &str| routing.is_some_and(|routing| routing.get(router).is_some());
    let can_split = ["alb", "smi", "istio", "plugins"].into_iter().any(splits);
    for (index, template) in list(step, "/experiment/templates") {
        if template.get("weight").is_some() && !can_split {
            let message = "only alb, smi, istio and plugins can send a share to an experiment";
            findings.add(
                rollout,
                format!("{path}.experiment.templates[{index}].weight"),
                message,
            );
        }
    }
}

/// Routes that a step asks for: the routers that can, and the names that they may have.
fn routes(
    findings: &mut Findings<'_>,
    rollout: &Document,
    step: &Json,
    routing: Option<&Json>,
    path: &str,
) {
    let kinds = [
        ("setHeaderRoute", &["istio", "alb", "apisix", "plugins"][..]),
        ("setMirrorRoute", &["istio", "plugins"][..]),
    ];
    for (kind, routers) in kinds {
        let Some(route) = step.get(kind) else {
            continue;
        };
        let can = routing
            .is_some_and(|routing| routers.iter().any(|router| routing.get(router).is_some()));
        if !can {
            let message = format!("only {} can do that", routers.join(", "));
            findings.add(rollout, format!("{path}.{kind}"), message);
            continue;
        }
        let name = text(route, "/name").unwrap_or_default();
        let is_managed = routing.is_some_and(|routing| {
            list(routing, "/managedRoutes").any(|(_, managed)| text(managed, "/name") == Some(name))
        });
        if !is_managed {
            let message = format!("the route {name} is not among trafficRouting.managedRoutes");
            findings.add(rollout, format!("{path}.{kind}.name"), message);
        }
        for (index, condition) in list(route, "/match") {
            let fields = ["headerValue", "method", "path"];
            let stated = fields
                .iter()
                .filter_map(|field| Some((field, condition.get(field)?.as_object()?)));
            for (field, matcher) in stated.filter(|(_, matcher)| matcher.len() != 1) {
                let path = format!("{path}.{kind}.match[{index}].{field}");
                let message = format!(
                    "one of exact, prefix and regex is to be said, not {}",
                    matcher.len()
                );
                findings.add(rollout, path, message);
            }
        }
    }
}
