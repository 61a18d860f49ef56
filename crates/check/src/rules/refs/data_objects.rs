//! REFS003: the `ConfigMaps` and Secrets of a pod exist.

use std::collections::BTreeSet;

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::refs::data_references::{self, Reference};
use crate::syntax;

/// The `ConfigMaps` and Secrets of a pod exist.
pub(crate) static RULE: Rule = Rule {
    code: "REFS003",
    area: Area::References,
    severity: Severity::Error,
    title: "the ConfigMaps and Secrets of a pod exist",
    why: "A pod whose ConfigMap or Secret is missing does not start: it waits with CreateContainerConfigError or a failed mount.",
    fix: "Add the object (an ExternalSecret or Certificate counts), correct the name, or mark the reference optional.",
    absorbs: &["kube-linter env-value-from"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for pods in cluster.pods() {
        let Some((owner, _)) = pods.template() else {
            continue;
        };
        let mut seen = BTreeSet::new();
        for Reference {
            kind,
            name,
            path,
            optional,
            ..
        } in data_references::of(pods)
        {
            let exists = data_references::is_built_in(kind, name)
                || cluster.data.keys(kind, pods.namespace, name).is_some();
            if optional || exists || !seen.insert((kind, name)) {
                continue;
            }
            let nearest = syntax::nearest(name, cluster.data.names(kind, pods.namespace));
            let help = nearest.map(|nearest| format!("did you mean `{nearest}`?"));
            findings.add_with_help(
                owner,
                path,
                format!("there is no {kind} {}/{name}", pods.namespace),
                help,
            );
        }
    }
}
