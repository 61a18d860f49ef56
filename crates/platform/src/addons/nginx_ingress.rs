//! The NGINX ingress controller of F5, the maintained one.

use std::collections::BTreeMap;

use environment::Environment;
use k8s_openapi::api::core::v1::ResourceRequirements;
use names::{
    ApplicationName, Bytes, Cpu, Port, ServiceAccountName, WorkloadName, label_key, name, port,
};
use serde::Serialize;

use super::chart::{Calls, Chart, ChartPods, Counted, Home, Published};
use super::load_balancer::{Service, service};
use super::values::{OneUnavailable, Switch, sized};
use crate::external::ExternalObject;
use crate::ingress::{CLASS, NAMESPACE, controller_entries};

/// The chart annotates its pods with it.
const METRICS: Port = port!(9113);

#[derive(Serialize)]
struct Values {
    controller: Controller,
    prometheus: Prometheus,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Controller {
    config: Config,
    autoscaling: Autoscaling,
    pod_disruption_budget: OneUnavailable,
    ingress_class: IngressClass,
    enable_snippets: bool,
    read_only_root_filesystem: bool,
    resources: ResourceRequirements,
    service: Service,
    telemetry_reporting: Enable,
}

/// The controller's own settings, as its reference of the ConfigMap has them.
#[derive(Serialize)]
struct Config {
    entries: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Autoscaling {
    #[serde(flatten)]
    enabled: Switch,
    min_replicas: u32,
    max_replicas: u32,
    #[serde(rename = "targetCPUUtilizationPercentage")]
    target_cpu: u32,
    #[serde(rename = "targetMemoryUtilizationPercentage")]
    target_memory: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct IngressClass {
    name: &'static str,
    create: bool,
    set_as_default_ingress: bool,
}

#[derive(Serialize)]
struct Enable {
    enable: bool,
}

#[derive(Serialize)]
struct Prometheus {
    create: bool,
    port: u16,
}

/// The controller behind a load balancer of the network. Snippets are off, since whoever may write an Ingress could with
/// them read every secret of the controller.
pub(super) fn chart(environment: &Environment) -> Option<Chart> {
    let settings = environment.addons.nginx_ingress.as_ref()?;
    let values = Values {
        controller: Controller {
            config: Config {
                entries: entries(environment),
            },
            autoscaling: Autoscaling {
                enabled: Switch::ON,
                min_replicas: *settings.replicas.lower(),
                max_replicas: *settings.replicas.upper(),
                target_cpu: 70,
                target_memory: 80,
            },
            pod_disruption_budget: OneUnavailable::ENABLED,
            ingress_class: IngressClass {
                name: CLASS,
                create: true,
                set_as_default_ingress: false,
            },
            enable_snippets: false,
            read_only_root_filesystem: true,
            resources: sized(Cpu::millis(200), Bytes::mebi(512)),
            service: service(environment),
            telemetry_reporting: Enable { enable: false },
        },
        prometheus: Prometheus {
            create: true,
            port: METRICS.into(),
        },
    };
    let chart = Chart::new(
        name!(ApplicationName, "nginx-ingress"),
        Home::Open(NAMESPACE),
        Published::at("oci://ghcr.io/nginx/charts", "nginx-ingress"),
        &settings.version,
        &values,
    );
    Some(chart.runs([pods()]).counts([Counted {
        name: "nginx-ingress-controller",
        replicas: [
            "/controller/autoscaling/minReplicas",
            "/controller/autoscaling/maxReplicas",
        ],
        resources: "/controller/resources",
    }]))
}

/// No version in answers, and no protocol that is broken, beside what the environment keeps of answers.
fn entries(environment: &Environment) -> BTreeMap<&'static str, String> {
    let mut entries = controller_entries(environment);
    entries.extend([
        ("server-tokens", "false".to_owned()),
        ("ssl-protocols", "TLSv1.2 TLSv1.3".to_owned()),
    ]);
    entries
}

/// The class that the chart makes.
pub(super) fn class(environment: &Environment) -> Option<ExternalObject> {
    environment.addons.nginx_ingress.as_ref()?;
    Some(ExternalObject {
        api_version: "networking.k8s.io/v1",
        kind: "IngressClass",
        namespace: None,
        name: CLASS.to_owned(),
        pod_labels: Vec::new(),
        made_by: "the chart nginx-ingress".to_owned(),
        footprint: None,
    })
}

/// The controller's pods, as the services that they lead to let them in.
fn pods() -> ChartPods {
    ChartPods {
        kind: "Deployment",
        name: name!(WorkloadName, "nginx-ingress-controller"),
        label: (
            label_key!("app.kubernetes.io/name"),
            name!(WorkloadName, "nginx-ingress"),
        ),
        account: name!(ServiceAccountName, "nginx-ingress"),
        metrics: Some(METRICS),
        webhooks: &[],
        calls: Calls::ApiServer,
    }
}
