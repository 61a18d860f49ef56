//! Calico's policies.

use super::Case;

const NAMES: [&str; 4] = ["a/web", "a/api", "b/web", "b/job"];

fn object(kind: &str, name: &str, rest: &str) -> String {
    format!(
        "---\napiVersion: projectcalico.org/v3\nkind: {kind}\nmetadata: {{ name: {name} }}\n{rest}\n"
    )
}

fn global(name: &str, spec: &str) -> String {
    object("GlobalNetworkPolicy", name, &format!("spec: {{ {spec} }}"))
}

#[test]
fn the_first_rule_that_fits_decides_by_order() {
    let deny = global(
        "late",
        "order: 20, selector: app == 'web', types: [Ingress], ingress: [{ action: Deny }]",
    );
    let allow = global(
        "early",
        "order: 10, selector: has(app), types: [Ingress], ingress: [{ action: Log }, { action: Allow, protocol: TCP, destination: { ports: [80, '8000:8080', http] } }]",
    );
    let case = Case::new(&NAMES, &format!("{deny}{allow}"));
    assert_eq!(case.open("b/job", "a/web"), "TCP 80, 8000-8080");
    assert_eq!(
        case.why("b/job", "a/web", 443),
        "ingress of Pod a/web: spec.ingress[0] of GlobalNetworkPolicy late denies it"
    );
    assert_eq!(
        case.why("b/job", "a/api", 443),
        "ingress of Pod a/api: no rule of GlobalNetworkPolicy early allows it"
    );
    assert_eq!(case.open("a/web", "8.8.8.8"), "every port");
}

#[test]
fn a_tier_ends_by_denying_unless_it_passes() {
    let policy = global(
        "first.web",
        "tier: first, selector: app == 'web', types: [Ingress], ingress: [{ action: Pass, protocol: UDP }]",
    );
    let tier = |action: &str| {
        object(
            "Tier",
            "first",
            &format!("spec: {{ order: 1, defaultAction: {action} }}"),
        )
    };
    let case = Case::new(&NAMES, &(tier("Deny") + &policy));
    assert_eq!(case.open("b/job", "a/web"), "UDP every port");
    assert_eq!(case.open("b/job", "a/api"), "every port");
    let case = Case::new(&NAMES, &(tier("Pass") + &policy));
    assert_eq!(case.open("b/job", "a/web"), "every port");
}

#[test]
fn kubernetes_policies_stand_in_the_tier_default_at_order_1000() {
    let own = "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: own, namespace: a }\nspec: { podSelector: {}, ingress: [{ ports: [{ port: 443 }, { port: 80 }] }] }\n";
    let before = global(
        "before",
        "order: 999, namespaceSelector: team == 'a', types: [Ingress], ingress: [{ action: Deny, protocol: TCP, destination: { ports: [80] } }]",
    );
    let after = global(
        "after",
        "namespaceSelector: team == 'a', types: [Ingress], ingress: [{ action: Allow, protocol: UDP }, { action: Deny, protocol: TCP, destination: { ports: [443] } }]",
    );
    let case = Case::new(&NAMES, &format!("{own}{before}{after}"));
    assert_eq!(case.open("b/job", "a/web"), "TCP 443; UDP every port");
    assert_eq!(case.open("a/web", "b/job"), "every port");
}

#[test]
fn a_policy_of_a_namespace_stays_in_it_unless_it_selects_others() {
    let policy = |rule: &str| {
        format!(
            "---\napiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {{ name: in, namespace: a }}\nspec: {{ selector: app == 'api', ingress: [{{ action: Allow, source: {{ {rule} }} }}] }}\n"
        )
    };
    let case = Case::new(&NAMES, &policy("selector: app == 'web'"));
    assert_eq!(case.open("a/web", "a/api"), "every port");
    assert_eq!(case.open("b/web", "a/api"), "no port");
    let case = Case::new(
        &NAMES,
        &policy("selector: app == 'web', namespaceSelector: all()"),
    );
    assert_eq!(case.open("b/web", "a/api"), "every port");
    assert_eq!(case.open("b/job", "a/api"), "no port");
    let case = Case::new(
        &NAMES,
        &policy("notSelector: app == 'web', namespaceSelector: projectcalico.org/name == 'b'"),
    );
    assert_eq!(case.open("b/web", "a/api"), "no port");
    assert_eq!(case.open("b/job", "a/api"), "every port");
    let case = Case::new(&NAMES, &policy("serviceAccounts: { names: [web] }"));
    assert_eq!(case.open("a/web", "a/api"), "every port");
    assert_eq!(case.open("b/web", "a/api"), "no port");
    // Nothing said means everybody.
    let case = Case::new(&NAMES, &policy(""));
    assert_eq!(case.open("b/job", "a/api"), "every port");
    assert_eq!(case.open("8.8.8.8", "a/api"), "every port");
}

#[test]
fn sets_of_networks_are_found_by_their_labels() {
    let set = "---\napiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\nmetadata: { name: metadata, labels: { addresses: metadata } }\nspec: { nets: [169.254.169.254/32] }\n";
    let deny = global(
        "deny",
        "order: 1, types: [Egress], egress: [{ action: Deny, destination: { selector: addresses == 'metadata' } }, { action: Allow }]",
    );
    let case = Case::new(&NAMES, &format!("{set}{deny}"));
    assert_eq!(case.open("a/web", "169.254.169.254"), "no port");
    assert_eq!(case.open("a/web", "169.254.169.253"), "every port");
    assert_eq!(case.open("a/web", "b/job"), "every port");
}

#[test]
fn nets_cut_addresses_and_protocols_without_ports_are_left_alone() {
    let policy = global(
        "nets",
        "types: [Egress], egress: [{ action: Deny, destination: { nets: [10.0.0.0/8], notNets: [10.1.0.0/16] } }, { action: Deny, protocol: ICMP }, { action: Allow, notProtocol: UDP, destination: { notPorts: [22] } }]",
    );
    let case = Case::new(&NAMES, &policy);
    assert_eq!(case.open("a/web", "10.2.0.1"), "no port");
    assert_eq!(
        case.open("a/web", "10.1.0.1"),
        "TCP 1-21, 23-65535; SCTP 1-21, 23-65535"
    );
    assert_eq!(
        case.open("a/web", "b/job"),
        "TCP 1-21, 23-65535; SCTP 1-21, 23-65535"
    );
}

#[test]
fn what_is_only_staged_does_nothing() {
    let staged = object(
        "StagedGlobalNetworkPolicy",
        "staged",
        "spec: { types: [Ingress, Egress] }",
    );
    let hosts = global(
        "hosts",
        "preDNAT: true, applyOnForward: true, types: [Ingress], ingress: [{ action: Deny }]",
    );
    let case = Case::new(&NAMES, &format!("{staged}{hosts}"));
    assert_eq!(case.open("a/web", "b/job"), "every port");
}

#[test]
fn a_policy_that_cannot_be_read_is_left_out() {
    let case = Case::new(
        &NAMES,
        &global("odd", "selector: 'app = web', types: [Ingress]"),
    );
    assert_eq!(case.open("a/api", "a/web"), "every port");
}
