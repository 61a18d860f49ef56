//! What services promise their callers, as alerts.

use configs::prometheus::RuleGroup;
use configs::prometheus::alerts::{Objective, Source, services};
use environment::Environment;
use names::WorkloadName;

/// The alerts of every service for which the environment says what it promises, counted by the mesh where it is in it.
pub(super) fn objectives(environment: &Environment) -> Vec<RuleGroup> {
    let promised: Vec<(Source, Objective)> = environment
        .services
        .iter()
        .filter_map(|(name, service)| {
            let alerts = environment.alerts(service)?;
            let namespace = service.namespace.value.clone();
            let source = if environment.is_meshed(&namespace) {
                Source::Mesh
            } else {
                Source::Service
            };
            let workload: WorkloadName = name.clone().into();
            let objective = Objective {
                namespace,
                workload,
                errors: alerts.errors,
                latency: alerts.latency,
                after: alerts.after,
            };
            Some((source, objective))
        })
        .collect();
    [
        (Source::Mesh, "services"),
        (Source::Service, "services-by-themselves"),
    ]
    .into_iter()
    .filter_map(|(source, name)| {
        let of_source: Vec<Objective> = promised
            .iter()
            .filter(|(other, _)| *other == source)
            .map(|(_, objective)| objective.clone())
            .collect();
        (!of_source.is_empty()).then(|| services(name, source, &of_source))
    })
    .collect()
}
