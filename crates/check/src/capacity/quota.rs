//! What the quotas of the namespaces allow, and what is asked of them.

use std::collections::{BTreeMap, BTreeSet};

use manifest::ResourceId;
use serde_json::Value as Json;

use super::amounts::{Amounts, CPU, EPHEMERAL_STORAGE, MEMORY, quantity_of};
use super::scope;
use super::workloads::{Claim, Demand, Scale, claim, default_storage_class};
use crate::cluster::{Cluster, list, namespace_of, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::quantity::Quantity;

/// One quota with what is asked of it.
#[derive(Clone, Debug)]
pub struct Quota {
    /// The object.
    pub id: ResourceId,
    /// What it says of each resource, in the order of the names.
    pub lines: Vec<QuotaLine>,
}

/// What a quota says of one resource, and what is asked for.
#[derive(Clone, Debug)]
pub struct QuotaLine {
    /// The resource as the quota names it: `requests.memory`, `count/deployments.apps`.
    pub resource: String,
    /// What it allows.
    pub limit: Quantity,
    /// With every workload at its minimum.
    pub minimum: Quantity,
    /// With every workload at its minimum, and a new version of each taking over.
    pub rollout_at_minimum: Quantity,
    /// With every workload at the maximum of its autoscaler, and all jobs running.
    pub maximum: Quantity,
    /// With every workload at its maximum, and a new version of each taking over.
    pub rollout: Quantity,
}

/// A quota with the objects that it was read from.
pub(crate) struct Use<'a> {
    pub(crate) document: &'a Document,
    pub(crate) quota: Quota,
    /// For each line, what each workload asks for.
    pub(crate) shares: Vec<Vec<Share>>,
    /// Which of the workloads it counts.
    pub(crate) counted: Vec<usize>,
}

/// What one workload asks of a line.
pub(crate) struct Share {
    /// Its position among the workloads.
    pub(crate) demand: usize,
    /// What one of its pods asks for.
    pub(crate) per_pod: Quantity,
}

/// What stands in one namespace besides its pods.
#[derive(Default)]
struct Shelf<'a> {
    demands: Vec<usize>,
    claims: Vec<Claim>,
    services: Vec<&'a Document>,
    /// The number of objects by `resource.group`.
    objects: BTreeMap<String, u64>,
}

/// Every quota with what is asked of it.
pub(super) fn uses<'a>(
    cluster: &Cluster<'a>,
    documents: impl IntoIterator<Item = &'a Document>,
    demands: &[Demand<'a>],
) -> Vec<Use<'a>> {
    let quotas = cluster.of_kind("", "ResourceQuota");
    if quotas.is_empty() {
        return Vec::new();
    }
    let namespaces: BTreeSet<&str> = quotas.iter().map(|quota| namespace_of(quota)).collect();
    let default_class = default_storage_class(cluster);
    let mut shelves: BTreeMap<&str, Shelf<'a>> = BTreeMap::new();
    for (position, demand) in demands.iter().enumerate() {
        if namespaces.contains(demand.namespace) {
            let shelf = shelves.entry(demand.namespace).or_default();
            shelf.demands.push(position);
        }
    }
    for document in documents {
        let namespace = namespace_of(document);
        if namespaces.contains(namespace) {
            let shelf = shelves.entry(namespace).or_default();
            shelf.add(document, default_class);
        }
    }
    let read = quotas.iter().map(|quota| {
        let namespace = namespace_of(quota);
        let empty = Shelf::default();
        let shelf = shelves.get(namespace).unwrap_or(&empty);
        let secrets = cluster.data.names("Secret", namespace).count();
        let config_maps = cluster.data.names("ConfigMap", namespace).count();
        shelf.asked_of(quota, demands, [secrets, config_maps])
    });
    read.collect()
}

impl<'a> Shelf<'a> {
    fn add(&mut self, document: &'a Document, default_class: Option<&str>) {
        let id = &document.id;
        let (group, kind) = (id.group(), &*id.kind);
        let resource = match group {
            "" => plural(kind),
            _ => format!("{}.{group}", plural(kind)),
        };
        *self.objects.entry(resource).or_default() += 1;
        match (group, kind) {
            ("", "Service") => self.services.push(document),
            ("", "PersistentVolumeClaim") => {
                let spec = document.value.get("spec");
                self.claims.push(claim(spec, default_class, false));
            }
            _ => {}
        }
    }

    fn asked_of(
        &self,
        document: &'a Document,
        demands: &[Demand<'a>],
        [secrets, config_maps]: [usize; 2],
    ) -> Use<'a> {
        let scopes = scope::of(&document.value);
        let in_scope = |demand: &Demand<'_>| scopes.iter().all(|scope| scope.holds(demand));
        let counted: Vec<usize> = self
            .demands
            .iter()
            .copied()
            .filter(|position| demands.get(*position).is_some_and(in_scope))
            .collect();
        let mut lines = Vec::new();
        let mut all_shares = Vec::new();
        let hard = document
            .value
            .lookup("/spec/hard")
            .and_then(Json::as_object);
        for (resource, value) in hard.into_iter().flatten() {
            let Some(limit) = quantity_of(value) else {
                continue;
            };
            let shares: Vec<Share> = counted
                .iter()
                .filter_map(|position| {
                    let per_pod = per_pod(resource, demands.get(*position)?)?;
                    (per_pod > Quantity::ZERO).then_some(Share {
                        demand: *position,
                        per_pod,
                    })
                })
                .collect();
            let fixed = self.fixed(resource, secrets, config_maps);
            // A resource that nothing here tells the use of is not judged.
            if shares.is_empty() && fixed.is_none() && !is_of_pods(resource) {
                continue;
            }
            let fixed = fixed.unwrap_or(Quantity::ZERO);
            let sum = |pods: fn(&Demand<'_>) -> u64| {
                shares.iter().fold(fixed, |sum, share| {
                    let count = demands.get(share.demand).map_or(0, pods);
                    sum.plus(share.per_pod.times(count))
                })
            };
            lines.push(QuotaLine {
                resource: resource.clone(),
                limit,
                minimum: sum(|demand| demand.workload.minimum.steady),
                rollout_at_minimum: sum(|demand| demand.workload.minimum.rollout),
                maximum: sum(|demand| demand.workload.maximum.steady),
                rollout: sum(|demand| demand.workload.maximum.rollout),
            });
            all_shares.push(shares);
        }
        Use {
            document,
            quota: Quota {
                id: document.id.clone(),
                lines,
            },
            shares: all_shares,
            counted,
        }
    }

    /// What objects other than pods ask for; `None` where they cannot ask for it.
    fn fixed(&self, resource: &str, secrets: usize, config_maps: usize) -> Option<Quantity> {
        let count = |count: usize| Some(whole(count));
        let plain = resource.strip_prefix("count/").unwrap_or(resource);
        if let Some((class, what)) = plain.split_once(".storageclass.storage.k8s.io/") {
            return self.claimed(what, Some(class));
        }
        match plain {
            "requests.storage" | "persistentvolumeclaims" => return self.claimed(plain, None),
            "services.loadbalancers" => {
                let balanced = |service: &&&Document| {
                    text(&service.value, "/spec/type") == Some("LoadBalancer")
                };
                return count(self.services.iter().filter(balanced).count());
            }
            "services.nodeports" => {
                return count(
                    self.services
                        .iter()
                        .map(|service| node_ports(service))
                        .sum(),
                );
            }
            // Those that other objects bring forth are there as well, and in every namespace the server's certificate.
            "secrets" => return count(secrets),
            "configmaps" => return count(config_maps + 1),
            "pods" => return None,
            _ => {}
        }
        let is_counted = resource.starts_with("count/")
            || matches!(
                plain,
                "services" | "resourcequotas" | "replicationcontrollers"
            );
        is_counted.then(|| {
            let objects = self.objects.get(plain).copied().unwrap_or(0);
            whole(usize::try_from(objects).unwrap_or(usize::MAX))
        })
    }

    /// What claims that stand for themselves ask for.
    fn claimed(&self, what: &str, class: Option<&str>) -> Option<Quantity> {
        let of_class = |claim: &&Claim| class.is_none() || claim.class.as_deref() == class;
        let claims = self.claims.iter().filter(of_class);
        match what {
            "persistentvolumeclaims" => Some(whole(claims.count())),
            "requests.storage" => Some(claims.fold(Quantity::ZERO, |sum, claim| {
                sum.plus(claim.requests.get("storage"))
            })),
            _ => None,
        }
    }
}

/// Whether pods alone ask for a resource.
fn is_of_pods(resource: &str) -> bool {
    matches!(
        resource,
        "pods" | "count/pods" | CPU | MEMORY | EPHEMERAL_STORAGE
    ) || resource.starts_with("limits.")
        || (resource.starts_with("requests.") && resource != "requests.storage")
}

/// What one pod of a workload asks of a resource; `None` where pods cannot ask for it.
fn per_pod(resource: &str, demand: &Demand<'_>) -> Option<Quantity> {
    let pod = &demand.workload.pod;
    let claims = |class: Option<&str>, what: &str| {
        let of_class = demand
            .workload
            .claims
            .iter()
            .filter(|claim| class.is_none() || claim.class.as_deref() == class);
        match what {
            "persistentvolumeclaims" => Some(whole(of_class.count())),
            "requests.storage" => Some(of_class.fold(Quantity::ZERO, |sum, claim| {
                sum.plus(claim.requests.get("storage"))
            })),
            _ => None,
        }
    };
    if let Some((class, what)) = resource.split_once(".storageclass.storage.k8s.io/") {
        return claims(Some(class), what);
    }
    match resource {
        "pods" | "count/pods" => Some(Quantity::whole(1)),
        "requests.storage" => claims(None, resource),
        "persistentvolumeclaims" | "count/persistentvolumeclaims" => {
            claims(None, "persistentvolumeclaims")
        }
        CPU | MEMORY | EPHEMERAL_STORAGE => Some(pod.requests.get(resource)),
        _ if resource.starts_with("hugepages-") => Some(pod.requests.get(resource)),
        _ => {
            let of = |prefix, amounts: &Amounts| {
                let plain: &str = resource.strip_prefix(prefix)?;
                Some(amounts.get(plain))
            };
            of("requests.", &pod.requests).or_else(|| of("limits.", &pod.limits))
        }
    }
}

/// The ports that a Service opens on every node.
fn node_ports(service: &Document) -> usize {
    let value = &service.value;
    let ports = list(value, "/spec/ports").count();
    match text(value, "/spec/type") {
        Some("NodePort") => ports,
        Some("LoadBalancer")
            if value.lookup("/spec/allocateLoadBalancerNodePorts") != Some(&Json::Bool(false)) =>
        {
            ports
        }
        _ => 0,
    }
}

fn whole(count: usize) -> Quantity {
    Quantity::whole(i64::try_from(count).unwrap_or(i64::MAX))
}

/// The name of a kind's resource, as the API's conventions form it.
fn plural(kind: &str) -> String {
    let kind = kind.to_ascii_lowercase();
    if kind == "endpoints" {
        return kind;
    }
    let before_last = kind.chars().rev().nth(1).unwrap_or_default();
    match kind.strip_suffix('y') {
        Some(stem) if !"aeiou".contains(before_last) => format!("{stem}ies"),
        _ if kind.ends_with(['s', 'x', 'z']) || kind.ends_with("ch") || kind.ends_with("sh") => {
            format!("{kind}es")
        }
        _ => format!("{kind}s"),
    }
}

/// What a quota demands of every container that it counts: `cpu`, `limits.memory` …, by field and resource.
pub(crate) fn demanded(quota: &Document) -> Vec<(&'static str, String)> {
    let hard = quota.value.lookup("/spec/hard").and_then(Json::as_object);
    let keys = hard.into_iter().flatten().map(|(key, _)| key.as_str());
    let mut demanded: Vec<(&'static str, String)> = keys
        .filter_map(|key| match key {
            CPU | MEMORY => Some(("requests", key.to_owned())),
            "requests.cpu" | "requests.memory" | "limits.cpu" | "limits.memory" => {
                let (field, resource) = key.split_once('.')?;
                let field = if field == "limits" {
                    "limits"
                } else {
                    "requests"
                };
                Some((field, resource.to_owned()))
            }
            _ => None,
        })
        .collect();
    demanded.sort();
    demanded.dedup();
    demanded
}

/// Whether the pods of a workload are there at the minimum, at the maximum, or only while a job runs.
pub(crate) fn is_job(demand: &Demand<'_>) -> bool {
    demand.workload.scale == Scale::Job
}

#[cfg(test)]
mod tests {
    use super::plural;

    #[test]
    fn resources_are_named_as_the_conventions_form_them() {
        for (kind, expected) in [
            ("Deployment", "deployments"),
            ("NetworkPolicy", "networkpolicies"),
            ("Gateway", "gateways"),
            ("Ingress", "ingresses"),
            ("Endpoints", "endpoints"),
            ("StatefulSet", "statefulsets"),
        ] {
            assert_eq!(plural(kind), expected);
        }
    }
}
