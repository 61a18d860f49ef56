//! Which pods a quota counts.

use serde_json::Value as Json;

use super::amounts::{CPU, MEMORY};
use super::workloads::Demand;
use crate::cluster::{list, text};
use crate::pointer::Lookup;

/// One condition of a quota.
pub(super) struct Scope<'a> {
    name: &'a str,
    operator: &'a str,
    values: Vec<&'a str>,
}

/// The conditions of a quota; pods have to meet all of them.
pub(super) fn of(quota: &Json) -> Vec<Scope<'_>> {
    let plain = list(quota, "/spec/scopes").filter_map(|(_, scope)| {
        Some(Scope {
            name: scope.as_str()?,
            operator: "Exists",
            values: Vec::new(),
        })
    });
    let selected = list(quota, "/spec/scopeSelector/matchExpressions").filter_map(|(_, scope)| {
        Some(Scope {
            name: text(scope, "/scopeName")?,
            operator: text(scope, "/operator")?,
            values: list(scope, "/values")
                .filter_map(|(_, value)| value.as_str())
                .collect(),
        })
    });
    plain.chain(selected).collect()
}

impl Scope<'_> {
    /// Whether the pods of a workload meet the condition.
    pub(super) fn holds(&self, demand: &Demand<'_>) -> bool {
        let spec = demand.spec.unwrap_or(&Json::Null);
        match self.name {
            "Terminating" => has_deadline(spec),
            "NotTerminating" => !has_deadline(spec),
            "BestEffort" => is_best_effort(demand),
            "NotBestEffort" => !is_best_effort(demand),
            "PriorityClass" => {
                let class = text(spec, "/priorityClassName").unwrap_or_default();
                match self.operator {
                    "In" => self.values.contains(&class),
                    "NotIn" => !class.is_empty() && !self.values.contains(&class),
                    "Exists" => !class.is_empty(),
                    "DoesNotExist" => class.is_empty(),
                    _ => false,
                }
            }
            "CrossNamespacePodAffinity" => names_other_namespaces(spec),
            // Scopes of other objects than pods, and those that are not known yet.
            _ => false,
        }
    }
}

fn has_deadline(spec: &Json) -> bool {
    spec.get("activeDeadlineSeconds").is_some()
}

/// Whether a pod asks for no CPU and no memory at all.
fn is_best_effort(demand: &Demand<'_>) -> bool {
    let pod = &demand.workload.pod;
    [&pod.requests, &pod.limits].into_iter().all(|amounts| {
        [CPU, MEMORY]
            .into_iter()
            .all(|name| amounts.get(name).sign() == 0)
    })
}

fn names_other_namespaces(spec: &Json) -> bool {
    let terms = ["podAffinity", "podAntiAffinity"]
        .into_iter()
        .flat_map(|kind| {
            let affinity = spec.lookup("/affinity").and_then(|all| all.get(kind));
            let affinity = affinity.unwrap_or(&Json::Null);
            let required = list(affinity, "/requiredDuringSchedulingIgnoredDuringExecution")
                .map(|(_, term)| term);
            let preferred = list(affinity, "/preferredDuringSchedulingIgnoredDuringExecution")
                .filter_map(|(_, term)| term.get("podAffinityTerm"));
            required.chain(preferred).collect::<Vec<_>>()
        });
    let mut terms = terms;
    terms.any(|term| {
        list(term, "/namespaces").next().is_some()
            || term
                .get("namespaceSelector")
                .is_some_and(|selector| !selector.is_null())
    })
}
