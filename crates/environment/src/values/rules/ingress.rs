//! Ways in: each path leads to one service, load balancers are of a provider that has them, callers are told apart.

use std::collections::BTreeMap;

use names::{ComponentName, Duration, PathPrefix};

use crate::values::{Environment, Provider, Service, Strategy};
use crate::{Diagnostics, Located};

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    let services = || {
        environment
            .services
            .iter()
            .map(|(name, service)| (name, &service.value))
    };
    owned(
        services().flat_map(|(name, service)| {
            let exposed = service.exposed.iter().flat_map(|exposed| &exposed.paths);
            exposed.map(move |path| (name, path))
        }),
        Nesting::OfTheRootOnly,
        diagnostics,
    );
    owned(
        services().flat_map(|(name, service)| {
            let routes = service.ingress.iter().flat_map(|route| route.paths.iter());
            routes.map(move |path| (name, path))
        }),
        Nesting::Free,
        diagnostics,
    );
    for (name, service) in services() {
        ingress(environment, name, service, diagnostics);
        load_balancer(environment, service, diagnostics);
        callers(environment, service, diagnostics);
    }
}

/// Whether a path of one service may lie below a path of another.
#[derive(Clone, Copy, PartialEq)]
enum Nesting {
    /// The longest path wins.
    Free,
    /// The order of the routes is open, but for what leads everywhere, which comes last.
    OfTheRootOnly,
}

/// There is one host, so that each of its paths leads to one service.
fn owned<'a>(
    paths: impl Iterator<Item = (&'a ComponentName, &'a Located<PathPrefix>)>,
    nesting: Nesting,
    diagnostics: &mut Diagnostics,
) {
    let mut owners: BTreeMap<&PathPrefix, (&ComponentName, crate::Origin)> = BTreeMap::new();
    for (name, path) in paths {
        if let Some((other, origin)) = owners.get(&path.value) {
            diagnostics
                .error(
                    &path.origin,
                    format!("`{}` leads to `{other}` already", path.value),
                )
                .label(origin, "here")
                .help(format!("give `{name}` a path of its own"));
        }
        let nested = owners.iter().find(|(other, (owner, _))| {
            nesting == Nesting::OfTheRootOnly
                && *owner != name
                && (is_below(&path.value, other) || is_below(other, &path.value))
        });
        if let Some((other, (owner, origin))) = nested {
            diagnostics
                .error(
                    &path.origin,
                    format!("`{}` and `{other}` overlap, and nothing says which is asked first", path.value),
                )
                .label(origin, format!("of `{owner}`"))
                .help("the gateway orders nothing but `/`, which comes last: give each service a path apart from the others");
        }
        owners.insert(&path.value, (name, path.origin));
    }
}

/// Whether `path` lies below `other`, where `other` is not the root.
fn is_below(path: &PathPrefix, other: &PathPrefix) -> bool {
    let parent = other.as_str().trim_end_matches('/');
    !parent.is_empty()
        && path
            .as_str()
            .strip_prefix(parent)
            .is_some_and(|rest| rest.starts_with('/') && rest.len() > 1)
}

fn ingress(
    environment: &Environment,
    name: &ComponentName,
    service: &Service,
    diagnostics: &mut Diagnostics,
) {
    let Some(route) = &service.ingress else {
        return;
    };
    if environment.ingress.is_none() {
        diagnostics
            .error(
                &route.paths.origin,
                format!("`{name}` has a path of an ingress that this environment does not have"),
            )
            .help("describe the host under `ingress:` at the top");
    }
    if route.paths.is_empty() {
        diagnostics.error(&route.paths.origin, "no path leads to the service");
    }
    if service.rollout.value == Strategy::Canary {
        diagnostics
            .error(
                &service.rollout.origin,
                "the ingress controller knows no weights of a canary",
            )
            .label(
                &route.paths.origin,
                "it would send traffic to all versions alike",
            )
            .help(
                "expose the service through the mesh gateway, or choose `rolling` or `blue-green`",
            );
    }
    for path in &route.cached {
        let leads_there = route.paths.iter().any(|other| {
            other.value == path.value || other.as_str() == "/" || is_below(&path.value, other)
        });
        if !leads_there {
            diagnostics
                .error(
                    &path.origin,
                    format!(
                        "answers of `{}` are kept, but the path does not lead here",
                        path.value
                    ),
                )
                .label(&route.paths.origin, "the paths that do");
        }
    }
}

/// Client affinity lasts a day at most (the API server's own bound).
const LONGEST_AFFINITY: Duration = Duration::hours(24);

fn load_balancer(environment: &Environment, service: &Service, diagnostics: &mut Diagnostics) {
    let Some(settings) = &service.load_balancer else {
        return;
    };
    match &environment.cluster.provider {
        Provider::Eks(eks) => {
            if environment.addons.aws_load_balancer_controller.is_none() {
                diagnostics
                    .error(
                        &settings.certificate.origin,
                        "a load balancer needs a chart that is not installed",
                    )
                    .help("add `addons.awsLoadBalancerController`");
            }
            if settings.certificate.service() != "acm"
                || settings.certificate.region() != Some(eks.region.as_str())
            {
                diagnostics
                    .error(
                        &settings.certificate.origin,
                        "the certificate is not one of ACM in the cluster's region",
                    )
                    .label(&eks.region.origin, "the region");
            }
        }
        Provider::Gke(_) | Provider::Aks(_) => {
            diagnostics
                .error(
                    &settings.certificate.origin,
                    "a load balancer of this provider does not end TLS for a Service",
                )
                .help("lead to the service with `ingress:`");
        }
    }
    if settings.affinity.value.is_zero() || settings.affinity.value > LONGEST_AFFINITY {
        diagnostics
            .error(
                &settings.affinity.origin,
                "a client stays on its pod for a second to a day",
            )
            .help("for example `3h`");
    }
    if service.rollout.value != Strategy::Rolling {
        diagnostics
            .error(
                &service.rollout.origin,
                "a load balancer does not tell versions apart",
            )
            .label(
                &settings.certificate.origin,
                "it would send traffic to all of them alike",
            )
            .help("choose `rolling`, or lead to the service with `exposed:`");
    }
}

fn callers(environment: &Environment, service: &Service, diagnostics: &mut Diagnostics) {
    for caller in &service.callers {
        if caller.namespace.is_none() && caller.labels.is_empty() {
            diagnostics
                .error(
                    &caller.origin,
                    "every pod of the namespace may call the service",
                )
                .help("say `labels:` or the `namespace:` of the callers");
        }
        if let Some(namespace) = &caller.namespace {
            super::storage::namespace_exists(environment, namespace, diagnostics);
        }
        if environment.is_meshed(&service.namespace.value) {
            diagnostics
                .error(
                    &caller.origin,
                    "in the mesh a caller is known by its account, not by its labels",
                )
                .label(&service.namespace.origin, "this namespace is in the mesh")
                .help("list the service under `calls:` of the caller");
        }
    }
}
