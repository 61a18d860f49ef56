//! Objects of Argo CD and Argo Rollouts.

use api::argoproj_io::v1alpha1::{
    AppProject, AppProjectClusterResourceWhitelist, AppProjectDestination, AppProjectSpec,
    Application, ApplicationDestination, ApplicationIgnoreDifference, ApplicationSource,
    ApplicationSourceHelm, ApplicationSpec, ApplicationSyncPolicy, ApplicationSyncPolicyAutomated,
    Rollout, RolloutSpec, RolloutStrategy, RolloutStrategyCanary, RolloutStrategyCanaryStep,
    RolloutStrategyCanaryStepPause, RolloutStrategyCanaryTrafficRouting,
    RolloutStrategyCanaryTrafficRoutingIstio,
    RolloutStrategyCanaryTrafficRoutingIstioDestinationRule,
    RolloutStrategyCanaryTrafficRoutingIstioVirtualService,
};

use super::{
    Container, IntOrString, LabelSelector, PodSpec, PodTemplateSpec, json, named, some, spec,
    strings, written,
};

fn canary() -> RolloutStrategyCanary {
    let weight = |percent| RolloutStrategyCanaryStep {
        set_weight: Some(percent),
        ..Default::default()
    };
    let pause = RolloutStrategyCanaryStepPause {
        duration: Some(IntOrString::String("5m".to_owned())),
    };
    let istio = RolloutStrategyCanaryTrafficRoutingIstio {
        destination_rule: Some(RolloutStrategyCanaryTrafficRoutingIstioDestinationRule {
            name: "api-gateway".to_owned(),
            canary_subset_name: "v2".to_owned(),
            stable_subset_name: "v1".to_owned(),
            ..Default::default()
        }),
        virtual_service: Some(RolloutStrategyCanaryTrafficRoutingIstioVirtualService {
            name: "api-gateway-vs".to_owned(),
            routes: Some(strings(["primary"])),
            ..Default::default()
        }),
        ..Default::default()
    };
    RolloutStrategyCanary {
        canary_service: some("api-gateway-canary"),
        stable_service: some("api-gateway"),
        steps: Some(vec![
            weight(5),
            RolloutStrategyCanaryStep {
                pause: Some(pause),
                ..Default::default()
            },
            weight(50),
        ]),
        traffic_routing: Some(RolloutStrategyCanaryTrafficRouting {
            istio: Some(istio),
            ..Default::default()
        }),
        ..Default::default()
    }
}

#[test]
fn a_rollout_takes_the_pod_template_of_a_deployment() {
    let labels = [("app".to_owned(), "api-gateway".to_owned())];
    let mut metadata = named("api-gateway");
    metadata.labels = Some(labels.clone().into());
    let container = Container {
        name: "gateway".to_owned(),
        image: some("example.com/gateway:v1"),
        ..Default::default()
    };
    let rollout = Rollout {
        metadata: named("api-gateway"),
        spec: RolloutSpec {
            selector: Some(LabelSelector {
                match_labels: Some(labels.into()),
                ..Default::default()
            }),
            strategy: Some(RolloutStrategy {
                canary: Some(canary()),
                ..Default::default()
            }),
            template: Some(PodTemplateSpec {
                metadata: Some(metadata),
                spec: Some(PodSpec {
                    containers: vec![container],
                    ..Default::default()
                }),
            }),
            ..Default::default()
        },
    };
    assert_eq!(
        spec(&rollout),
        json!({
            "selector": { "matchLabels": { "app": "api-gateway" } },
            "strategy": {
                "canary": {
                    "canaryService": "api-gateway-canary",
                    "stableService": "api-gateway",
                    "steps": [{ "setWeight": 5 }, { "pause": { "duration": "5m" } }, { "setWeight": 50 }],
                    "trafficRouting": {
                        "istio": {
                            "destinationRule": {
                                "canarySubsetName": "v2", "name": "api-gateway", "stableSubsetName": "v1",
                            },
                            "virtualService": { "name": "api-gateway-vs", "routes": ["primary"] },
                        },
                    },
                },
            },
            "template": {
                "metadata": { "labels": { "app": "api-gateway" }, "name": "api-gateway" },
                "spec": { "containers": [{ "image": "example.com/gateway:v1", "name": "gateway" }] },
            },
        })
    );
}

#[test]
fn an_application_with_typed_values_for_its_chart() {
    let chart = ApplicationSource {
        repo_url: "https://charts.example.com".to_owned(),
        chart: some("velero"),
        target_revision: some("11.0.0"),
        helm: Some(ApplicationSourceHelm {
            values_object: Some(json!({ "replicas": 1 })),
            ..Default::default()
        }),
        ..Default::default()
    };
    let application = Application {
        metadata: named("velero"),
        spec: ApplicationSpec {
            project: "platform".to_owned(),
            destination: ApplicationDestination {
                namespace: some("velero"),
                ..Default::default()
            },
            source: Some(chart),
            ignore_differences: Some(vec![ApplicationIgnoreDifference {
                group: some("apps"),
                kind: "Deployment".to_owned(),
                json_pointers: Some(strings(["/spec/replicas"])),
                ..Default::default()
            }]),
            sync_policy: Some(ApplicationSyncPolicy {
                automated: Some(ApplicationSyncPolicyAutomated {
                    prune: Some(true),
                    ..Default::default()
                }),
                sync_options: Some(strings(["ServerSideApply=true"])),
                ..Default::default()
            }),
            ..Default::default()
        },
        ..Default::default()
    };
    assert_eq!(
        written(&application),
        json!({
            "apiVersion": "argoproj.io/v1alpha1",
            "kind": "Application",
            "metadata": { "name": "velero" },
            "spec": {
                "destination": { "namespace": "velero" },
                "ignoreDifferences": [{ "group": "apps", "jsonPointers": ["/spec/replicas"], "kind": "Deployment" }],
                "project": "platform",
                "source": {
                    "chart": "velero",
                    "helm": { "valuesObject": { "replicas": 1 } },
                    "repoURL": "https://charts.example.com",
                    "targetRevision": "11.0.0",
                },
                "syncPolicy": { "automated": { "prune": true }, "syncOptions": ["ServerSideApply=true"] },
            },
        })
    );
}

#[test]
fn a_project_that_allows_namespaces() {
    let project = AppProject {
        metadata: named("platform"),
        spec: AppProjectSpec {
            source_repos: Some(strings(["https://git.example.com/platform"])),
            destinations: Some(vec![AppProjectDestination {
                namespace: some("production"),
                ..Default::default()
            }]),
            cluster_resource_whitelist: Some(vec![AppProjectClusterResourceWhitelist {
                group: String::new(),
                kind: "Namespace".to_owned(),
                ..Default::default()
            }]),
            ..Default::default()
        },
    };
    assert_eq!(
        spec(&project),
        json!({
            "clusterResourceWhitelist": [{ "group": "", "kind": "Namespace" }],
            "destinations": [{ "namespace": "production" }],
            "sourceRepos": ["https://git.example.com/platform"],
        })
    );
}
