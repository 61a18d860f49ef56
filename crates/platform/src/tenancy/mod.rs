//! Namespaces with everything that bounds what runs in them.

mod limits;
mod namespace;
mod policies;
mod quota;

use environment::Environment;
use names::{ApplicationName, NamespaceName, name};

use crate::component::Component;
use crate::{addons, wave};

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
        component = component
            .with([
                namespace::namespace(name, settings),
                quota::quota(name, &settings.quota),
                limits::limit_range(name, &settings.defaults),
                policies::default_deny(name),
                policies::allow_dns(name),
            ])
            .with(settings.mesh.then(|| policies::allow_mesh(name)));
    }
    component.with(
        addons::namespaces(environment)
            .into_iter()
            .map(|(name, level)| namespace::of_chart(&name, level)),
    )
}
