//! WORK028: no two workloads select the same pods.

use crate::cluster::{Cluster, Selectors, templates};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// No two workloads select the same pods.
pub(crate) static RULE: Rule = Rule {
    code: "WORK028",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "no two workloads select the same pods",
    why: "Each controller counts and may adopt pods of the other: autoscalers and budgets see too many, and one of them deletes what the other made.",
    fix: "Give each workload a label value of its own in selector and template.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let selecting = templates(cluster).filter_map(|template| {
        // Jobs get a selector of their own, and old kinds have plain maps.
        let wanted = template.owner.value.lookup("/spec/selector")?;
        (template.is_replicated() || template.kind() == "DaemonSet")
            .then_some(())
            .filter(|()| {
                wanted.get("matchLabels").is_some() || wanted.get("matchExpressions").is_some()
            })?;
        Some((template.pods.namespace, wanted, template.owner))
    });
    let selectors = Selectors::of(selecting);
    for template in templates(cluster) {
        for other in selectors.accepting(template.pods.namespace, &template.pods.labels) {
            let is_stopped = [other, template.owner].iter().any(|workload| {
                workload
                    .value
                    .lookup("/spec/replicas")
                    .is_some_and(|replicas| *replicas == 0)
            });
            if other.id == template.owner.id || is_stopped {
                continue;
            }
            let message = format!(
                "the selector accepts the pods of {} too",
                template.pods.title
            );
            findings.add(other, "spec.selector", message);
        }
    }
}
