//! Objects of Istio.

use api::networking_istio_io::v1::{
    DestinationRule, DestinationRuleSpec, DestinationRuleSubset, DestinationRuleTrafficPolicy,
    DestinationRuleTrafficPolicyOutlierDetection, DestinationRuleTrafficPolicyTls,
    DestinationRuleTrafficPolicyTlsMode, Gateway, GatewayServer, GatewayServerPort,
    GatewayServerTls, GatewayServerTlsMode, GatewaySpec, VirtualService, VirtualServiceHttp,
    VirtualServiceHttpMatch, VirtualServiceHttpMatchHeader, VirtualServiceHttpRoute,
    VirtualServiceHttpRouteDestination, VirtualServiceSpec,
};
use api::security_istio_io::v1::{
    AuthorizationPolicy, AuthorizationPolicyAction, AuthorizationPolicyRule,
    AuthorizationPolicyRuleFrom, AuthorizationPolicyRuleFromSource, AuthorizationPolicyRuleTo,
    AuthorizationPolicyRuleToOperation, AuthorizationPolicySelector, AuthorizationPolicySpec,
    PeerAuthentication, PeerAuthenticationMtls, PeerAuthenticationMtlsMode, PeerAuthenticationSpec,
};

use super::{json, named, some, spec, strings};

fn to_subset(subset: &str, weight: Option<i32>) -> VirtualServiceHttpRoute {
    VirtualServiceHttpRoute {
        destination: VirtualServiceHttpRouteDestination {
            host: "api-gateway".to_owned(),
            subset: some(subset),
            ..Default::default()
        },
        weight,
        ..Default::default()
    }
}

#[test]
fn a_virtual_service_with_a_canary() {
    let canary = VirtualServiceHttpMatchHeader {
        exact: some("true"),
        ..Default::default()
    };
    let service = VirtualService {
        metadata: named("api-gateway-vs"),
        spec: Some(VirtualServiceSpec {
            hosts: Some(strings(["api-gateway"])),
            http: Some(vec![
                VirtualServiceHttp {
                    match_: Some(vec![VirtualServiceHttpMatch {
                        headers: Some([("canary".to_owned(), canary)].into()),
                        ..Default::default()
                    }]),
                    route: Some(vec![to_subset("v2", None)]),
                    ..Default::default()
                },
                VirtualServiceHttp {
                    route: Some(vec![to_subset("v1", Some(90)), to_subset("v2", Some(10))]),
                    ..Default::default()
                },
            ]),
            ..Default::default()
        }),
    };
    let to = |subset: &str| json!({ "host": "api-gateway", "subset": subset });
    assert_eq!(
        spec(&service),
        json!({
            "hosts": ["api-gateway"],
            "http": [
                { "match": [{ "headers": { "canary": { "exact": "true" } } }], "route": [{ "destination": to("v2") }] },
                { "route": [{ "destination": to("v1"), "weight": 90 }, { "destination": to("v2"), "weight": 10 }] },
            ],
        })
    );
}

#[test]
fn a_destination_rule_with_subsets_and_outlier_detection() {
    let subset = |version: &str| DestinationRuleSubset {
        name: version.to_owned(),
        labels: Some([("version".to_owned(), version.to_owned())].into()),
        ..Default::default()
    };
    let rule = DestinationRule {
        metadata: named("api-gateway"),
        spec: Some(DestinationRuleSpec {
            host: "api-gateway".to_owned(),
            subsets: Some(vec![subset("v1"), subset("v2")]),
            traffic_policy: Some(DestinationRuleTrafficPolicy {
                outlier_detection: Some(DestinationRuleTrafficPolicyOutlierDetection {
                    consecutive5xx_errors: Some(5),
                    base_ejection_time: some("30s"),
                    ..Default::default()
                }),
                tls: Some(DestinationRuleTrafficPolicyTls {
                    mode: Some(DestinationRuleTrafficPolicyTlsMode::IstioMutual),
                    ..Default::default()
                }),
                ..Default::default()
            }),
            ..Default::default()
        }),
    };
    assert_eq!(
        spec(&rule),
        json!({
            "host": "api-gateway",
            "subsets": [{ "name": "v1", "labels": { "version": "v1" } }, { "name": "v2", "labels": { "version": "v2" } }],
            "trafficPolicy": {
                "outlierDetection": { "baseEjectionTime": "30s", "consecutive5xxErrors": 5 },
                "tls": { "mode": "ISTIO_MUTUAL" },
            },
        })
    );
}

#[test]
fn an_authorization_policy_with_from_and_to_in_one_rule() {
    let rule = AuthorizationPolicyRule {
        from: Some(vec![AuthorizationPolicyRuleFrom {
            source: Some(AuthorizationPolicyRuleFromSource {
                principals: Some(strings(["cluster.local/ns/production/sa/frontend-sa"])),
                ..Default::default()
            }),
        }]),
        to: Some(vec![AuthorizationPolicyRuleTo {
            operation: Some(AuthorizationPolicyRuleToOperation {
                methods: Some(strings(["GET", "POST"])),
                ..Default::default()
            }),
        }]),
        ..Default::default()
    };
    let policy = AuthorizationPolicy {
        metadata: named("api-gateway-authz"),
        spec: Some(AuthorizationPolicySpec {
            action: Some(AuthorizationPolicyAction::Allow),
            selector: Some(AuthorizationPolicySelector {
                match_labels: Some([("app".to_owned(), "api-gateway".to_owned())].into()),
            }),
            rules: Some(vec![rule]),
            ..Default::default()
        }),
    };
    assert_eq!(
        spec(&policy),
        json!({
            "action": "ALLOW",
            "rules": [{
                "from": [{ "source": { "principals": ["cluster.local/ns/production/sa/frontend-sa"] } }],
                "to": [{ "operation": { "methods": ["GET", "POST"] } }],
            }],
            "selector": { "matchLabels": { "app": "api-gateway" } },
        })
    );
}

#[test]
fn a_strict_peer_authentication() {
    let strict = PeerAuthenticationMtls {
        mode: Some(PeerAuthenticationMtlsMode::Strict),
    };
    let authentication = PeerAuthentication {
        metadata: named("default"),
        spec: Some(PeerAuthenticationSpec {
            mtls: Some(strict),
            ..Default::default()
        }),
    };
    assert_eq!(
        spec(&authentication),
        json!({ "mtls": { "mode": "STRICT" } })
    );
}

#[test]
fn a_gateway_that_ends_tls() {
    let server = GatewayServer {
        hosts: strings(["api.example.com"]),
        port: GatewayServerPort {
            name: "https".to_owned(),
            number: 443,
            protocol: "HTTPS".to_owned(),
            ..Default::default()
        },
        tls: Some(GatewayServerTls {
            mode: Some(GatewayServerTlsMode::Simple),
            credential_name: some("api-tls"),
            ..Default::default()
        }),
        ..Default::default()
    };
    let gateway = Gateway {
        metadata: named("public"),
        spec: Some(GatewaySpec {
            servers: Some(vec![server]),
            ..Default::default()
        }),
    };
    assert_eq!(
        spec(&gateway),
        json!({
            "servers": [{
                "hosts": ["api.example.com"],
                "port": { "name": "https", "number": 443, "protocol": "HTTPS" },
                "tls": { "credentialName": "api-tls", "mode": "SIMPLE" },
            }],
        })
    );
}
