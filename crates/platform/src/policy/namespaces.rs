//! Namespaces by what may run in them, as policies, Falco's rules and the API server's levels need them.

use std::collections::BTreeSet;

use environment::{Environment, PodSecurityLevel};
use names::NamespaceName;

use crate::addons;

/// What watches everything: metrics and the agents of the nodes.
pub(crate) fn observers(environment: &Environment) -> BTreeSet<NamespaceName> {
    BTreeSet::from([
        environment.monitoring.namespace.value.clone(),
        environment.logging.fluentd.namespace.value.clone(),
    ])
}

/// Those of charts that are not observers.
pub(crate) fn controllers(environment: &Environment) -> BTreeSet<NamespaceName> {
    let observers = observers(environment);
    addons::namespaces(environment)
        .into_iter()
        .map(|namespace| namespace.name)
        .filter(|name| !observers.contains(name))
        .collect()
}

/// Services, data and tenants: those of the environment that are neither observers nor privileged.
pub(crate) fn applications(environment: &Environment) -> BTreeSet<NamespaceName> {
    let (observers, privileged) = (observers(environment), privileged(environment));
    environment
        .namespaces
        .keys()
        .filter(|name| !observers.contains(*name) && !privileged.contains(*name))
        .cloned()
        .collect()
}

/// Those whose pods may do anything by their Pod Security level, whose reason is stated there.
pub(crate) fn privileged(environment: &Environment) -> BTreeSet<NamespaceName> {
    let own = environment
        .namespaces
        .iter()
        .filter(|(_, settings)| {
            settings
                .pod_security
                .as_ref()
                .is_some_and(|security| security.level == PodSecurityLevel::Privileged)
        })
        .map(|(name, _)| name.clone());
    let charts = addons::namespaces(environment)
        .into_iter()
        .filter(|namespace| namespace.level == PodSecurityLevel::Privileged)
        .map(|namespace| namespace.name);
    own.chain(charts).collect()
}
