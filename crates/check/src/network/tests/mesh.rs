//! What the mesh lets through.

use super::Case;

/// Namespaces `a` and `b` are in the mesh, `c` is not.
fn case(policies: &str) -> Case {
    let meshed = |name: &str| {
        format!(
            "---\napiVersion: v1\nkind: Namespace\nmetadata: {{ name: {name}, labels: {{ istio-injection: enabled }} }}\n"
        )
    };
    // The later of two objects of a name is the one that is found.
    let text = format!("{}{}{policies}", meshed("a"), meshed("b"));
    Case::new(&["a/web", "a/api", "b/job", "c/job"], &text)
}

fn authorization(namespace: &str, name: &str, spec: &str) -> String {
    format!(
        "---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {{ name: {name}, namespace: {namespace} }}\nspec: {{ {spec} }}\n"
    )
}

fn authentication(namespace: &str, name: &str, spec: &str) -> String {
    format!(
        "---\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {{ name: {name}, namespace: {namespace} }}\nspec: {{ {spec} }}\n"
    )
}

const ALL_UDP: &str = "UDP every port; SCTP every port";

#[test]
fn strict_members_are_called_by_members_alone_except_on_ports_that_take_both() {
    let case = case(
        &(authentication("istio-system", "default", "mtls: { mode: STRICT }")
            + &authentication(
                "a",
                "api",
                "selector: { matchLabels: { app: api } }, portLevelMtls: { 8080: { mode: PERMISSIVE } }",
            )),
    );
    assert_eq!(case.open("b/job", "a/web"), "every port");
    assert_eq!(
        case.open("c/job", "a/web"),
        format!("TCP 15020-15021, 15090; {ALL_UDP}")
    );
    assert_eq!(
        case.open("c/job", "a/api"),
        format!("TCP 8080, 15020-15021, 15090; {ALL_UDP}")
    );
    assert_eq!(case.open("a/web", "c/job"), "every port");
    assert_eq!(
        case.why("c/job", "a/web", 80),
        "mesh of Pod a/web: PeerAuthentication istio-system/default wants mutual TLS, which the caller has no proxy for"
    );
}

#[test]
fn a_namespace_overrules_the_mesh() {
    let case = case(
        &(authentication("istio-system", "default", "mtls: { mode: STRICT }")
            + &authentication("a", "default", "mtls: { mode: PERMISSIVE }")),
    );
    assert_eq!(case.open("c/job", "a/web"), "every port");
}

#[test]
fn where_something_is_allowed_nothing_else_is() {
    let case = case(&authorization(
        "a",
        "api",
        "selector: { matchLabels: { app: api } }, rules: [{ from: [{ source: { principals: [cluster.local/ns/b/sa/job] } }], to: [{ operation: { ports: ['8080'], methods: [GET] } }] }]",
    ));
    assert_eq!(
        case.open("b/job", "a/api"),
        format!("TCP 8080, 15020-15021, 15090; {ALL_UDP}")
    );
    assert_eq!(
        case.open("a/web", "a/api"),
        format!("TCP 15020-15021, 15090; {ALL_UDP}")
    );
    // Its account alone does not prove a caller outside of the mesh.
    assert_eq!(
        case.open("c/job", "a/api"),
        format!("TCP 15020-15021, 15090; {ALL_UDP}")
    );
    assert_eq!(case.open("b/job", "a/web"), "every port");
    assert_eq!(
        case.why("a/web", "a/api", 8080),
        "mesh of Pod a/api: no rule of AuthorizationPolicy a/api allows it"
    );
}

#[test]
fn no_rules_deny_all_and_an_empty_rule_allows_all() {
    let case_of = |rules: &str| case(&authorization("a", "all", rules));
    assert_eq!(
        case_of("action: ALLOW").open("b/job", "a/api"),
        format!("TCP 15020-15021, 15090; {ALL_UDP}")
    );
    assert_eq!(case_of("rules: [{}]").open("c/job", "a/api"), "every port");
    assert_eq!(case_of("action: DENY").open("b/job", "a/api"), "every port");
    assert_eq!(
        case_of("action: DENY, rules: [{}]").open("b/job", "a/api"),
        format!("TCP 15020-15021, 15090; {ALL_UDP}")
    );
    assert_eq!(
        case_of("action: AUDIT, rules: [{}]").open("b/job", "a/api"),
        "every port"
    );
}

#[test]
fn denying_comes_first_and_only_as_far_as_nothing_else_is_asked() {
    let allow = authorization("a", "allow", "rules: [{}]");
    let deny = authorization(
        "istio-system",
        "deny",
        "action: DENY, rules: [{ from: [{ source: { notNamespaces: [a] } }], to: [{ operation: { ports: ['80'] } }, { operation: { ports: ['81'], paths: [/admin] } }] }]",
    );
    let case = case(&(allow + &deny));
    assert_eq!(
        case.open("b/job", "a/api"),
        "TCP 1-79, 81-65535; UDP every port; SCTP every port"
    );
    assert_eq!(case.open("a/web", "a/api"), "every port");
    assert_eq!(
        case.open("c/job", "a/api"),
        "TCP 1-79, 81-65535; UDP every port; SCTP every port"
    );
    assert_eq!(
        case.why("b/job", "a/api", 80),
        "mesh of Pod a/api: spec.rules[0] of AuthorizationPolicy istio-system/deny denies it"
    );
}

#[test]
fn plain_text_is_told_by_its_lack_of_a_principal_and_by_its_address() {
    let case = case(&authorization(
        "a",
        "plain",
        "rules: [{ from: [{ source: { notPrincipals: ['*'], ipBlocks: [10.0.0.0/8] } }] }]",
    ));
    assert_eq!(case.open("10.0.0.1", "a/api"), "every port");
    assert_eq!(
        case.open("8.8.8.8", "a/api"),
        format!("TCP 15020-15021, 15090; {ALL_UDP}")
    );
    assert_eq!(
        case.open("b/job", "a/api"),
        format!("TCP 15020-15021, 15090; {ALL_UDP}")
    );
}

#[test]
fn the_mesh_comes_after_the_network() {
    let policy = "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: own, namespace: a }\nspec: { podSelector: {}, ingress: [{ ports: [{ port: 80 }, { port: 81 }] }] }\n";
    let case = case(
        &(policy.to_owned()
            + &authorization(
                "a",
                "some",
                "rules: [{ to: [{ operation: { ports: ['81', '82'] } }] }]",
            )),
    );
    assert_eq!(case.open("b/job", "a/api"), "TCP 81");
}

#[test]
fn a_proxy_that_calls_registered_hosts_alone_calls_those_that_its_sidecar_names() {
    let service = |namespace: &str, name: &str| {
        format!(
            "---\napiVersion: v1\nkind: Service\nmetadata: {{ name: {name}, namespace: {namespace} }}\nspec: {{ selector: {{ app: {name} }}, ports: [{{ port: 80 }}] }}\n"
        )
    };
    let sidecar = |mode: &str| {
        format!(
            "---\napiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {{ name: default, namespace: a }}\nspec: {{ outboundTrafficPolicy: {{ mode: {mode} }}, egress: [{{ hosts: [./*, b/other.b.svc.cluster.local] }}] }}\n"
        )
    };
    let services = service("a", "api") + &service("b", "job");
    let strict = case(&(services.clone() + &sidecar("REGISTRY_ONLY")));
    assert_eq!(strict.open("a/web", "a/api"), "every port");
    assert_eq!(strict.open("a/web", "b/job"), ALL_UDP);
    assert_eq!(strict.open("a/web", "8.8.8.8"), ALL_UDP);
    assert_eq!(strict.open("b/job", "c/job"), "every port");
    assert_eq!(
        strict.why("a/web", "b/job", 80),
        "mesh of Pod a/web: Sidecar a/default names no host of the callee, and no other may be called"
    );
    let lax = case(&(services + &sidecar("ALLOW_ANY")));
    assert_eq!(lax.open("a/web", "b/job"), "every port");
}
