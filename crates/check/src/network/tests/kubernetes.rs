//! Kubernetes' own policies.

use super::Case;

const THREE: [&str; 3] = ["a/web", "a/api", "b/job"];

fn policy(name: &str, namespace: &str, spec: &str) -> String {
    format!(
        "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{ name: {name}, namespace: {namespace} }}\nspec: {spec}\n"
    )
}

#[test]
fn without_policies_everything_is_open() {
    let case = Case::new(&THREE, "");
    for (from, to) in [
        ("a/web", "b/job"),
        ("any", "a/web"),
        ("8.8.8.8", "a/web"),
        ("a/web", "8.8.8.8"),
    ] {
        assert_eq!(case.open(from, to), "every port");
    }
    assert_eq!(
        case.why("a/web", "b/job", 80),
        "egress of Pod a/web: no policy is about it; ingress of Pod b/job: no policy is about it"
    );
}

#[test]
fn an_empty_selector_denies_a_whole_namespace_and_types_say_in_which_direction() {
    let case = Case::new(&THREE, &policy("deny", "a", "{ podSelector: {} }"));
    assert_eq!(case.open("a/web", "a/api"), "no port");
    assert_eq!(case.open("a/web", "b/job"), "every port");
    assert_eq!(case.open("any", "a/api"), "no port");
    assert_eq!(case.open("node", "a/api"), "every port");
    let case = Case::new(
        &THREE,
        &policy("deny", "a", "{ podSelector: {}, policyTypes: [Egress] }"),
    );
    assert_eq!(case.open("a/web", "a/api"), "no port");
    assert_eq!(case.open("b/job", "a/api"), "every port");
    assert_eq!(case.open("a/web", "1.1.1.1"), "no port");
    // Rules for egress make it one of egress too.
    let rule = "{ podSelector: {}, egress: [{ ports: [{ port: 53, protocol: UDP }] }] }";
    let case = Case::new(&THREE, &policy("dns", "a", rule));
    assert_eq!(case.open("a/web", "b/job"), "UDP 53");
    assert_eq!(case.open("b/job", "a/web"), "no port");
}

#[test]
fn both_ends_have_to_allow() {
    let ingress = policy(
        "in",
        "b",
        "{ podSelector: {}, ingress: [{ ports: [{ port: 80 }, { port: 443 }] }] }",
    );
    let egress = policy(
        "out",
        "a",
        "{ podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 443, endPort: 8443 }] }] }",
    );
    let case = Case::new(&THREE, &(ingress + &egress));
    assert_eq!(case.open("a/web", "b/job"), "TCP 443");
    assert_eq!(case.open("any", "b/job"), "TCP 80, 443");
    assert_eq!(case.open("a/web", "any"), "TCP 443-8443");
    assert_eq!(
        case.why("a/web", "b/job", 80),
        "egress of Pod a/web: no rule of NetworkPolicy a/out allows it"
    );
    assert_eq!(
        case.why("a/web", "b/job", 8000),
        "ingress of Pod b/job: no rule of NetworkPolicy b/in allows it"
    );
    assert_eq!(
        case.why("a/web", "b/job", 443),
        "egress of Pod a/web: spec.egress[0] of NetworkPolicy a/out allows it; \
         ingress of Pod b/job: spec.ingress[0] of NetworkPolicy b/in allows it"
    );
}

#[test]
fn two_selectors_in_one_peer_mean_and_in_two_peers_or() {
    let names = ["a/web", "a/api", "b/web", "b/job"];
    let one = "{ podSelector: { matchLabels: { app: api } }, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: b } }, podSelector: { matchLabels: { app: web } } }] }] }";
    let case = Case::new(&names, &policy("one", "a", one));
    assert_eq!(case.open("b/web", "a/api"), "every port");
    assert_eq!(case.open("b/job", "a/api"), "no port");
    assert_eq!(case.open("a/web", "a/api"), "no port");
    let two = "{ podSelector: { matchLabels: { app: api } }, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: b } } }, { podSelector: { matchLabels: { app: web } } }] }] }";
    let case = Case::new(&names, &policy("two", "a", two));
    assert_eq!(case.open("b/web", "a/api"), "every port");
    assert_eq!(case.open("b/job", "a/api"), "every port");
    assert_eq!(case.open("a/web", "a/api"), "every port");
    assert_eq!(case.open("any", "a/api"), "no port");
}

#[test]
fn blocks_mean_addresses_and_not_pods() {
    let rule = "{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }], ports: [{ port: http }] }] }";
    let case = Case::new(&THREE, &policy("out", "a", rule));
    assert_eq!(case.open("8.8.8.8", "a/web"), "TCP 8080");
    assert_eq!(case.open("10.1.2.3", "a/web"), "no port");
    assert_eq!(case.open("192.168.0.1", "a/web"), "TCP 8080");
    assert_eq!(case.open("2606:4700::1", "a/web"), "no port");
    assert_eq!(case.open("b/job", "a/web"), "no port");
    let (from, to) = (case.end("b/job"), case.end("a/web"));
    assert_eq!(case.0.open_at_most(from, to).to_string(), "TCP 8080");
}

#[test]
fn a_named_port_is_that_of_each_destination() {
    let text = "
---
apiVersion: v1
kind: Pod
metadata: { name: other, namespace: a, labels: { app: other } }
spec: { containers: [{ name: other, image: other:v1, ports: [{ name: http, containerPort: 9090 }] }] }
";
    let ingress = policy(
        "in",
        "a",
        "{ podSelector: {}, ingress: [{ ports: [{ port: http }, { port: dns, protocol: UDP }, { port: dns }] }] }",
    );
    let case = Case::new(&THREE, &(text.to_owned() + &ingress));
    assert_eq!(case.open("b/job", "a/web"), "TCP 8080; UDP 53");
    assert_eq!(case.open("b/job", "a/other"), "TCP 9090");
    let egress = policy(
        "out",
        "b",
        "{ podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: http }] }] }",
    );
    let case = Case::new(&THREE, &(text.to_owned() + &egress));
    assert_eq!(case.open("b/job", "a/other"), "TCP 9090");
    assert_eq!(case.open("b/job", "8.8.8.8"), "no port");
}

#[test]
fn unknown_pods_fit_what_fits_everything() {
    let all = policy(
        "all",
        "a",
        "{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] }",
    );
    let case = Case::new(&THREE, &all);
    assert_eq!(case.open("any", "a/web"), "every port");
    assert_eq!(case.open("8.8.8.8", "a/web"), "no port");
    let not = policy(
        "not",
        "a",
        "{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchExpressions: [{ key: team, operator: NotIn, values: [b] }] } }] }] }",
    );
    let case = Case::new(&THREE, &not);
    assert_eq!(case.open("any", "a/web"), "every port");
    assert_eq!(case.open("b/job", "a/web"), "no port");
    let home = policy(
        "home",
        "a",
        "{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }",
    );
    let case = Case::new(&THREE, &home);
    assert_eq!(case.open("any", "a/web"), "no port");
    assert_eq!(case.open("a/api", "a/web"), "every port");
}

#[test]
fn pods_on_the_network_of_their_node_are_held_by_nothing_and_selected_by_nothing() {
    let host = "
---
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: a, labels: { app: agent } }
spec: { hostNetwork: true, containers: [{ name: agent, image: agent:v1 }] }
";
    let home = policy(
        "home",
        "a",
        "{ podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{ from: [{ podSelector: {} }] }] }",
    );
    let case = Case::new(&THREE, &(host.to_owned() + &home));
    assert_eq!(case.open("a/agent", "b/job"), "every port");
    assert_eq!(case.open("b/job", "a/agent"), "every port");
    assert_eq!(case.open("a/agent", "a/web"), "no port");
}

#[test]
fn a_namespace_that_nobody_writes_is_default() {
    let text = "
---
apiVersion: v1
kind: Pod
metadata: { name: here, labels: { app: here } }
spec: { containers: [{ name: here, image: here:v1 }] }
";
    let case = Case::new(
        &THREE,
        &(text.to_owned() + &policy("deny", "default", "{ podSelector: {} }")),
    );
    assert_eq!(case.open("a/web", "default/here"), "no port");
}

#[test]
fn what_is_no_policy_harms_nobody() {
    for spec in [
        "{}",
        "null",
        "[]",
        "{ podSelector: 1, ingress: 2 }",
        "{ ingress: [1, { from: 3, ports: [7, {port: 99999}] }] }",
        "{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: x, except: [y] } }] }] }",
    ] {
        let case = Case::new(&THREE, &policy("odd", "a", spec));
        let _ = case.open("b/job", "a/web");
        let _ = case.why("b/job", "a/web", 1);
    }
}
