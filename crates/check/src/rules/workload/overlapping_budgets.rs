//! WORK020: a pod has one disruption budget.

use super::budgets;
use crate::cluster::{Cluster, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A pod has one disruption budget.
pub(crate) static RULE: Rule = Rule {
    code: "WORK020",
    area: Area::Workload,
    severity: Severity::Error,
    title: "a pod has one disruption budget",
    why: "The eviction of a pod with two budgets always fails: its node cannot be drained.",
    fix: "Let one of them select other pods, or delete it.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let budgets = budgets::by_labels(cluster);
    for template in templates(cluster).filter(|template| !template.ends()) {
        let over = budgets.accepting(template.pods.namespace, &template.pods.labels);
        if let [first, others @ ..] = over.as_slice()
            && !others.is_empty()
        {
            let names: Vec<&str> = others.iter().map(|other| other.id.name.as_str()).collect();
            let message = format!(
                "the pods of {} have {} too",
                template.pods.title,
                names.join(", ")
            );
            findings.add(first, "spec.selector", message);
        }
    }
}
