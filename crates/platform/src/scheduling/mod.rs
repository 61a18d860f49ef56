//! Who goes first: pods by their priority, room kept free for them, and requests at the API server by who sends them.

mod fairness;
mod over_provisioning;
mod priorities;

use environment::Environment;

use crate::component::Component;

pub(crate) use priorities::{PriorityClasses, priority_classes};

/// Who waits for whom at the API server, and room that is kept free, where the environment has them.
pub(crate) fn scheduling(
    environment: &Environment,
    classes: &PriorityClasses,
) -> Vec<Component<()>> {
    let fairness = environment
        .api_fairness
        .as_ref()
        .map(|settings| fairness::api_fairness(environment, settings));
    let room = environment
        .over_provisioning
        .as_ref()
        .map(|settings| over_provisioning::over_provisioning(settings, classes));
    fairness.into_iter().chain(room).collect()
}
