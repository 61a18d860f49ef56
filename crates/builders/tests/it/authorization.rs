//! Authorization in the mesh: who and what in one rule, and only callers that can prove who they are.

use builders::{Endpoint, Flow, Flows, Identity, Labels, Method, Peer, ServiceAccountRef};
use manifest::Manifest;
use names::{Cidr, NamespaceName, ObjectName, ServiceAccountName, WorkloadName, name};
use serde_json::{Value, json};

use crate::sample::{ADMIN, HTTP, SHOP, VAULT, account, field, items, workload};

fn keys() -> Identity {
    workload(&VAULT, &name!(WorkloadName, "keys"))
}

fn basket() -> Identity {
    workload(&SHOP, &name!(WorkloadName, "basket"))
}

fn meshed(identity: &Identity) -> Peer {
    Peer::meshed(identity, &account(identity))
}

fn plain(identity: &Identity) -> Peer {
    Peer::plain(identity, &account(identity))
}

fn to_keys() -> Endpoint {
    Endpoint {
        peer: meshed(&keys()),
        port: HTTP,
    }
}

fn policies(flows: impl IntoIterator<Item = Flow>) -> Vec<Manifest> {
    let owned = flows
        .into_iter()
        .collect::<Flows>()
        .authorization_policies();
    owned.into_iter().map(|owned| owned.manifest).collect()
}

/// The rules of the only policy.
fn rules(flows: impl IntoIterator<Item = Flow>) -> Vec<Value> {
    let policies = policies(flows);
    assert_eq!(policies.len(), 1);
    policies
        .iter()
        .flat_map(|policy| items(&field(policy, "/spec/rules")).to_vec())
        .collect()
}

#[test]
fn a_rule_says_who_and_what_in_one() {
    let flow = Flow::new(&meshed(&basket()), &to_keys()).methods([Method::Get, Method::Post]);
    assert_eq!(
        rules([flow]),
        [json!({
            "from": [{ "source": { "principals": ["cluster.local/ns/shop/sa/basket"] } }],
            "to": [{ "operation": { "ports": ["8080"], "methods": ["GET", "POST"] } }],
        })]
    );
}

#[test]
fn the_policy_allows_and_selects_the_callee_in_its_own_namespace() {
    let policies = policies([Flow::new(&meshed(&basket()), &to_keys())]);
    let policy = policies.first().expect("a policy");
    assert_eq!(policy.id().namespace.as_deref(), Some("vault"));
    assert_eq!(policy.id().name, "keys-authz");
    assert_eq!(field(policy, "/spec/action"), json!("ALLOW"));
    assert_eq!(
        field(policy, "/spec/selector"),
        json!({ "matchLabels": { "app": "keys" } })
    );
}

#[test]
fn each_caller_has_a_rule_of_its_own_so_that_no_method_of_one_is_lent_to_another() {
    let prices = workload(&SHOP, &name!(WorkloadName, "prices"));
    let rules = rules([
        Flow::new(&meshed(&basket()), &to_keys()).methods([Method::Get]),
        Flow::new(
            &meshed(&prices),
            &Endpoint {
                peer: meshed(&keys()),
                port: ADMIN,
            },
        )
        .methods([Method::Delete]),
    ]);
    let said: Vec<[&Value; 3]> = rules
        .iter()
        .map(|rule| {
            let operation = &rule["to"][0]["operation"];
            [
                &rule["from"][0]["source"]["principals"],
                &operation["ports"],
                &operation["methods"],
            ]
        })
        .collect();
    let principal = |name: &str| json!([format!("cluster.local/ns/shop/sa/{name}")]);
    assert_eq!(
        said,
        [
            [&principal("basket"), &json!(["8080"]), &json!(["GET"])],
            [&principal("prices"), &json!(["9000"]), &json!(["DELETE"])],
        ]
    );
}

#[test]
fn no_methods_mean_every_method_and_are_not_written() {
    let rules = rules([Flow::new(&meshed(&basket()), &to_keys())]);
    assert_eq!(
        rules.first().map(|rule| &rule["to"][0]["operation"]),
        Some(&json!({ "ports": ["8080"] }))
    );
}

#[test]
fn callers_outside_the_mesh_give_no_rule() {
    let addresses = Peer::Addresses {
        name: name!(ObjectName, "office"),
        blocks: vec!["192.0.2.0/24".parse::<Cidr>().expect("a block")],
        except: Vec::new(),
    };
    let unknown = Peer::Pods {
        name: name!(ObjectName, "agents"),
        namespace: SHOP,
        labels: Labels::new(),
        account: None,
    };
    let outside = [plain(&basket()), addresses, unknown].map(|peer| Flow::new(&peer, &to_keys()));
    assert_eq!(rules(outside), Vec::<Value>::new());
}

#[test]
fn pods_that_something_else_makes_are_let_in_by_the_account_that_they_prove() {
    let namespace = name!(NamespaceName, "ingress");
    let account = ServiceAccountRef::external(
        &namespace,
        &name!(ServiceAccountName, "gateway"),
        "made by a chart",
    );
    let gateway = Peer::Pods {
        name: name!(ObjectName, "gateway"),
        namespace,
        labels: Labels::new(),
        account: Some(account),
    };
    let rules = rules([Flow::new(&gateway, &to_keys())]);
    assert_eq!(
        rules.first().map(|rule| &rule["from"]),
        Some(&json!([{ "source": { "principals": ["cluster.local/ns/ingress/sa/gateway"] } }]))
    );
}

#[test]
fn a_callee_outside_the_mesh_has_no_policy() {
    let callee = Endpoint {
        peer: plain(&keys()),
        port: HTTP,
    };
    assert!(policies([Flow::new(&meshed(&basket()), &callee)]).is_empty());
}

#[test]
fn flows_outside_the_mesh_are_left_out_here_but_not_of_the_network_policies() {
    let flow = || Flow::new(&meshed(&basket()), &to_keys()).outside_the_mesh();
    assert!(policies([flow()]).is_empty());
    assert_eq!(Flows::from_iter([flow()]).network_policies().len(), 2);
    let seen = Flow::new(
        &meshed(&workload(&SHOP, &name!(WorkloadName, "prices"))),
        &to_keys(),
    );
    assert_eq!(rules([flow(), seen]).len(), 1);
}

#[test]
fn the_policies_are_the_same_in_every_order_of_callees() {
    let ids = |flows: Vec<Flow>| -> Vec<String> {
        policies(flows)
            .iter()
            .map(|policy| policy.id().to_string())
            .collect()
    };
    let one = || Flow::new(&meshed(&basket()), &to_keys());
    let other = || {
        Flow::new(
            &meshed(&keys()),
            &Endpoint {
                peer: meshed(&basket()),
                port: HTTP,
            },
        )
    };
    assert_eq!(ids(vec![one(), other()]), ids(vec![other(), one()]));
}
