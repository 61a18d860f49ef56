//! REFS004: the keys that a pod takes from `ConfigMaps` and Secrets exist.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::refs::data_references::{self, Reference};
use crate::syntax;

/// The keys that a pod takes from `ConfigMaps` and Secrets exist.
pub(crate) static RULE: Rule = Rule {
    code: "REFS004",
    area: Area::References,
    severity: Severity::Error,
    title: "the keys that a pod takes from ConfigMaps and Secrets exist",
    why: "A pod that asks for a key that is not there does not start.",
    fix: "Add the key to the ConfigMap, or to the ExternalSecret that makes the Secret, or correct it.",
    absorbs: &["kube-linter env-value-from"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for pods in cluster.pods() {
        let Some((owner, _)) = pods.template() else {
            continue;
        };
        for Reference {
            kind,
            name,
            key,
            path,
            optional,
        } in data_references::of(pods)
        {
            let Some(Some(known)) = cluster.data.keys(kind, pods.namespace, name) else {
                continue;
            };
            let Some(key) = key.filter(|key| !optional && !known.contains(key)) else {
                continue;
            };
            let help = match syntax::nearest(key, known.iter().copied()) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None if known.is_empty() => "it has no keys".to_owned(),
                None => format!(
                    "its keys are {}",
                    known.iter().copied().collect::<Vec<_>>().join(", ")
                ),
            };
            findings.add_with_help(
                owner,
                path,
                format!("{kind} {}/{name} has no key `{key}`", pods.namespace),
                Some(help),
            );
        }
    }
}
