//! Callers without a proxy: the callee's port takes plain text from them, and nobody's account is made up for them.

use builders::{Endpoint, Flow, Flows, Labels, OwnedManifest, Peer};
use manifest::Manifest;
use names::{Cidr, NamespaceName, ObjectName, WorkloadName, name};
use serde_json::{Value, json};

use crate::sample::{ADMIN, HTTP, SHOP, account, field, workload};

fn basket() -> Peer {
    let identity = workload(&SHOP, &name!(WorkloadName, "basket"));
    Peer::meshed(&identity, &account(&identity))
}

fn prices() -> Peer {
    let identity = workload(&SHOP, &name!(WorkloadName, "prices"));
    Peer::meshed(&identity, &account(&identity))
}

fn balancer() -> Peer {
    Peer::Addresses {
        name: name!(ObjectName, "load-balancer"),
        blocks: vec![Cidr::v4([10, 0, 1, 0], 24)],
        except: Vec::new(),
    }
}

fn controller() -> Peer {
    Peer::Pods {
        name: name!(ObjectName, "ingress"),
        namespace: name!(NamespaceName, "ingress"),
        labels: Labels::new(),
        account: None,
    }
}

fn to_basket(from: &Peer) -> Flow {
    let http = Endpoint {
        peer: basket(),
        port: HTTP,
    };
    Flow::new(from, &http)
}

fn only(owned: Vec<OwnedManifest>) -> Option<Manifest> {
    let mut owned = owned.into_iter();
    let first = owned.next().map(|owned| owned.manifest);
    assert!(owned.next().is_none(), "more than one");
    first
}

fn spec(owned: Vec<OwnedManifest>) -> Value {
    only(owned).map_or(Value::Null, |manifest| field(&manifest, "/spec"))
}

#[test]
fn only_the_port_that_plain_text_comes_to_takes_it() {
    let admin = Endpoint {
        peer: basket(),
        port: ADMIN,
    };
    let flows: Flows = [
        to_basket(&balancer()).plain_text(),
        to_basket(&controller()).plain_text(),
        Flow::new(&prices(), &admin),
    ]
    .into_iter()
    .collect();
    let policy = spec(flows.peer_authentications());
    assert_eq!(policy["mtls"], json!({ "mode": "STRICT" }));
    let port = HTTP.port.get().to_string();
    assert_eq!(
        policy["portLevelMtls"],
        json!({ port: { "mode": "PERMISSIVE" } })
    );
}

#[test]
fn without_plain_text_there_is_no_exception() {
    let flows: Flows = [to_basket(&prices())].into_iter().collect();
    assert!(flows.peer_authentications().is_empty());
}

#[test]
fn who_proves_nothing_is_let_in_as_nobody_and_from_its_addresses_only() {
    let source = |from: &Peer| {
        let flows: Flows = [to_basket(from).plain_text()].into_iter().collect();
        spec(flows.authorization_policies())["rules"][0]["from"][0]["source"].clone()
    };
    assert_eq!(source(&controller()), json!({ "notPrincipals": ["*"] }));
    assert_eq!(
        source(&balancer()),
        json!({ "notPrincipals": ["*"], "ipBlocks": ["10.0.1.0/24"] })
    );
}
