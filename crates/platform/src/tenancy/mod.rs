//! Namespaces with everything that bounds what runs in them.

mod limits;
mod namespace;
mod policies;
mod pool;
mod quota;
mod tenants;

use environment::Environment;
use names::{ApplicationName, NamespaceName, name};

use crate::component::Component;
use crate::{addons, wave};

pub(crate) use pool::{NODE_POOL, Pool};
pub(crate) use tenants::{monitoring, tenants};

/// All namespaces: those of the environment file with their bounds, and those of the charts.
pub(crate) fn namespaces(environment: &Environment) -> Component<()> {
    let application = name!(ApplicationName, "namespaces");
    let mut component = Component::new(
        &application,
        &name!(NamespaceName, "kube-system"),
        wave::FOUNDATION,
        (),
    );
    for (name, settings) in &environment.namespaces {
        let inside = settings.mesh.value;
        let namespace = namespace::namespace(name, settings);
        let namespace = namespace::meshed(namespace, inside, environment);
        component = component
            .with([
                namespace::balanced(namespace, name, environment),
                quota::quota(name, &settings.quota),
                limits::limit_range(name, &settings.defaults, None),
                policies::default_deny(name),
                policies::allow_dns(name),
            ])
            .with(inside.then(|| policies::allow_mesh(name)));
    }
    for chart in addons::namespaces(environment) {
        let denial = chart.isolated.then(|| {
            [
                policies::default_deny(&chart.name),
                policies::allow_dns(&chart.name),
            ]
        });
        component = component
            .with([namespace::of_chart(&chart, environment)])
            .with(denial.into_iter().flatten());
    }
    component
}
