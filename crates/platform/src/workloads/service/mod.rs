//! A service of the golden path: from ten lines of an environment file to its full set of objects.

mod access;
mod analysis;
mod calls;
mod destination_rule;
mod ingress;
mod load_balancer;
mod pod;
mod scaling;
mod secrets;
mod services;
mod traffic;
mod workload;

use std::collections::BTreeMap;

use builders::{Endpoint, Identity, NamedPort, Peer, ServiceAccountRef};
use environment::{Environment, Replicas, Resilience, Service};
use manifest::Manifest;
use names::{ApplicationName, ComponentName, NamespaceName, PortName, name};

use crate::component::Component;
use crate::convert::identity;
use crate::mesh::MeshHandles;
use crate::observability::PrometheusHandles;
use crate::scheduling::PriorityClasses;
use crate::secrets::SecretStore;
use crate::wave;

pub(crate) use load_balancer::public_name;

/// What services stand on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surroundings<'a> {
    /// Where secrets come from.
    pub(crate) store: &'a SecretStore,
    /// The mesh, where there is one.
    pub(crate) mesh: Option<&'a MeshHandles>,
    /// What scrapes the services, and measures their new versions.
    pub(crate) prometheus: &'a PrometheusHandles,
    /// The components that services may call, by the names under which they do.
    pub(crate) callable: &'a BTreeMap<&'static str, Endpoint>,
    /// Which pods go first.
    pub(crate) priorities: &'a PriorityClasses,
}

/// One service with what follows from its settings before anything is made of it.
struct Plan<'a> {
    environment: &'a Environment,
    settings: &'a Service,
    replicas: &'a Replicas,
    resilience: Resilience,
    identity: Identity,
    account: ServiceAccountRef,
    http: NamedPort,
    meshed: bool,
}

/// The services by their names.
type Plans<'a> = BTreeMap<&'a ComponentName, Plan<'a>>;

impl<'a> Plan<'a> {
    fn new(environment: &'a Environment, name: &'a ComponentName, settings: &'a Service) -> Self {
        let namespace = &settings.namespace.value;
        let application: ApplicationName = name.with_suffix("");
        let identity = settings.labels.iter().fold(
            identity(&application, namespace, &name.with_suffix("")),
            |identity, (key, value)| identity.label(key, value),
        );
        Self {
            account: access::account(&identity, settings).handle(),
            http: NamedPort::tcp(name!(PortName, "http"), settings.port),
            meshed: environment.is_meshed(namespace),
            replicas: environment.replicas(settings),
            resilience: environment.resilience(settings),
            environment,
            settings,
            identity,
        }
    }

    fn namespace(&self) -> &NamespaceName {
        self.identity.namespace()
    }

    fn peer(&self) -> Peer {
        if self.meshed {
            Peer::meshed(&self.identity, &self.account)
        } else {
            Peer::plain(&self.identity, &self.account)
        }
    }

    fn endpoint(&self) -> Endpoint {
        Endpoint {
            peer: self.peer(),
            port: self.http.clone(),
        }
    }
}

/// The services of `environment`, each an application of its own.
pub(crate) fn services(
    environment: &Environment,
    surroundings: &Surroundings<'_>,
) -> Vec<Component<()>> {
    let plans: Plans<'_> = environment
        .services
        .iter()
        .map(|(name, settings)| (name, Plan::new(environment, name, &settings.value)))
        .collect();
    plans
        .values()
        .map(|plan| {
            component(plan, surroundings)
                .talks(calls::flows(plan, &plans, surroundings))
                .talks(analysis::flow(plan, surroundings))
        })
        .collect()
}

fn component(plan: &Plan<'_>, surroundings: &Surroundings<'_>) -> Component<()> {
    let secrets = secrets::secrets(plan, surroundings.store);
    let services = services::services(plan);
    let pod = pod::pod(plan, &secrets, surroundings.priorities);
    let workload = workload::workload(plan, pod, &services);
    let target = workload.scale_target();
    let mesh = surroundings
        .mesh
        .map(|mesh| traffic::mesh_objects(plan, &services, mesh));
    Component::new(
        plan.identity.application(),
        plan.namespace(),
        wave::OPERATIONS,
        (),
    )
    .with(access::manifests(plan))
    .with(secrets.into_manifests())
    .with(scaling::manifests(plan, &target))
    .with(mesh.into_iter().flatten())
    .with(analysis::template(plan, surroundings))
    .with(ways_in(plan, &services))
    .with(services.into_manifests())
    .with([workload.manifest()])
    .application(|application| application.ignore_differences(traffic::ignored_differences(plan)))
}

/// What lets traffic in from outside of the cluster, beside the mesh's gateway.
fn ways_in(plan: &Plan<'_>, services: &services::Services) -> Vec<Manifest> {
    let settings = plan.settings;
    let balancer = settings
        .load_balancer
        .as_ref()
        .map(|settings| load_balancer::service(plan, settings));
    let route = settings
        .ingress
        .as_ref()
        .zip(plan.environment.ingress.as_ref())
        .map(|(route, ingress)| ingress::route(plan, services, ingress, route));
    balancer.into_iter().chain(route).collect()
}
