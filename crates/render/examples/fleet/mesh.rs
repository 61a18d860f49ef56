//! An application of the fleet in the mesh: its route, how it is called, and who may call it.

use api::networking_istio_io::v1 as networking;
use api::security_istio_io::v1 as security;
use builders::Identity;
use manifest::Manifest;

use crate::input::App;

/// The route from the public gateway.
pub(crate) fn virtual_service(identity: &Identity, app: &App<'_>, host: &str) -> Manifest {
    let everything = networking::VirtualServiceHttpMatch {
        uri: Some(networking::VirtualServiceHttpMatchUri {
            prefix: Some("/".to_owned()),
            ..Default::default()
        }),
        ..Default::default()
    };
    let destination = networking::VirtualServiceHttpMirrorDestination {
        host: host.to_owned(),
        port: Some(
            networking::DestinationRuleTrafficPolicyPortLevelSettingPort { number: Some(80) },
        ),
        ..Default::default()
    };
    let route = networking::VirtualServiceHttp {
        match_: Some(vec![everything]),
        timeout: Some(app.timeout.to_owned()),
        retries: Some(networking::VirtualServiceHttpRetries {
            attempts: Some(2),
            per_try_timeout: Some("2s".to_owned()),
            retry_on: Some("5xx,reset".to_owned()),
            ..Default::default()
        }),
        route: Some(vec![networking::VirtualServiceHttpRoute {
            destination,
            ..Default::default()
        }]),
        ..Default::default()
    };
    let spec = networking::VirtualServiceSpec {
        hosts: Some(vec![app.host.to_owned()]),
        gateways: Some(vec!["istio-ingress/public".to_owned()]),
        http: Some(vec![route]),
        ..Default::default()
    };
    let service = networking::VirtualService {
        metadata: identity.metadata(),
        spec: Some(spec),
    };
    Manifest::namespaced(identity.namespace(), identity.name(), service)
}

/// Connections to the pods: how many, how secured, and when a pod is left out.
pub(crate) fn destination_rule(identity: &Identity, host: String) -> Manifest {
    let pool = networking::DestinationRuleTrafficPolicyConnectionPool {
        tcp: Some(networking::SidecarInboundConnectionPoolTcp {
            max_connections: Some(200),
            ..Default::default()
        }),
        http: Some(networking::SidecarInboundConnectionPoolHttp {
            http2_max_requests: Some(500),
            max_requests_per_connection: Some(100),
            ..Default::default()
        }),
    };
    let outliers = networking::DestinationRuleTrafficPolicyOutlierDetection {
        consecutive5xx_errors: Some(5),
        interval: Some("10s".to_owned()),
        base_ejection_time: Some("30s".to_owned()),
        max_ejection_percent: Some(50),
        ..Default::default()
    };
    let policy = networking::DestinationRuleTrafficPolicy {
        connection_pool: Some(pool),
        outlier_detection: Some(outliers),
        tls: Some(networking::DestinationRuleTrafficPolicyTls {
            mode: Some(networking::DestinationRuleTrafficPolicyTlsMode::IstioMutual),
            ..Default::default()
        }),
        ..Default::default()
    };
    let spec = networking::DestinationRuleSpec {
        host,
        traffic_policy: Some(policy),
        ..Default::default()
    };
    let rule = networking::DestinationRule {
        metadata: identity.metadata(),
        spec: Some(spec),
    };
    Manifest::namespaced(identity.namespace(), identity.name(), rule)
}

/// The callers by their service accounts.
pub(crate) fn authorization(identity: &Identity, app: &App<'_>) -> Manifest {
    let principal = |caller: &crate::input::Caller<'_>| {
        format!("cluster.local/ns/{}/sa/{}", caller.namespace, caller.name)
    };
    let source = security::AuthorizationPolicyRuleFromSource {
        principals: Some(app.callers.iter().map(principal).collect()),
        ..Default::default()
    };
    let operation = security::AuthorizationPolicyRuleToOperation {
        methods: Some(vec!["GET".to_owned(), "POST".to_owned()]),
        paths: Some(vec!["/*".to_owned()]),
        ..Default::default()
    };
    let rule = security::AuthorizationPolicyRule {
        from: Some(vec![security::AuthorizationPolicyRuleFrom {
            source: Some(source),
        }]),
        to: Some(vec![security::AuthorizationPolicyRuleTo {
            operation: Some(operation),
        }]),
        ..Default::default()
    };
    let spec = security::AuthorizationPolicySpec {
        selector: Some(security::AuthorizationPolicySelector {
            match_labels: Some(identity.selector().clone()),
        }),
        action: Some(security::AuthorizationPolicyAction::Allow),
        rules: Some(vec![rule]),
        ..Default::default()
    };
    let policy = security::AuthorizationPolicy {
        metadata: identity.metadata(),
        spec: Some(spec),
    };
    Manifest::namespaced(identity.namespace(), identity.name(), policy)
}
