//! SEC032: roles name what they allow.

use crate::cluster::{Cluster, list};
use crate::report::Findings;
use crate::rights::roles::GROUP;
use crate::rights::words;
use crate::rule::{Area, Rule, Severity};
use crate::security::powers::is_of_the_server;

/// Roles name what they allow.
pub(crate) static RULE: Rule = Rule {
    code: "SEC032",
    area: Area::Security,
    severity: Severity::Warning,
    title: "roles name what they allow",
    why: "A wildcard allows what nobody has thought of, resources and verbs that come with the next version included.",
    fix: "Name groups, resources and verbs.",
    absorbs: &["kube-linter wildcard-in-rules"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for kind in ["Role", "ClusterRole"] {
        for role in cluster.of_kind(GROUP, kind) {
            if is_of_the_server(&role.id.name) {
                continue;
            }
            for (index, rule) in list(&role.value, "/rules") {
                for field in ["apiGroups", "resources", "verbs"] {
                    if words(rule, field).contains(&"*") {
                        findings.add(
                            role,
                            format!("rules[{index}].{field}"),
                            format!("it allows all {}", named(field)),
                        );
                    }
                }
            }
        }
    }
}

fn named(field: &str) -> &str {
    match field {
        "apiGroups" => "API groups",
        other => other,
    }
}
