//! SEC002: pods meet the Pod Security level that their namespace warns of.

use crate::cluster::{Cluster, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::standards::{Mode, admitted, violations};

/// Pods meet the Pod Security level that their namespace warns of.
pub(crate) static RULE: Rule = Rule {
    code: "SEC002",
    area: Area::Security,
    severity: Severity::Warning,
    title: "pods meet the Pod Security level that their namespace warns of",
    why: "The level is what the namespace is on its way to: once it is enforced the pods are refused, and until then every change of the workload warns or fills the audit log.",
    fix: "Set the fields as the level demands, or lower the level that the namespace announces.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        let namespace = template.pods.namespace;
        let asked = |mode| admitted(cluster, namespace, mode);
        let enforced = asked(Mode::Enforce);
        let announced = [Mode::Warn, Mode::Audit]
            .into_iter()
            .filter_map(|mode| Some((mode, asked(mode)?)))
            .max_by_key(|(_, demand)| (demand.level, demand.minor));
        // What is enforced is an error, and told as such.
        let Some((mode, demand)) = announced.filter(|(_, demand)| Some(*demand) != enforced) else {
            continue;
        };
        let refused: Vec<String> = enforced
            .map(|demand| violations(&template, demand))
            .into_iter()
            .flatten()
            .map(|violation| violation.path)
            .collect();
        for violation in violations(&template, demand) {
            if refused.contains(&violation.path) {
                continue;
            }
            let message = format!(
                "{}; namespace {namespace} asks for {} by its label {}",
                violation.message,
                demand.level.as_str(),
                mode.as_str()
            );
            findings.add(template.owner, violation.path, message);
        }
    }
}
