//! Coordination, checkpoints and tenants of a cluster that tenants share.

use api::autoscaling_k8s_io::v1::VerticalPodAutoscaler;
use configs::runbook::{Breaker, Checkpoints, Coordination, Tenants, Tier, TierTest};
use environment::{CircuitBreaker, TenantPlan};
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::batch::v1::CronJob;
use manifest::Manifest;
use names::ComponentName;

use super::Page;
use super::index::{label, namespace};
use crate::coordination::{CHECKPOINTS_TO_RESTORE, LEASE};
use crate::tenancy::NODE_POOL;

/// The chapter of the coordinator, where the environment has one.
pub(super) fn coordination(page: &Page<'_>) -> Option<Coordination> {
    let settings = page.environment.coordinator.as_ref()?;
    let deployment = page
        .index
        .in_application::<Deployment>("vpa-nap-coordinator")?;
    Some(Coordination {
        namespace: namespace(deployment),
        deployment: deployment.id().name.clone(),
        app: label(deployment, "app"),
        lease: LEASE.to_string(),
        breakers: settings.circuit_breakers.iter().map(breaker).collect(),
    })
}

fn breaker((tier, breaker): (&ComponentName, &CircuitBreaker)) -> Breaker {
    Breaker {
        tier: tier.to_string(),
        nodes: breaker.node_churn_per_hour,
        evictions: breaker.eviction_rate_per_minute,
        minutes: u32::try_from(breaker.cooldown.as_seconds() / 60).unwrap_or(u32::MAX),
    }
}

/// How checkpoints of vertical scaling are restored, where they are backed up.
pub(super) fn checkpoints(page: &Page<'_>) -> Option<Checkpoints> {
    let settings = page.environment.checkpoint_backup.as_ref()?;
    let job = page
        .index
        .in_application::<CronJob>("vpa-checkpoint-backup")?;
    Some(Checkpoints {
        namespace: namespace(job),
        cron_job: job.id().name.clone(),
        app: label(job, "app"),
        schedule: settings.schedule.to_string(),
        settings: CHECKPOINTS_TO_RESTORE.to_string(),
    })
}

/// The chapter of tenants, where the environment has tiers.
pub(super) fn tenants(page: &Page<'_>) -> Option<Tenants> {
    let tenancy = page.environment.tenancy.as_ref()?;
    let plans = page.environment.tenant_plans();
    let tiers = tenancy.tiers.iter().map(|(name, tier)| {
        let of_tier = plans.iter().filter(|plan| plan.tier_name == name);
        Tier {
            name: name.to_string(),
            pool: tier.node_pool.to_string(),
            mode: tier.vpa.mode.to_string(),
            cpu: tier.vpa.max_cpu.to_string(),
            memory: tier.vpa.max_memory.to_string(),
            monitoring: tier.monitoring.to_string(),
            tenants: of_tier
                .map(|plan| plan.name.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        }
    });
    Some(Tenants {
        environment: page.name.to_owned(),
        pool_label: NODE_POOL.to_string(),
        tiers: tiers.collect(),
        tests: tests(page, &plans),
    })
}

/// The autoscalers of the test workloads.
fn tests(page: &Page<'_>, plans: &[TenantPlan<'_>]) -> Vec<TierTest> {
    let of_tenant = |manifest: &Manifest| {
        let space = namespace(manifest);
        plans.iter().any(|plan| plan.namespace.as_str() == space)
    };
    page.index
        .of_type::<VerticalPodAutoscaler>()
        .into_iter()
        .filter(|(manifest, _)| of_tenant(manifest))
        .map(|(manifest, _)| TierTest {
            namespace: namespace(manifest),
            autoscaler: manifest.id().name.clone(),
        })
        .collect()
}
