//! MESH042: the namespaces that an `AuthorizationPolicy` names exist.

use crate::cluster::{Cluster, list};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The namespaces that an `AuthorizationPolicy` names exist.
pub(crate) static RULE: Rule = Rule {
    code: "MESH042",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "the namespaces that an AuthorizationPolicy names exist",
    why: "No request comes from a namespace that does not exist: who was meant is refused, or not kept out.",
    fix: "Correct the name; `*` stands at the beginning or the end.",
    absorbs: &["istioctl IST0101"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for policy in cluster.of_kind("security.istio.io", "AuthorizationPolicy") {
        for (index, rule) in list(&policy.value, "/spec/rules") {
            for (position, from) in list(rule, "/from") {
                for field in ["namespaces", "notNamespaces"] {
                    for (place, name) in list(from, &format!("/source/{field}")) {
                        let Some(name) = name.as_str().filter(|name| !exists(cluster, name)) else {
                            continue;
                        };
                        let path =
                            format!("spec.rules[{index}].from[{position}].source.{field}[{place}]");
                        let help = cluster.nearest("", "Namespace", "", name);
                        findings.add_with_help(
                            policy,
                            path,
                            format!("there is no namespace {name}"),
                            help,
                        );
                    }
                }
            }
        }
    }
}

/// Whether a namespace has this name, or fits this pattern.
fn exists(cluster: &Cluster<'_>, pattern: &str) -> bool {
    let fits = |fits: &dyn Fn(&str) -> bool| cluster.namespaces().any(|(name, _)| fits(name));
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(""), _) => true,
        (Some(suffix), _) => fits(&|name| name.ends_with(suffix)),
        (None, Some(prefix)) => fits(&|name| name.starts_with(prefix)),
        (None, None) => cluster.exists("", "Namespace", "", pattern),
    }
}
