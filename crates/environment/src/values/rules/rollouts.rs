//! Rollouts: the weights of a canary rise and end with all of the traffic, and who asks for a canary has its steps.

use crate::Diagnostics;
use crate::values::{Environment, Strategy};

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    let rollouts = &environment.rollouts;
    if rollouts.canary.is_empty() {
        without_steps(environment, diagnostics);
        return;
    }
    let weights: Vec<u8> = rollouts
        .canary
        .iter()
        .map(|step| step.weight.get())
        .collect();
    if !weights.is_sorted_by(|one, other| one < other) {
        diagnostics.error(
            &rollouts.canary.origin,
            "the weights of a canary must rise from step to step",
        );
    }
    if weights.last() != Some(&100) {
        diagnostics
            .error(
                &rollouts.canary.origin,
                "the last step of a canary must have the weight 100",
            )
            .help("end with `- { weight: 100 }`, so that the list says what is reached");
    }
}

fn without_steps(environment: &Environment, diagnostics: &mut Diagnostics) {
    for service in environment
        .services
        .values()
        .filter(|service| service.rollout.value == Strategy::Canary)
    {
        diagnostics
            .error(
                &service.rollout.origin,
                "a canary needs steps, and this environment has none",
            )
            .help("list them under `rollouts.canary`, or choose `rolling` or `blue-green`");
    }
}
