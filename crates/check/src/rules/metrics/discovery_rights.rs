//! METR020: what Prometheus discovers, it may list.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Pods, list, namespace_of, text};
use crate::document::Document;
use crate::monitoring::Prometheus;
use crate::report::Findings;
use crate::rights::roles::{GROUP, Roles, named_by};
use crate::rights::{Subject, subjects, words};
use crate::rule::{Area, Rule, Severity};
use crate::rules::refs::data_references;

/// What Prometheus discovers, it may list.
pub(super) static RULE: Rule = Rule {
    code: "METR020",
    area: Area::Metrics,
    severity: Severity::Error,
    title: "what Prometheus discovers, it may list",
    why: "The API server refuses the list, Prometheus finds no target, and nothing but its own log says so.",
    fix: "Bind the ServiceAccount of Prometheus to a role with `list` and `watch` of what is discovered: a ClusterRole by a ClusterRoleBinding, unless the job names its namespaces.",
    absorbs: &[],
    check: Some(check),
};

/// What each role of the discovery lists (Prometheus' documentation of `kubernetes_sd_config`).
const LISTED: [(&str, &[(&str, &str)]); 6] = [
    ("pod", &[("", "pods")]),
    ("node", &[("", "nodes")]),
    ("service", &[("", "services")]),
    (
        "endpoints",
        &[("", "endpoints"), ("", "services"), ("", "pods")],
    ),
    (
        "endpointslice",
        &[
            ("discovery.k8s.io", "endpointslices"),
            ("", "services"),
            ("", "pods"),
        ],
    ),
    ("ingress", &[("networking.k8s.io", "ingresses")]),
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    if cluster.monitoring.prometheus.is_empty() {
        return;
    }
    let roles = Roles::of(cluster.documents());
    for prometheus in &cluster.monitoring.prometheus {
        for pods in readers(cluster, prometheus.source.document) {
            let Some(account) = account(cluster, pods) else {
                continue;
            };
            let rights = Rights {
                cluster,
                roles: &roles,
                account: &account,
            };
            for (job, value) in prometheus.jobs.iter().zip(jobs(prometheus)) {
                for (at, discovery) in list(value, "/kubernetes_sd_configs") {
                    if let Some(missing) = rights.missing(discovery) {
                        let message = format!(
                            "the job {} discovers objects, and {account} may not list and watch {missing}",
                            job.name
                        );
                        let field = format!("{}.kubernetes_sd_configs[{at}]", job.field);
                        findings.add_at(&prometheus.source.spot(&field), message, None);
                    }
                }
            }
        }
    }
}

fn jobs<'p>(prometheus: &'p Prometheus<'_>) -> impl Iterator<Item = &'p Json> {
    list(prometheus.source.value(), "/scrape_configs").map(|(_, job)| job)
}

/// The pods of a Prometheus that reads this configuration.
fn readers<'c, 'a>(cluster: &'c Cluster<'a>, map: &Document) -> Vec<&'c Pods<'a>> {
    cluster.selected(namespace_of(map), None, |pods| {
        let mut references = data_references::of(pods).into_iter();
        let mut images = pods.containers().filter_map(|container| {
            let image = text(container.value, "/image")?;
            image.split('@').next()?.split(':').next()
        });
        images.any(|image| image == "prometheus" || image.ends_with("/prometheus"))
            && references
                .any(|reference| reference.kind == "ConfigMap" && reference.name == map.id.name)
    })
}

/// The account of the pods, where it is among the objects or the one that every namespace has.
fn account(cluster: &Cluster<'_>, pods: &Pods<'_>) -> Option<Subject> {
    let spec = pods.spec?;
    let name = text(spec, "/serviceAccountName").unwrap_or("default");
    let is_known = name == "default"
        || cluster
            .document("", "ServiceAccount", pods.namespace, name)
            .is_some();
    is_known.then(|| Subject {
        kind: "ServiceAccount".to_owned(),
        namespace: Some(pods.namespace.to_owned()),
        name: name.to_owned(),
    })
}

/// What the objects allow an account.
struct Rights<'r, 'a> {
    cluster: &'r Cluster<'a>,
    roles: &'r Roles<'a>,
    account: &'r Subject,
}

impl Rights<'_, '_> {
    /// What a discovery lists and the account may not; `None` where it may, or where another cluster is asked.
    fn missing(&self, discovery: &Json) -> Option<String> {
        let asks_elsewhere = ["api_server", "kubeconfig_file"]
            .iter()
            .any(|key| discovery.get(key).is_some());
        if asks_elsewhere {
            return None;
        }
        let role = text(discovery, "/role")?;
        let (_, listed) = LISTED.iter().find(|(known, _)| *known == role)?;
        let mut spaces: Vec<&str> = list(discovery, "/namespaces/names")
            .filter_map(|(_, name)| name.as_str())
            .collect();
        let own = discovery.pointer("/namespaces/own_namespace");
        if own.and_then(Json::as_bool) == Some(true) {
            spaces.extend(self.account.namespace.as_deref());
        }
        let may = |what: &(&str, &str)| match spaces.as_slice() {
            [] => self.may(*what, None),
            spaces => spaces.iter().all(|space| self.may(*what, Some(space))),
        };
        let missing: Vec<&str> = listed
            .iter()
            .filter(|what| !may(what))
            .map(|(_, resource)| *resource)
            .collect();
        let place = if spaces.is_empty() {
            "in all namespaces".to_owned()
        } else {
            format!("in {}", spaces.join(" and "))
        };
        let place = if missing == ["nodes"] { "" } else { &place };
        let shown = format!("{} {place}", missing.join(", "));
        (!missing.is_empty()).then(|| shown.trim_end().to_owned())
    }

    /// Whether the account may list and watch a resource in a namespace, or everywhere.
    fn may(&self, what: (&str, &str), namespace: Option<&str>) -> bool {
        let everywhere = self.cluster.of_kind(GROUP, "ClusterRoleBinding").iter();
        let there = self.cluster.of_kind(GROUP, "RoleBinding").iter();
        let there = there.filter(|binding| namespace == Some(namespace_of(binding)));
        let mut bindings = everywhere.chain(there).filter(|binding| {
            let mut subjects = subjects(binding).into_iter();
            subjects.any(|subject| self.is_account(&subject))
        });
        bindings.any(|binding| match self.roles.of_binding(binding) {
            Some(role) => {
                let rules = self.roles.rules(role);
                ["list", "watch"].iter().all(|verb| {
                    let mut rules = rules.iter();
                    rules.any(|(_, _, rule)| allows(rule, what, verb))
                })
            }
            // What a role allows that is not among the objects, nobody knows here.
            None => named_by(binding).is_some(),
        })
    }

    /// Whether a subject is the account, or a group that it is in.
    fn is_account(&self, subject: &Subject) -> bool {
        let space = self.account.namespace.as_deref().unwrap_or_default();
        let of_space = format!("system:serviceaccounts:{space}");
        subject == self.account
            || subject.kind == "Group"
                && [
                    "system:serviceaccounts",
                    "system:authenticated",
                    of_space.as_str(),
                ]
                .contains(&subject.name.as_str())
    }
}

fn allows(rule: &Json, (group, resource): (&str, &str), verb: &str) -> bool {
    let has = |field: &str, wanted: &str| {
        let words = words(rule, field);
        words.contains(&wanted) || words.contains(&"*")
    };
    has("apiGroups", group)
        && has("resources", resource)
        && has("verbs", verb)
        && words(rule, "resourceNames").is_empty()
}
