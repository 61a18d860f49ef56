//! API priority and fairness: which clients wait for each other at the API server, and how much each of them gets.
//!
//! Managed control planes set `--max-requests-inflight` and its sibling themselves; how that total is divided is said by
//! these objects on every one of them.

use std::collections::BTreeSet;

use environment::{ApiFairness, Environment, RequestShare};
use k8s_openapi::api::flowcontrol::v1 as flow;
use manifest::Manifest;
use names::{ApplicationName, NamespaceName, ObjectName, name};

use crate::component::Component;
use crate::policy::namespaces;
use crate::wave;

/// Queues of a level, and how many of them one client's requests are dealt to: a client that floods the server fills at
/// most eight of them, and the chance that another client has the same eight is one in 128 over 8, about 10⁻¹².
const QUEUES: i32 = 128;
const HAND: i32 = 8;
/// Requests that wait in a queue before the next one is refused with 429.
const WAITING: i32 = 50;

/// Matched after Kubernetes' own schemas for nodes, leaders and controllers (100 to 900), before its catch-all for
/// service accounts (9000).
const PRECEDENCE: i32 = 2000;

/// One level with the accounts whose requests it takes.
struct Level<'a> {
    name: ObjectName,
    share: &'a RequestShare,
    precedence: i32,
    namespaces: BTreeSet<NamespaceName>,
}

/// The levels and schemas of the environment.
pub(super) fn api_fairness(environment: &Environment, settings: &ApiFairness) -> Component<()> {
    let levels = [
        Level {
            name: name!(ObjectName, "platform-controllers"),
            share: &settings.platform,
            precedence: PRECEDENCE,
            namespaces: namespaces::controllers(environment),
        },
        Level {
            name: name!(ObjectName, "platform-observers"),
            share: &settings.observers,
            precedence: PRECEDENCE + 100,
            namespaces: namespaces::observers(environment),
        },
        Level {
            name: name!(ObjectName, "platform-workloads"),
            share: &settings.workloads,
            precedence: PRECEDENCE + 200,
            namespaces: namespaces::applications(environment),
        },
    ];
    Component::new(
        &name!(ApplicationName, "scheduling"),
        &name!(NamespaceName, "kube-system"),
        wave::FOUNDATION,
        (),
    )
    .with(
        levels
            .iter()
            .flat_map(|level| [priority_level(level), schema(level)]),
    )
}

fn priority_level(level: &Level<'_>) -> Manifest {
    let share = level.share;
    let shares = i32::try_from(share.shares.value).unwrap_or(i32::MAX);
    let spec = flow::PriorityLevelConfigurationSpec {
        type_: "Limited".to_owned(),
        limited: Some(flow::LimitedPriorityLevelConfiguration {
            nominal_concurrency_shares: Some(shares),
            lendable_percent: Some(share.lendable.get().into()),
            borrowing_limit_percent: share.borrowing.map(i32::from),
            limit_response: Some(flow::LimitResponse {
                type_: "Queue".to_owned(),
                queuing: Some(flow::QueuingConfiguration {
                    queues: Some(QUEUES),
                    hand_size: Some(HAND),
                    queue_length_limit: Some(WAITING),
                }),
            }),
        }),
        exempt: None,
    };
    Manifest::cluster(
        level.name.clone(),
        flow::PriorityLevelConfiguration {
            spec: Some(spec),
            ..Default::default()
        },
    )
}

/// Each account is a client of its own: one that floods the server does not keep the others waiting.
fn schema(level: &Level<'_>) -> Manifest {
    let subjects = level
        .namespaces
        .iter()
        .map(|namespace| flow::Subject {
            kind: "ServiceAccount".to_owned(),
            service_account: Some(flow::ServiceAccountSubject {
                namespace: namespace.to_string(),
                name: "*".to_owned(),
            }),
            ..Default::default()
        })
        .collect();
    let everything = || vec!["*".to_owned()];
    let rule = flow::PolicyRulesWithSubjects {
        subjects,
        resource_rules: Some(vec![flow::ResourcePolicyRule {
            api_groups: everything(),
            resources: everything(),
            verbs: everything(),
            namespaces: Some(everything()),
            cluster_scope: Some(true),
        }]),
        non_resource_rules: Some(vec![flow::NonResourcePolicyRule {
            non_resource_urls: everything(),
            verbs: everything(),
        }]),
    };
    let spec = flow::FlowSchemaSpec {
        priority_level_configuration: flow::PriorityLevelConfigurationReference {
            name: level.name.to_string(),
        },
        matching_precedence: Some(level.precedence),
        distinguisher_method: Some(flow::FlowDistinguisherMethod {
            type_: "ByUser".to_owned(),
        }),
        rules: Some(vec![rule]),
    };
    Manifest::cluster(
        level.name.clone(),
        flow::FlowSchema {
            spec: Some(spec),
            ..Default::default()
        },
    )
}
