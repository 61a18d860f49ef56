//! Tenants: a namespace for each with its bounds and rights, and the policies that follow from its tier.

mod access;
pub(crate) mod monitoring;
mod network;
mod policies;
mod test_workload;

use builders::Flow;
use environment::{Environment, Tenancy, TenantPlan};
use manifest::Manifest;
use names::{ApplicationName, LabelKey, LabelValue, NamespaceName, label_key, name};

use super::{limits, namespace, quota};
use crate::component::Component;
use crate::observability::PrometheusHandles;
use crate::wave;

/// The label that says whose a namespace or a pod is.
pub(crate) const TENANT: LabelKey = label_key!("tenant");
/// The label that says what a tenant gets.
pub(crate) const TIER: LabelKey = label_key!("tenant-tier");
/// The label that says how closely a tenant is watched.
const MONITORING_TIER: LabelKey = label_key!("monitoring-tier");
/// The label of a Deployment that brings an autoscaler of its own, and its value.
const VERTICAL_SCALING: (LabelKey, &str) = (label_key!("vertical-scaling"), "declared");

/// The tenants' namespaces, their policies, and the workload that shows whether these work.
pub(crate) fn tenants(
    environment: &Environment,
    prometheus: &PrometheusHandles,
) -> Vec<Component<()>> {
    let Some(tenancy) = &environment.tenancy else {
        return Vec::new();
    };
    let plans = environment.tenant_plans();
    let test = tenancy
        .test
        .as_ref()
        .map(|test| test_workload::test_workload(test, &plans));
    [
        namespaces(tenancy, &plans, prometheus),
        policies::policies(environment, tenancy),
    ]
    .into_iter()
    .chain(test)
    .collect()
}

fn namespaces(
    tenancy: &Tenancy,
    plans: &[TenantPlan<'_>],
    prometheus: &PrometheusHandles,
) -> Component<()> {
    let scrapes: Vec<Flow> = plans
        .iter()
        .map(|plan| network::scrape(plan, prometheus, tenancy.monitoring.port))
        .collect();
    plans.iter().fold(
        Component::new(
            &name!(ApplicationName, "tenants"),
            &name!(NamespaceName, "kube-system"),
            wave::FOUNDATION,
            (),
        )
        .talks(scrapes)
        .with([access::viewers_of_autoscalers()]),
        |component, plan| {
            component.with(bounds(plan)).with(network::policies(
                plan,
                prometheus,
                tenancy.monitoring.port,
            ))
        },
    )
}

fn bounds(plan: &TenantPlan<'_>) -> [Manifest; 4] {
    let most = (plan.tier.vpa.max_cpu.value, plan.tier.vpa.max_memory.value);
    [
        namespace::of_tenant(&plan.namespace)
            .label(TENANT, plan.name.clone())
            .label(TIER, plan.tier_name.clone())
            .label(
                MONITORING_TIER,
                LabelValue::from_static(plan.tier.monitoring.value.as_str()),
            ),
        quota::quota(&plan.namespace, &plan.tier.quota),
        limits::limit_range(&plan.namespace, &plan.tier.defaults, Some(most)),
        access::editors(plan),
    ]
}
