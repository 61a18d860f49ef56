//! The policies of cluster administrators.

use super::Case;

fn policy(name: &str, priority: u32, rules: &str) -> String {
    format!(
        "---\napiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: {{ name: {name} }}\n\
         spec: {{ priority: {priority}, subject: {{ namespaces: {{ matchLabels: {{ team: a }} }} }}, {rules} }}\n"
    )
}

const FROM_B: &str = "from: [{ namespaces: { matchLabels: { team: b } } }]";
const NAMES: [&str; 3] = ["a/web", "b/job", "c/job"];

#[test]
fn the_smaller_priority_decides_and_passing_leaves_it_to_the_others() {
    let deny = policy(
        "deny",
        20,
        &format!("ingress: [{{ action: Deny, {FROM_B} }}]"),
    );
    let case = Case::new(&NAMES, &deny);
    assert_eq!(case.open("b/job", "a/web"), "no port");
    assert_eq!(case.open("c/job", "a/web"), "every port");
    assert_eq!(
        case.why("b/job", "a/web", 80),
        "ingress of Pod a/web: spec.ingress[0] of AdminNetworkPolicy deny denies it"
    );
    let allow = policy(
        "allow",
        10,
        &format!(
            "ingress: [{{ action: Allow, {FROM_B}, ports: [{{ portNumber: {{ protocol: TCP, port: 80 }} }}, {{ portRange: {{ protocol: UDP, start: 5, end: 6 }} }}, {{ namedPort: http }}] }}]"
        ),
    );
    let case = Case::new(&NAMES, &format!("{deny}{allow}"));
    assert_eq!(case.open("b/job", "a/web"), "TCP 80, 8080; UDP 5-6");
    let pass = policy(
        "pass",
        5,
        &format!("ingress: [{{ action: Pass, {FROM_B} }}]"),
    );
    let case = Case::new(&NAMES, &format!("{deny}{pass}"));
    assert_eq!(case.open("b/job", "a/web"), "every port");
}

#[test]
fn allowing_overrules_the_namespaces_own_policy_and_the_baseline_stands_behind_it() {
    let own = "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: own, namespace: a }\nspec: { podSelector: {}, ingress: [{ ports: [{ port: 443 }] }] }\n";
    let allow = policy(
        "allow",
        1,
        &format!("ingress: [{{ action: Allow, {FROM_B} }}]"),
    );
    let baseline = "---\napiVersion: policy.networking.k8s.io/v1alpha1\nkind: BaselineAdminNetworkPolicy\nmetadata: { name: default }\nspec: { subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }], egress: [{ action: Deny, to: [{ networks: [10.0.0.0/8] }, { nodes: {} }] }] }\n";
    let case = Case::new(&NAMES, &format!("{own}{allow}{baseline}"));
    assert_eq!(case.open("b/job", "a/web"), "every port");
    // The namespace's own policy decides alone; the baseline is for who has none.
    assert_eq!(case.open("c/job", "a/web"), "TCP 443");
    assert_eq!(case.open("a/web", "c/job"), "no port");
    assert_eq!(case.open("a/web", "10.0.0.1"), "no port");
    assert_eq!(case.open("a/web", "8.8.8.8"), "every port");
    assert_eq!(case.open("a/web", "node"), "no port");
}

#[test]
fn subjects_may_be_single_pods() {
    let text = "---\napiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: { name: pods }\nspec: { priority: 1, subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: job } } } }, egress: [{ action: Deny, to: [{ pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: web } } } }] }] }\n";
    let case = Case::new(&NAMES, text);
    assert_eq!(case.open("b/job", "a/web"), "no port");
    assert_eq!(case.open("b/job", "c/job"), "every port");
    assert_eq!(case.open("a/web", "b/job"), "every port");
}
