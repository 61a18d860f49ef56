//! Argo CD itself, with the settings that this tree depends on.

use environment::Environment;
use names::{ApplicationName, Port, ServiceAccountName, WorkloadName, label_key, name, port};
use serde::Serialize;

use super::chart::{Calls, Chart, ChartPods, Home, Published};
use super::values::{OneUnavailable, PAIR, Switch, Texts, scraped};
use crate::external::ARGO_CD;

/// Without it a wave of Applications would not wait for the one before it: Argo CD has no health of its own for them.
const APPLICATION_HEALTH: &str = include_str!("application-health.lua");

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Values {
    global: Global,
    crds: Definitions,
    configs: Configs,
    controller: Controller,
    server: Server,
    repo_server: Server,
    application_set: Controller,
    dex: Switch,
    notifications: Switch,
}

#[derive(Serialize)]
struct Global {
    domain: String,
}

#[derive(Serialize)]
struct Definitions {
    install: bool,
    keep: bool,
}

#[derive(Serialize)]
struct Configs {
    cm: Settings,
    params: Parameters,
    rbac: Rbac,
}

#[derive(Serialize)]
struct Settings {
    #[serde(rename = "resource.customizations.health.argoproj.io_Application")]
    application_health: &'static str,
    #[serde(rename = "application.resourceTrackingMethod")]
    tracking: Tracking,
}

/// How Argo CD knows an object for its own.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Tracking {
    /// By an annotation of its own, so that the labels of charts stay what they are.
    Annotation,
}

#[derive(Serialize)]
struct Parameters {
    /// The API server says what an apply would change: its own defaults are no drift.
    #[serde(rename = "controller.diff.server.side")]
    server_side_diff: &'static str,
}

#[derive(Serialize)]
struct Rbac {
    /// What somebody may do whom no line of the policy is about.
    #[serde(rename = "policy.default")]
    default: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Controller {
    metrics: Switch,
    pod_annotations: Texts,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Server {
    replicas: u32,
    pdb: OneUnavailable,
    metrics: Switch,
    pod_annotations: Texts,
}

const CONTROLLER: Port = port!(8082);
const SERVER: Port = port!(8083);
const REPOSITORIES: Port = port!(8084);
const APPLICATION_SETS: Port = port!(8080);

/// It takes over what was installed by hand under the same release name before the root Application was applied.
pub(super) fn chart(environment: &Environment) -> Option<Chart> {
    let version = environment.addons.argo_cd.as_ref()?;
    let chart = Chart::new(
        name!(ApplicationName, "argocd"),
        Home::Existing(ARGO_CD),
        Published::at("https://argoproj.github.io/argo-helm", "argo-cd"),
        version,
        &values(environment),
    );
    Some(chart.runs(pods()))
}

fn values(environment: &Environment) -> Values {
    let server = |port| Server {
        replicas: PAIR,
        pdb: OneUnavailable::ENABLED,
        metrics: Switch::ON,
        pod_annotations: scraped(port),
    };
    let controller = |port| Controller {
        metrics: Switch::ON,
        pod_annotations: scraped(port),
    };
    Values {
        global: Global {
            domain: format!("argocd.{}", environment.domain),
        },
        crds: Definitions {
            install: true,
            keep: true,
        },
        configs: Configs {
            cm: Settings {
                application_health: APPLICATION_HEALTH,
                tracking: Tracking::Annotation,
            },
            params: Parameters {
                server_side_diff: "true",
            },
            rbac: Rbac {
                // Whoever signs in may look: what is applied is changed in Git.
                default: "role:readonly",
            },
        },
        controller: controller(CONTROLLER),
        server: server(SERVER),
        repo_server: server(REPOSITORIES),
        application_set: controller(APPLICATION_SETS),
        // Nobody signs in by a provider and nothing is told by it until somebody describes how.
        dex: Switch::OFF,
        notifications: Switch::OFF,
    }
}

/// Each has an account of its own name.
fn pods() -> [ChartPods; 4] {
    let pods = |kind, name: WorkloadName, account, port| ChartPods {
        kind,
        label: (label_key!("app.kubernetes.io/name"), name.clone()),
        name,
        account,
        metrics: Some(port),
        webhooks: &[],
        calls: Calls::Beyond,
    };
    [
        pods(
            "StatefulSet",
            name!(WorkloadName, "argocd-application-controller"),
            name!(ServiceAccountName, "argocd-application-controller"),
            CONTROLLER,
        ),
        pods(
            "Deployment",
            name!(WorkloadName, "argocd-server"),
            name!(ServiceAccountName, "argocd-server"),
            SERVER,
        ),
        pods(
            "Deployment",
            name!(WorkloadName, "argocd-repo-server"),
            name!(ServiceAccountName, "argocd-repo-server"),
            REPOSITORIES,
        ),
        pods(
            "Deployment",
            name!(WorkloadName, "argocd-applicationset-controller"),
            name!(ServiceAccountName, "argocd-applicationset-controller"),
            APPLICATION_SETS,
        ),
    ]
}
