//! Traffic: what is exposed bounds those who come from outside, and whoever has rights reaches the API server.

use serde_json::{Value, json};

use crate::environments::{Rendered, every, field};

#[test]
fn exposed_paths_bind_clients_of_the_gateway_and_leave_callers_inside_the_mesh_alone() {
    let rendered = Rendered::of("canary");
    let routes = rendered
        .find("VirtualService", "shop", "web-vs")
        .map(|routes| field(routes, "/spec/http"));
    let matches = |index: usize| routes.as_ref().map(|routes| routes[index]["match"].clone());
    let outside = |uri: Value| json!({ "gateways": ["istio-ingress/public"], "uri": uri });
    let inside = json!({ "gateways": ["mesh"] });
    assert_eq!(
        matches(1),
        Some(json!([
            outside(json!({ "exact": "/shop" })),
            outside(json!({ "prefix": "/shop/" })),
            outside(json!({ "exact": "/search" })),
            outside(json!({ "prefix": "/search/" })),
            inside,
        ]))
    );
}

#[test]
fn only_callers_inside_the_mesh_choose_the_version_on_trial() {
    let rendered = Rendered::of("canary");
    let routes = rendered
        .find("VirtualService", "shop", "web-vs")
        .map(|routes| field(routes, "/spec/http/0/match"));
    let by_header = json!([{ "gateways": ["mesh"], "headers": { "canary": { "exact": "true" } } }]);
    assert_eq!(routes, Some(by_header));
}

#[test]
fn a_service_on_every_path_matches_nothing_in_particular() {
    let rendered = Rendered::of("exposed");
    let routes = rendered
        .find("VirtualService", "shop", "web-vs")
        .map(|routes| field(routes, "/spec/http"));
    let routes = routes.unwrap_or_default();
    assert_eq!(routes.as_array().map(Vec::len), Some(1));
    assert_eq!(routes[0].get("match"), None);
}

#[test]
fn exactly_the_services_with_rights_get_a_token_and_a_way_to_the_api_server() {
    for rendered in every() {
        for (name, service) in &rendered.environment.services {
            let namespace = service.namespace.as_str();
            let has_rights = service
                .account
                .as_ref()
                .is_some_and(|account| !account.may.is_empty());
            let policy = rendered.find(
                "NetworkPolicy",
                namespace,
                &format!("{name}-to-control-plane"),
            );
            assert_eq!(policy.is_some(), has_rights, "{}: {name}", rendered.fixture);
            let workload = ["Deployment", "Rollout"]
                .iter()
                .find_map(|kind| rendered.find(kind, namespace, name.as_str()))
                .map(|workload| {
                    field(workload, "/spec/template/spec/automountServiceAccountToken")
                });
            assert_eq!(
                workload,
                Some(json!(has_rights)),
                "{}: {name}",
                rendered.fixture
            );
        }
    }
}

#[test]
fn the_database_lets_its_own_proxy_in_exactly_where_there_is_one() {
    for fixture in ["small", "without-mesh"] {
        let rendered = Rendered::of(fixture);
        let config = rendered.find("ConfigMap", "data", "postgres-config");
        let rules = config
            .map(|config| field(config, "/data/pg_hba.conf").to_string())
            .unwrap_or_default();
        assert!(rules.contains("10.9.0.0/16"), "{fixture}: {rules}");
        assert_eq!(
            rules.contains("127.0.0.6/32"),
            fixture == "small",
            "{rules}"
        );
    }
}
