//! Which connections the objects themselves say will be opened: by flows that are declared, by environment variables that
//! name a Service, and by routes from outside.

mod address;
mod routes;
mod services;

use self::address::addresses;
pub(crate) use self::services::targets;
use super::{Addresses, Paths, Port};
use crate::cluster::{Cluster, Pods, list, text};
use crate::context::{DeclaredEnd, DeclaredFlow};
use crate::document::Document;

/// A connection that will be opened.
#[derive(Clone, Debug)]
pub(crate) struct Call<'a> {
    /// Who opens it.
    pub(crate) caller: Caller,
    /// Whom it may lead to: the position of the end, and its port. Where several are behind a Service, each is.
    pub(crate) callees: Vec<(usize, Port)>,
    /// The object that says so, where it is one of the judged.
    pub(crate) document: Option<&'a Document>,
    /// Where it stands in it.
    pub(crate) path: String,
    /// Whom the caller means, `Service app/database port 5432`.
    pub(crate) title: String,
}

/// Who opens a connection.
#[derive(Clone, Debug)]
pub(crate) enum Caller {
    /// All of these ends.
    Ends(Vec<usize>),
    /// Some of these ends: which one is not known.
    OneOf(Vec<usize>),
    /// Somebody who is not among the objects: an ingress controller.
    Unknown(&'static str),
}

/// All that can be told.
pub(crate) fn all<'a>(cluster: &Cluster<'a>, paths: &Paths) -> Vec<Call<'a>> {
    let declared = cluster.declared.iter();
    let mut calls: Vec<Call<'a>> = declared
        .filter_map(|flow| of_flow(cluster, paths, flow))
        .collect();
    for (position, pods) in cluster.pods().iter().enumerate() {
        if let Some(from) = paths.of_pods(position) {
            of_variables(cluster, paths, pods, from, &mut calls);
        }
    }
    calls.extend(routes::all(cluster, paths));
    calls
}

/// The ends that a declared end means.
pub(crate) fn ends(cluster: &Cluster<'_>, paths: &Paths, end: &DeclaredEnd) -> Vec<usize> {
    match end {
        DeclaredEnd::Pods {
            namespace, labels, ..
        } => {
            let all = cluster.pods().iter().enumerate();
            let meant = all.filter(|(_, pods)| {
                pods.namespace == *namespace
                    && labels
                        .iter()
                        .all(|(key, value)| pods.labels.get(key) == Some(value))
            });
            meant
                .filter_map(|(position, _)| paths.of_pods(position))
                .collect()
        }
        DeclaredEnd::Addresses { blocks, except } => {
            let of = |blocks: &[names::Cidr]| {
                let blocks = blocks
                    .iter()
                    .filter_map(|block| Addresses::block(&block.to_string()));
                blocks.fold(Addresses::default(), |all, block| all.union(&block))
            };
            paths.at(&of(blocks).difference(&of(except)))
        }
    }
}

fn of_flow<'a>(cluster: &Cluster<'a>, paths: &Paths, flow: &DeclaredFlow) -> Option<Call<'a>> {
    let from = ends(cluster, paths, &flow.from);
    let port = Port {
        protocol: flow.protocol,
        number: flow.port,
    };
    let to = ends(cluster, paths, &flow.to);
    if from.is_empty() || to.is_empty() {
        return None;
    }
    let owner = |end: &DeclaredEnd| {
        let DeclaredEnd::Pods {
            namespace, labels, ..
        } = end
        else {
            return None;
        };
        let mut pods = cluster
            .pods_in(namespace)
            .filter(|pods| pods.owner.is_some());
        let fits = |pods: &&Pods<'a>| {
            labels
                .iter()
                .all(|(key, value)| pods.labels.get(key) == Some(value))
        };
        pods.find(fits)?.owner
    };
    let title = match paths.endpoint(*to.first()?) {
        Some(end) if matches!(flow.to, DeclaredEnd::Pods { .. }) => format!("{end} on {port}"),
        _ => format!("addresses outside on {port}"),
    };
    Some(Call {
        // Of addresses nobody knows which of them will be used.
        caller: match flow.from {
            DeclaredEnd::Pods { .. } => Caller::Ends(from),
            DeclaredEnd::Addresses { .. } => Caller::OneOf(from),
        },
        callees: to.into_iter().map(|end| (end, port)).collect(),
        document: owner(&flow.from).or_else(|| owner(&flow.to)),
        path: String::new(),
        title,
    })
}

/// The Services that environment variables and arguments of containers name.
fn of_variables<'a>(
    cluster: &Cluster<'a>,
    paths: &Paths,
    pods: &Pods<'a>,
    from: usize,
    calls: &mut Vec<Call<'a>>,
) {
    let Some(owner) = pods.owner else {
        return;
    };
    for container in pods.containers() {
        let place = container.path(pods);
        let variables = list(container.value, "/env").filter_map(|(index, variable)| {
            Some((
                format!("{place}.env[{index}].value"),
                text(variable, "/value")?,
            ))
        });
        let arguments = ["command", "args"].into_iter().flat_map(|field| {
            let found = container
                .value
                .get(field)
                .and_then(serde_json::Value::as_array);
            let found = found.into_iter().flatten().enumerate();
            let place = &place;
            found.filter_map(move |(index, value)| {
                Some((format!("{place}.{field}[{index}]"), value.as_str()?))
            })
        });
        for (path, value) in variables.chain(arguments) {
            for address in addresses(value) {
                let namespace = address.namespace.unwrap_or(pods.namespace);
                let Some(service) = cluster.document("", "Service", namespace, address.name) else {
                    continue;
                };
                let callees = targets(cluster, paths, service, &address.port.into());
                if !callees.is_empty() {
                    calls.push(Call {
                        caller: Caller::Ends(vec![from]),
                        callees,
                        document: Some(owner),
                        path: path.clone(),
                        title: format!(
                            "Service {namespace}/{} port {}",
                            address.name, address.port
                        ),
                    });
                }
            }
        }
    }
}
