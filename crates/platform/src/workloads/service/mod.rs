//! A service of the golden path: from ten lines of an environment file to its full set of objects.

mod access;
mod pod;
mod scaling;
mod secrets;
mod traffic;
mod workload;

use std::collections::BTreeMap;

use builders::{Endpoint, Flow, Identity, NamedPort, Peer, ServiceAccountRef};
use environment::{Environment, Service};
use names::{ApplicationName, ComponentName, NamespaceName, PortName, name, port};

use crate::component::Component;
use crate::convert::{identity, method};
use crate::data::PostgresHandles;
use crate::mesh::MeshHandles;
use crate::network::{API_SERVER, nodes};
use crate::observability::PrometheusHandles;
use crate::secrets::SecretStore;
use crate::wave;

/// Where a proxy serves the metrics of its application and its own, outside of mutual TLS.
const MERGED_METRICS: NamedPort =
    NamedPort::tcp(PortName::from_static("http-merged"), port!(15_020));

/// One service with what follows from its settings before anything is made of it.
struct Plan<'a> {
    environment: &'a Environment,
    settings: &'a Service,
    identity: Identity,
    account: ServiceAccountRef,
    http: NamedPort,
    meshed: bool,
}

impl<'a> Plan<'a> {
    fn new(environment: &'a Environment, name: &'a ComponentName, settings: &'a Service) -> Self {
        let namespace = &settings.namespace.value;
        let application: ApplicationName = name.with_suffix("");
        let identity = identity(&application, namespace, &name.with_suffix(""));
        Self {
            account: access::account(&identity, settings).handle(),
            http: NamedPort::tcp(name!(PortName, "http"), settings.port),
            meshed: environment
                .namespaces
                .get(namespace)
                .is_some_and(|namespace| namespace.mesh),
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
    store: &SecretStore,
    mesh: &MeshHandles,
    prometheus: &PrometheusHandles,
    postgres: Option<&PostgresHandles>,
) -> Vec<Component<()>> {
    let plans: BTreeMap<&ComponentName, Plan<'_>> = environment
        .services
        .iter()
        .map(|(name, settings)| (name, Plan::new(environment, name, &settings.value)))
        .collect();
    let database =
        postgres.map(|postgres| (name!(ComponentName, "postgres"), &postgres.read_write));
    plans
        .values()
        .map(|plan| {
            let calls =
                plan.settings
                    .calls
                    .iter()
                    .filter_map(|call| match plans.get(&call.value) {
                        Some(callee) => Some(restricted(
                            Flow::new(&plan.peer(), &callee.endpoint()),
                            callee,
                        )),
                        None => database
                            .as_ref()
                            .filter(|(name, _)| *name == call.value)
                            .map(|(_, endpoint)| Flow::new(&plan.peer(), endpoint)),
                    });
            component(plan, store, mesh, prometheus).talks(calls)
        })
        .collect()
}

/// A flow that may only use the methods which the callee accepts.
fn restricted(flow: Flow, callee: &Plan<'_>) -> Flow {
    flow.methods(callee.settings.methods.iter().copied().map(method))
}

fn component(
    plan: &Plan<'_>,
    store: &SecretStore,
    mesh: &MeshHandles,
    prometheus: &PrometheusHandles,
) -> Component<()> {
    let secrets = secrets::secrets(plan, store);
    let services = traffic::services(plan);
    let pod = pod::pod(plan, &secrets);
    let workload = workload::workload(plan, pod, &services);
    let target = workload.scale_target();
    let exposed = plan
        .settings
        .exposed
        .as_ref()
        .map(|_| restricted(Flow::new(&mesh.gateway, &plan.endpoint()), plan));
    let metrics = if plan.meshed {
        Flow::new(
            &prometheus.peer,
            &Endpoint {
                peer: plan.peer(),
                port: MERGED_METRICS,
            },
        )
        .outside_the_mesh()
    } else {
        Flow::new(&prometheus.peer, &plan.endpoint())
    };
    let api_server = access::reads_the_api(plan.settings).then(|| {
        Flow::new(
            &plan.peer(),
            &Endpoint {
                peer: nodes(plan.environment),
                port: API_SERVER,
            },
        )
    });
    Component::new(
        plan.identity.application(),
        plan.namespace(),
        wave::OPERATIONS,
        (),
    )
    .with(access::manifests(plan))
    .with(secrets.into_manifests())
    .with(scaling::manifests(plan, &target))
    .with(traffic::mesh_objects(plan, &services, mesh))
    .with(services.into_manifests())
    .with([workload.manifest()])
    .talks(exposed)
    .talks([metrics])
    .talks(api_server)
    .application(|application| application.ignore_differences(traffic::ignored_differences(plan)))
}
