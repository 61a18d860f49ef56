//! How tenants are watched: what their monitoring tiers mean to Prometheus.

use configs::prometheus::MonitoringTier;
use environment::Environment;
use names::NamespaceName;

/// The monitoring tiers with the namespaces of those who have them.
pub(crate) fn tiers(environment: &Environment) -> Vec<MonitoringTier> {
    let plans = environment.tenant_plans();
    let monitoring = environment
        .tenancy
        .iter()
        .map(|tenancy| &tenancy.monitoring);
    monitoring
        .flat_map(|monitoring| {
            monitoring
                .tiers
                .iter()
                .map(|(tier, scope)| (monitoring.port, *tier, scope))
        })
        .map(|(port, tier, scope)| MonitoringTier {
            name: tier.as_str(),
            namespaces: plans
                .iter()
                .filter(|plan| plan.tier.monitoring.value == tier)
                .map(|plan| plan.namespace.clone())
                .collect(),
            port,
            interval: scope.interval,
            sample_limit: scope.samples.into(),
            metrics: scope.metrics.clone(),
            alerts: scope.alerts.iter().map(ToString::to_string).collect(),
        })
        .collect()
}

/// The namespaces of all tenants, which no other job scrapes.
pub(crate) fn namespaces(environment: &Environment) -> impl Iterator<Item = NamespaceName> {
    environment
        .tenant_plans()
        .into_iter()
        .map(|plan| plan.namespace)
}
