//! Flows: both ends get a policy, and each policy lets through what was said and nothing beside it.

use std::collections::BTreeMap;

use builders::{Endpoint, Flow, Flows, Labels, OwnedManifest, Peer};
use manifest::Manifest;
use names::{Cidr, NamespaceName, ObjectName, WorkloadName, name};
use serde_json::{Value, json};

use crate::sample::{ADMIN, HTTP, SHOP, VAULT, account, field, workload};

fn peer(namespace: &NamespaceName, name: &WorkloadName) -> Peer {
    let identity = workload(namespace, name);
    Peer::meshed(&identity, &account(&identity))
}

fn basket() -> Peer {
    peer(&SHOP, &name!(WorkloadName, "basket"))
}

fn prices() -> Peer {
    peer(&SHOP, &name!(WorkloadName, "prices"))
}

fn keys() -> Peer {
    peer(&VAULT, &name!(WorkloadName, "keys"))
}

fn http(peer: Peer) -> Endpoint {
    Endpoint { peer, port: HTTP }
}

fn admin(peer: Peer) -> Endpoint {
    Endpoint { peer, port: ADMIN }
}

/// The policies by namespace and name.
fn policies(flows: impl IntoIterator<Item = Flow>) -> BTreeMap<String, Manifest> {
    let owned = flows.into_iter().collect::<Flows>().network_policies();
    let count = owned.len();
    let policies: BTreeMap<_, _> = owned
        .into_iter()
        .map(|OwnedManifest { manifest, .. }| {
            let id = manifest.id();
            (
                format!(
                    "{}/{}",
                    id.namespace.as_deref().unwrap_or_default(),
                    id.name
                ),
                manifest,
            )
        })
        .collect();
    assert_eq!(policies.len(), count, "two policies of one name");
    policies
}

fn spec(policies: &BTreeMap<String, Manifest>, name: &str) -> Value {
    let manifest = policies.get(name).expect(name);
    field(manifest, "/spec")
}

#[test]
fn a_flow_has_a_policy_at_both_ends() {
    let policies = policies([Flow::new(&basket(), &http(keys()))]);
    assert_eq!(
        policies.keys().collect::<Vec<_>>(),
        ["shop/basket-to-keys", "vault/keys-from-basket"]
    );
    let egress = spec(&policies, "shop/basket-to-keys");
    assert_eq!(
        egress["podSelector"],
        json!({ "matchLabels": { "app": "basket" } })
    );
    assert_eq!(egress["policyTypes"], json!(["Egress"]));
    let ingress = spec(&policies, "vault/keys-from-basket");
    assert_eq!(
        ingress["podSelector"],
        json!({ "matchLabels": { "app": "keys" } })
    );
    assert_eq!(ingress["policyTypes"], json!(["Ingress"]));
}

#[test]
fn across_namespaces_namespace_and_pod_are_one_item_so_that_both_must_match() {
    let policies = policies([Flow::new(&basket(), &http(keys()))]);
    let item = |namespace: &str, pod: &str| {
        json!([{
            "namespaceSelector": { "matchLabels": { "kubernetes.io/metadata.name": namespace } },
            "podSelector": { "matchLabels": { "app": pod } },
        }])
    };
    assert_eq!(
        spec(&policies, "shop/basket-to-keys")["egress"][0]["to"],
        item("vault", "keys")
    );
    assert_eq!(
        spec(&policies, "vault/keys-from-basket")["ingress"][0]["from"],
        item("shop", "basket")
    );
}

#[test]
fn inside_one_namespace_the_pods_are_selected_alone() {
    let policies = policies([Flow::new(&basket(), &http(prices()))]);
    assert_eq!(
        spec(&policies, "shop/basket-to-prices")["egress"][0]["to"],
        json!([{ "podSelector": { "matchLabels": { "app": "prices" } } }])
    );
    assert_eq!(
        spec(&policies, "shop/prices-from-basket")["ingress"][0]["from"],
        json!([{ "podSelector": { "matchLabels": { "app": "basket" } } }])
    );
}

#[test]
fn a_policy_names_ports_by_number_and_never_leaves_them_out() {
    let policies = policies([Flow::new(&basket(), &http(keys()))]);
    let ports = json!([{ "port": 8080, "protocol": "TCP" }]);
    assert_eq!(
        spec(&policies, "shop/basket-to-keys")["egress"][0]["ports"],
        ports
    );
    assert_eq!(
        spec(&policies, "vault/keys-from-basket")["ingress"][0]["ports"],
        ports
    );
}

#[test]
fn the_ports_of_one_pair_are_one_policy_and_each_port_is_in_it_once() {
    let flow = |to: Endpoint| Flow::new(&basket(), &to);
    let policies = policies([flow(http(keys())), flow(admin(keys())), flow(http(keys()))]);
    assert_eq!(policies.len(), 2);
    let ports = json!([{ "port": 8080, "protocol": "TCP" }, { "port": 9000, "protocol": "TCP" }]);
    assert_eq!(
        spec(&policies, "shop/basket-to-keys")["egress"][0]["ports"],
        ports
    );
    assert_eq!(
        spec(&policies, "vault/keys-from-basket")["ingress"][0]["ports"],
        ports
    );
}

#[test]
fn two_callees_of_one_name_in_two_namespaces_are_both_let_through_each_on_its_own_port() {
    let other = peer(&VAULT, &name!(WorkloadName, "prices"));
    let policies = policies([
        Flow::new(&basket(), &http(prices())),
        Flow::new(&basket(), &admin(other)),
    ]);
    assert_eq!(
        spec(&policies, "shop/basket-to-prices")["egress"],
        json!([
            {
                "to": [{ "podSelector": { "matchLabels": { "app": "prices" } } }],
                "ports": [{ "port": 8080, "protocol": "TCP" }],
            },
            {
                "to": [{
                    "namespaceSelector": { "matchLabels": { "kubernetes.io/metadata.name": "vault" } },
                    "podSelector": { "matchLabels": { "app": "prices" } },
                }],
                "ports": [{ "port": 9000, "protocol": "TCP" }],
            },
        ])
    );
}

#[test]
fn two_callers_of_one_name_in_two_namespaces_are_both_let_in() {
    let other = peer(&VAULT, &name!(WorkloadName, "basket"));
    let policies = policies([
        Flow::new(&basket(), &http(prices())),
        Flow::new(&other, &http(prices())),
    ]);
    let ingress = &spec(&policies, "shop/prices-from-basket")["ingress"];
    let from: Vec<&Value> = crate::sample::items(ingress)
        .iter()
        .flat_map(|rule| crate::sample::items(&rule["from"]))
        .collect();
    assert_eq!(from.len(), 2);
}

#[test]
fn names_that_read_alike_are_never_one_policy() {
    let pair = |from: &WorkloadName, to: &WorkloadName| {
        Flow::new(&peer(&SHOP, from), &http(peer(&SHOP, to)))
    };
    let flows: Flows = [
        pair(
            &name!(WorkloadName, "order"),
            &name!(WorkloadName, "cash-to-bank"),
        ),
        pair(
            &name!(WorkloadName, "order-to-cash"),
            &name!(WorkloadName, "bank"),
        ),
    ]
    .into_iter()
    .collect();
    let selected: Vec<Value> = flows
        .network_policies()
        .iter()
        .filter(|owned| field(&owned.manifest, "/spec/policyTypes/0") == json!("Egress"))
        .map(|owned| field(&owned.manifest, "/spec/podSelector/matchLabels/app"))
        .collect();
    assert_eq!(selected, [json!("order"), json!("order-to-cash")]);
}

#[test]
fn each_policy_belongs_to_the_application_of_the_workload_that_it_selects() {
    let owned = Flows::from_iter([Flow::new(&basket(), &http(keys()))]).network_policies();
    let applications: Vec<&str> = owned
        .iter()
        .map(|owned| owned.application.as_str())
        .collect();
    assert_eq!(applications, ["basket", "keys"]);
}

#[test]
fn pods_that_something_else_makes_get_no_policy_but_are_let_in() {
    let gateway = Peer::Pods {
        name: name!(ObjectName, "gateway"),
        namespace: name!(NamespaceName, "ingress"),
        labels: Labels::from([("istio".to_owned(), "ingress".to_owned())]),
        account: None,
    };
    let policies = policies([Flow::new(&gateway, &http(basket()))]);
    assert_eq!(
        policies.keys().collect::<Vec<_>>(),
        ["shop/basket-from-gateway"]
    );
    assert_eq!(
        spec(&policies, "shop/basket-from-gateway")["ingress"][0]["from"],
        json!([{
            "namespaceSelector": { "matchLabels": { "kubernetes.io/metadata.name": "ingress" } },
            "podSelector": { "matchLabels": { "istio": "ingress" } },
        }])
    );
}

#[test]
fn pods_without_labels_are_every_pod_of_their_namespace_and_of_no_other() {
    let every = |namespace: NamespaceName| Peer::Pods {
        name: name!(ObjectName, "all"),
        namespace,
        labels: Labels::new(),
        account: None,
    };
    let from = |peer: Peer| {
        spec(
            &policies([Flow::new(&peer, &http(basket()))]),
            "shop/basket-from-all",
        )["ingress"][0]["from"]
            .clone()
    };
    assert_eq!(
        from(every(VAULT)),
        json!([{ "namespaceSelector": { "matchLabels": { "kubernetes.io/metadata.name": "vault" } } }])
    );
    assert_eq!(from(every(SHOP)), json!([{ "podSelector": {} }]));
}

#[test]
fn addresses_are_let_through_without_those_that_are_left_out() {
    let cidr = |text: &str| text.parse::<Cidr>().expect("a block");
    let outside = Peer::Addresses {
        name: name!(ObjectName, "internet"),
        blocks: vec![cidr("0.0.0.0/0"), cidr("192.0.2.0/24")],
        except: vec![cidr("10.0.0.0/16")],
    };
    let policies = policies([Flow::new(&basket(), &http(outside))]);
    assert_eq!(
        policies.keys().collect::<Vec<_>>(),
        ["shop/basket-to-internet"]
    );
    assert_eq!(
        spec(&policies, "shop/basket-to-internet")["egress"][0]["to"],
        json!([
            { "ipBlock": { "cidr": "0.0.0.0/0", "except": ["10.0.0.0/16"] } },
            // The API server refuses an exception that lies outside of its block.
            { "ipBlock": { "cidr": "192.0.2.0/24" } },
        ])
    );
}
