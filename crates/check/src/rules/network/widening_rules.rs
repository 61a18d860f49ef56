//! NET011: the rules of an `AuthorizationPolicy` say who and what together.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The rules of an `AuthorizationPolicy` say who and what together.
pub(crate) static RULE: Rule = Rule {
    code: "NET011",
    area: Area::Network,
    severity: Severity::Error,
    title: "the rules of an AuthorizationPolicy say who and what together",
    why: "A request has to fit one rule, and within a rule one source: what stands in two rules or two sources means either. One of them alone then lets in more than both together were meant to.",
    fix: "Write `from` and `to` into one rule, without a dash of their own, and conditions on one source into one `source`.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for policy in cluster.of_kind("security.istio.io", "AuthorizationPolicy") {
        if !matches!(text(&policy.value, "/spec/action"), None | Some("ALLOW")) {
            continue;
        }
        let rules: Vec<&Json> = list(&policy.value, "/spec/rules")
            .map(|(_, rule)| rule)
            .collect();
        for (index, pair) in rules.windows(2).enumerate() {
            let is_only =
                |rule: &Json, field: &str, other: &str| has(rule, field) && !has(rule, other);
            if let [one, two] = pair
                && (is_only(one, "/from", "/to") && is_only(two, "/to", "/from")
                    || is_only(one, "/to", "/from") && is_only(two, "/from", "/to"))
            {
                let path = format!("spec.rules[{}]", index + 1);
                let message = "one rule says who and another what: whoever the one names may do anything, and everybody may do what the other names";
                findings.add(policy, path, message);
            }
        }
        for (rule, value) in rules.iter().enumerate() {
            let sources: Vec<&Json> = list(value, "/from")
                .filter_map(|(_, from)| from.get("source"))
                .collect();
            for (index, pair) in sources.windows(2).enumerate() {
                if let [one, two] = pair
                    && let Some(what) = apart(one, two)
                {
                    let path = format!("spec.rules[{rule}].from[{}]", index + 1);
                    findings.add(policy, path, format!("two sources mean either: {what}"));
                }
            }
        }
    }
}

fn has(rule: &Json, field: &str) -> bool {
    list(rule, field).next().is_some()
}

/// What two sources let in that hold one condition each, of which one only makes sense to narrow the other.
fn apart(one: &Json, two: &Json) -> Option<String> {
    let only = |source: &Json, field: &str| {
        let fields = source.as_object().into_iter().flatten();
        let mut set =
            fields.filter(|(_, value)| value.as_array().is_some_and(|list| !list.is_empty()));
        set.next().is_some_and(|(name, _)| name == field) && set.next().is_none()
    };
    let pair = |left: &str, right: &str| {
        only(one, left) && only(two, right) || only(one, right) && only(two, left)
    };
    let exclusions = [
        "notNamespaces",
        "notPrincipals",
        "notIpBlocks",
        "notRemoteIpBlocks",
        "notRequestPrincipals",
    ];
    if let Some(exclusion) = exclusions
        .iter()
        .find(|field| only(one, field) || only(two, field))
    {
        return Some(format!(
            "whoever `{exclusion}` does not name is let in, whatever the other says"
        ));
    }
    let narrows = [
        ("namespaces", "principals"),
        ("principals", "requestPrincipals"),
        ("namespaces", "requestPrincipals"),
    ];
    let (wide, narrow) = narrows
        .into_iter()
        .find(|(wide, narrow)| pair(wide, narrow))?;
    Some(format!(
        "whoever `{wide}` names is let in without the `{narrow}`"
    ))
}
