//! The workload of a service in the strategy that it chose.

use builders::{BlueGreenPace, Canary, Pod, Workload};
use environment::Strategy;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use names::Percentage;

use super::services::Services;
use super::traffic::{CANARY, PRIMARY_ROUTE, STABLE, virtual_service_name};
use super::{Plan, analysis, destination_rule, scaling};

fn share(percentage: Percentage) -> IntOrString {
    IntOrString::String(percentage.to_string())
}

/// The workload; its number of replicas belongs to the autoscaler, where it has one.
pub(super) fn workload(plan: &Plan<'_>, pod: Pod, services: &Services) -> Workload {
    let workload = in_strategy(plan, pod, services);
    let workload = if analysis::settings(plan).is_some() {
        workload.analysed_by(&analysis::name(plan))
    } else {
        workload
    };
    let replicas = plan.replicas;
    if scaling::is_scaled(replicas) {
        workload
    } else {
        workload.replicas(replicas.max.value)
    }
}

fn in_strategy(plan: &Plan<'_>, pod: Pod, services: &Services) -> Workload {
    match plan.settings.rollout.value {
        Strategy::Rolling => {
            let pace = &plan.environment.rollouts.rolling;
            Workload::deployment(pod).rolling_update(share(pace.surge), share(pace.unavailable))
        }
        Strategy::BlueGreen => {
            let pace = &plan.environment.rollouts.blue_green;
            Workload::blue_green(pod, &services.main(), &services.other(0)).switched(
                BlueGreenPace {
                    promote_after: pace.promote_after,
                    preview_replicas: pace.preview_replicas,
                    keep: pace.keep,
                },
            )
        }
        Strategy::Canary => Workload::canary(
            pod,
            Canary {
                steps: plan
                    .environment
                    .rollouts
                    .canary
                    .iter()
                    .map(|step| (step.weight, step.pause))
                    .collect(),
                canary_service: services.other(0),
                stable_service: services.other(1),
                virtual_service: (
                    virtual_service_name(plan).to_string(),
                    PRIMARY_ROUTE.to_owned(),
                ),
                destination_rule: (
                    destination_rule::name(plan).to_string(),
                    CANARY.to_owned(),
                    STABLE.to_owned(),
                ),
            },
        ),
    }
}
