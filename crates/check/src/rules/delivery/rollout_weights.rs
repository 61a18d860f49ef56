//! DELV008: the steps of a canary lead upwards, with time to look between them.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::rollouts;

/// The steps of a canary lead upwards, with time to look between them.
pub(crate) static RULE: Rule = Rule {
    code: "DELV008",
    area: Area::Delivery,
    severity: Severity::Warning,
    title: "the steps of a canary lead upwards, with time to look between them",
    why: "A share that nothing waits at is none: the next step follows at once. A share that falls takes requests away from pods that have just begun to serve them.",
    fix: "Let the weights rise, and put a pause with a duration or an analysis behind each.",
    absorbs: &["datree ARGO_ROLLOUT_MISSING_PAUSE_DURATION"],
    check: Some(check),
};

/// Steps that take time.
const WAITING: [&str; 3] = ["pause", "analysis", "experiment"];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for rollout in rollouts::all(cluster) {
        let beside = rollout.value.lookup("/spec/strategy/canary/analysis");
        // The last weight, and whether something waited at it.
        let mut last: Option<(usize, i64, bool)> = None;
        for (index, step) in list(&rollout.value, "/spec/strategy/canary/steps") {
            let waits = WAITING.iter().any(|kind| step.get(kind).is_some());
            let Some(weight) = step.get("setWeight").and_then(Json::as_i64) else {
                last = last.map(|(at, weight, waited)| (at, weight, waited || waits));
                continue;
            };
            if let Some((at, before, waited)) = last {
                let path = format!("spec.strategy.canary.steps[{index}].setWeight");
                if weight <= before {
                    let message = format!("the weight goes from {before} to {weight}");
                    findings.add(rollout, path, message);
                } else if !waited {
                    let message = format!("nothing waits at the weight {before}");
                    findings.add(
                        rollout,
                        format!("spec.strategy.canary.steps[{at}].setWeight"),
                        message,
                    );
                }
            }
            last = Some((index, weight, false));
        }
        let steps = list(&rollout.value, "/spec/strategy/canary/steps").count();
        if let Some(start) = beside.and_then(|analysis| analysis.get("startingStep")?.as_u64())
            && usize::try_from(start).is_ok_and(|start| start > steps)
        {
            let message = format!("the analysis starts at step {start}, and there are {steps}");
            findings.add(
                rollout,
                "spec.strategy.canary.analysis.startingStep",
                message,
            );
        }
    }
}
