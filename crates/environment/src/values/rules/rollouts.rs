//! Rollouts: the weights of a canary rise and end with all of the traffic.

use crate::Diagnostics;
use crate::values::Rollouts;

pub(super) fn check(rollouts: &Rollouts, diagnostics: &mut Diagnostics) {
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
