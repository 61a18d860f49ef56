//! Whom a service talks to, and who talks to it.

use builders::{Flow, Labels, Peer};
use environment::Caller;
use names::{LabelValue, ObjectName, linked};

use super::{Plan, Plans, Surroundings, access, load_balancer};
use crate::convert::method;
use crate::ingress;
use crate::network::api_server;
use crate::observability::scraping;

/// A flow that may only use the methods which the callee accepts.
fn restricted(flow: Flow, callee: &Plan<'_>) -> Flow {
    flow.methods(callee.settings.methods.iter().copied().map(method))
}

/// The flows from a service to what it calls.
fn outgoing(plan: &Plan<'_>, plans: &Plans<'_>, surroundings: &Surroundings<'_>) -> Vec<Flow> {
    let calls = plan
        .settings
        .calls
        .iter()
        .filter_map(|call| match plans.get(&call.value) {
            Some(callee) => Some(restricted(
                Flow::new(&plan.peer(), &callee.endpoint()),
                callee,
            )),
            None => surroundings
                .callable
                .get(call.as_str())
                .map(|endpoint| Flow::new(&plan.peer(), endpoint)),
        });
    let api_server = access::reads_the_api(plan.settings)
        .then(|| Flow::new(&plan.peer(), &api_server(plan.environment)));
    calls.chain(api_server).collect()
}

/// The flows that let traffic in: through the gateway by its account, from outside of the mesh in plain text.
fn incoming(plan: &Plan<'_>, surroundings: &Surroundings<'_>) -> Vec<Flow> {
    let settings = plan.settings;
    let from = |peer: &Peer| restricted(Flow::new(peer, &plan.endpoint()), plan);
    let gateway = settings
        .exposed
        .as_ref()
        .and(surroundings.mesh)
        .map(|mesh| from(&mesh.gateway));
    let balancer = settings
        .load_balancer
        .as_ref()
        .map(|settings| from(&load_balancer::peer(plan, settings)).plain_text());
    let controller = settings
        .ingress
        .as_ref()
        .map(|_| from(&ingress::controller()).plain_text());
    let callers = settings
        .callers
        .iter()
        .map(|caller| from(&peer(plan, caller)));
    gateway
        .into_iter()
        .chain(balancer)
        .chain(controller)
        .chain(callers)
        .collect()
}

/// The pods that a caller stands for.
fn peer(plan: &Plan<'_>, caller: &Caller) -> Peer {
    let namespace = caller
        .namespace
        .as_ref()
        .map_or_else(|| plan.namespace(), |namespace| &namespace.value);
    let labels: Labels = caller
        .labels
        .iter()
        .map(|(key, value)| (key.to_string(), value.to_string()))
        .collect();
    let name: ObjectName = match caller.labels.values().next() {
        Some(value) => linked(namespace.as_str(), "-", LabelValue::as_str(value)),
        None => namespace.with_suffix(""),
    };
    Peer::Pods {
        name,
        namespace: namespace.clone(),
        labels,
        account: None,
    }
}

/// What scrapes the service's metrics.
fn metrics(plan: &Plan<'_>, surroundings: &Surroundings<'_>) -> Flow {
    let endpoint = plan.endpoint();
    scraping(
        surroundings.prometheus,
        &endpoint.peer,
        plan.meshed,
        &endpoint.port,
    )
}

/// Every flow from and to a service.
pub(super) fn flows(
    plan: &Plan<'_>,
    plans: &Plans<'_>,
    surroundings: &Surroundings<'_>,
) -> Vec<Flow> {
    outgoing(plan, plans, surroundings)
        .into_iter()
        .chain(incoming(plan, surroundings))
        .chain([metrics(plan, surroundings)])
        .collect()
}
