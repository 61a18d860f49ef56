//! How the pods of a workload are replaced: how many at a time, how long that takes at least, and whether anything is left
//! without a pod.

use std::fmt;

use serde_json::Value as Json;

use crate::difference::duration;

/// How the pods of a workload are replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rollout {
    /// How many pods there are at least and at most.
    pub pods: (u64, u64),
    /// How it goes, in words.
    pub how: String,
    /// How long it takes at least, in seconds, for the fewest and for the most pods; readiness and pauses alone count.
    pub seconds: (u64, u64),
    /// Whether it waits for a person.
    pub waits: Option<&'static str>,
    /// Why requests fail meanwhile.
    pub interrupts: Option<String>,
}

impl fmt::Display for Rollout {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.how)?;
        // More pods may take less time: a share of them is replaced at once.
        let (one, other) = self.seconds;
        match (one.min(other), one.max(other)) {
            // Nothing says how long a pod takes.
            (_, 0) => {}
            (least, most) if least == most => write!(formatter, ", at least {}", span(least))?,
            (least, most) => write!(formatter, ", at least {} to {}", span(least), span(most))?,
        }
        if let Some(waits) = self.waits {
            write!(formatter, "; {waits}")?;
        }
        Ok(())
    }
}

/// A span of time as people say it.
pub fn span(seconds: u64) -> String {
    match (seconds / 3600, seconds % 3600 / 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, 0, _) => format!("{hours} h"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// The plan for the pods of a workload in its stored form; `scaled` are the bounds of its autoscaler.
pub(crate) fn plan(
    kind: &str,
    object: &Json,
    template: &Json,
    scaled: Option<(u64, u64)>,
) -> Rollout {
    let spec = object.get("spec").unwrap_or(&Json::Null);
    let replicas = number(spec, "/replicas").unwrap_or(1);
    let pods = scaled.unwrap_or((replicas, replicas));
    let pace = Pace::of(spec, template);
    match kind {
        "StatefulSet" => stateful_set(spec, pods, &pace),
        "DaemonSet" => daemon_set(spec, &pace),
        "Rollout" => argo_rollout(spec, pods, &pace),
        _ => deployment(spec, pods, &pace),
    }
}

/// How long one pod takes at least.
struct Pace {
    /// From its start until it counts as available.
    ready: u64,
    /// For which it stays while it shuts down, at least.
    leaves: u64,
    /// For which it may stay while it shuts down.
    grace: u64,
}

impl Pace {
    fn of(spec: &Json, template: &Json) -> Self {
        let containers = template
            .pointer("/spec/containers")
            .and_then(Json::as_array)
            .into_iter()
            .flatten();
        let (mut ready, mut leaves) = (0, 0);
        for container in containers {
            let started = container.get("startupProbe").map_or(0, first_success);
            let is_ready = container.get("readinessProbe").map_or(0, first_success);
            ready = ready.max(started + is_ready);
            let sleep = number(container, "/lifecycle/preStop/sleep/seconds").unwrap_or(0);
            leaves = leaves.max(sleep);
        }
        let grace = number(template, "/spec/terminationGracePeriodSeconds").unwrap_or(30);
        Self {
            ready: ready + number(spec, "/minReadySeconds").unwrap_or(0),
            leaves: leaves.min(grace),
            grace,
        }
    }
}

/// The first moment at which a probe can have succeeded often enough.
fn first_success(probe: &Json) -> u64 {
    let said = |name: &str, default| number(probe, name).unwrap_or(default);
    let more = said("/successThreshold", 1).saturating_sub(1);
    said("/initialDelaySeconds", 0) + more * said("/periodSeconds", 10)
}

fn number(value: &Json, pointer: &str) -> Option<u64> {
    value.pointer(pointer).and_then(Json::as_u64)
}

/// How many of `all` an int-or-string names.
fn share(value: Option<&Json>, all: u64, round_up: bool) -> u64 {
    match value {
        Some(Json::String(text)) => {
            let percent: u64 = text.trim_end_matches('%').parse().unwrap_or(0);
            let product = all * percent;
            if round_up {
                product.div_ceil(100)
            } else {
                product / 100
            }
        }
        Some(value) => value.as_u64().unwrap_or(0),
        None => 0,
    }
}

fn deployment(spec: &Json, pods: (u64, u64), pace: &Pace) -> Rollout {
    if spec.pointer("/strategy/type").and_then(Json::as_str) == Some("Recreate") {
        return Rollout {
            pods,
            how: format!("all {} stop, then all start anew", counted(pods)),
            seconds: (pace.leaves + pace.ready, pace.leaves + pace.ready),
            waits: None,
            interrupts: Some(format!(
                "the strategy is Recreate: no pod answers for at least {}, up to {} more while the old ones shut down",
                span(pace.leaves + pace.ready),
                span(pace.grace)
            )),
        };
    }
    let at_once = |all: u64| {
        let surge = share(spec.pointer("/strategy/rollingUpdate/maxSurge"), all, true);
        let unavailable = share(
            spec.pointer("/strategy/rollingUpdate/maxUnavailable"),
            all,
            false,
        );
        // Kubernetes moves on with one where both round to none.
        if surge + unavailable == 0 {
            (0, 1)
        } else {
            (surge, unavailable)
        }
    };
    let seconds = |all: u64| {
        let (surge, unavailable) = at_once(all);
        all.div_ceil((surge + unavailable).max(1)) * pace.ready
    };
    let (surge, unavailable) = at_once(pods.0);
    let paused = spec.get("paused") == Some(&Json::Bool(true));
    Rollout {
        pods,
        how: format!(
            "rolling over {}, {}",
            counted(pods),
            at_a_time(surge, unavailable, pods.0)
        ),
        seconds: (seconds(pods.0), seconds(pods.1)),
        waits: paused.then_some("waits: the Deployment is paused"),
        interrupts: (pods.0 > 0 && unavailable >= pods.0).then(|| {
            format!(
                "{} of {} pods may be down at once",
                unavailable.min(pods.0),
                pods.0
            )
        }),
    }
}

fn at_a_time(surge: u64, unavailable: u64, all: u64) -> String {
    let started = format!("{} new at a time", surge.max(1).min(all.max(1)));
    match (surge, unavailable) {
        (0, unavailable) => format!("{unavailable} at a time, down before its successor starts"),
        (_, 0) => format!("{started}, none less than now"),
        (_, unavailable) => format!("{started}, up to {unavailable} less than now"),
    }
}

fn counted(pods: (u64, u64)) -> String {
    match pods {
        (1, 1) => "1 pod".to_owned(),
        (least, most) if least == most => format!("{least} pods"),
        (least, most) => format!("{least} to {most} pods"),
    }
}

fn stateful_set(spec: &Json, pods: (u64, u64), pace: &Pace) -> Rollout {
    let one = pace.leaves + pace.ready;
    let by_hand = spec.pointer("/updateStrategy/type").and_then(Json::as_str) == Some("OnDelete");
    let partition = number(spec, "/updateStrategy/rollingUpdate/partition").unwrap_or(0);
    let unavailable = share(
        spec.pointer("/updateStrategy/rollingUpdate/maxUnavailable"),
        pods.0,
        true,
    )
    .max(1);
    let touched = |all: u64| all.saturating_sub(partition);
    let how = if partition > 0 {
        format!(
            "{} of {}: those from number {partition} on, {unavailable} at a time, last first",
            touched(pods.0),
            counted(pods)
        )
    } else {
        format!("{} one after the other, last first", counted(pods))
    };
    let seconds = |all: u64| touched(all).div_ceil(unavailable) * one;
    let is_single = pods.0 == 1 && touched(1) == 1;
    Rollout {
        pods,
        how,
        seconds: (seconds(pods.0), seconds(pods.1)),
        waits: by_hand.then_some("waits: each pod takes it when somebody deletes it (OnDelete)"),
        interrupts: is_single.then(|| {
            format!(
                "its only pod is down for at least {}, up to {} more while it shuts down",
                span(one),
                span(pace.grace)
            )
        }),
    }
}

fn daemon_set(spec: &Json, pace: &Pace) -> Rollout {
    let surge = spec.pointer("/updateStrategy/rollingUpdate/maxSurge");
    let unavailable = spec.pointer("/updateStrategy/rollingUpdate/maxUnavailable");
    let said = |value: Option<&Json>| {
        value.map_or("0".to_owned(), |value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        })
    };
    let by_hand = spec.pointer("/updateStrategy/type").and_then(Json::as_str) == Some("OnDelete");
    let how = if by_hand {
        "node by node".to_owned()
    } else if said(surge) != "0" && said(surge) != "0%" {
        format!(
            "node by node, {} at a time, the new pod before the old one goes",
            said(surge)
        )
    } else {
        format!(
            "node by node, {} at a time, each node without its pod meanwhile",
            said(unavailable)
        )
    };
    Rollout {
        pods: (1, 1),
        how,
        seconds: (pace.leaves + pace.ready, pace.leaves + pace.ready),
        waits: by_hand.then_some("waits: each pod takes it when somebody deletes it (OnDelete)"),
        interrupts: None,
    }
}

fn argo_rollout(spec: &Json, pods: (u64, u64), pace: &Pace) -> Rollout {
    if let Some(blue_green) = spec.pointer("/strategy/blueGreen") {
        let by_hand = blue_green.get("autoPromotionEnabled") == Some(&Json::Bool(false));
        let promotion = number(blue_green, "/autoPromotionSeconds").unwrap_or(0);
        let kept = number(blue_green, "/scaleDownDelaySeconds").unwrap_or(30);
        let seconds = pace.ready + promotion;
        return Rollout {
            pods,
            how: format!(
                "blue-green: {} more pods beside the old ones, then all traffic at once; the old ones stay {}",
                pods.0,
                span(kept)
            ),
            seconds: (seconds, seconds),
            waits: (by_hand && promotion == 0).then_some("waits for somebody to promote it"),
            interrupts: None,
        };
    }
    let steps = spec
        .pointer("/strategy/canary/steps")
        .and_then(Json::as_array);
    let Some(steps) = steps.filter(|steps| !steps.is_empty()) else {
        let rolling = serde_json::json!({"strategy": {"rollingUpdate": {
            "maxSurge": spec.pointer("/strategy/canary/maxSurge").cloned().unwrap_or_else(|| "25%".into()),
            "maxUnavailable": spec.pointer("/strategy/canary/maxUnavailable").cloned().unwrap_or_else(|| "25%".into()),
        }}});
        return deployment(&rolling, pods, pace);
    };
    canary(spec, steps, pods, pace)
}

fn canary(spec: &Json, steps: &[Json], pods: (u64, u64), pace: &Pace) -> Rollout {
    let (mut paused, mut waits, mut weights) = (0, None, Vec::new());
    for step in steps {
        if let Some(weight) = number(step, "/setWeight") {
            weights.push(weight.to_string());
        }
        match step.get("pause") {
            Some(pause) => match pause.get("duration") {
                Some(Json::String(text)) => paused += duration(text).unwrap_or(0) / 1_000,
                Some(value) => paused += value.as_u64().unwrap_or(0),
                None => waits = Some("waits for somebody to promote it"),
            },
            None if step.get("analysis").is_some() => {
                weights.push("analysis".to_owned());
            }
            None => {}
        }
    }
    if weights.last().is_some_and(|weight| weight != "100") {
        weights.push("100".to_owned());
    }
    let seconds = paused + pace.ready;
    if spec.get("paused") == Some(&Json::Bool(true)) {
        waits = Some("waits: the Rollout is paused");
    }
    Rollout {
        pods,
        how: format!("canary {} over {}", weights.join("→"), counted(pods)),
        seconds: (seconds, seconds),
        waits,
        interrupts: None,
    }
}
