//! The first page: how to get in, how changes get in, and how incidents are answered.

use std::collections::BTreeMap;

use configs::runbook::{Cluster, Delivery, Escalation, Overview, Response, Severity, Wave};
use environment::{Environment, Operations, Provider, Role};
use manifest::{Application, Directory};

use super::Page;

pub(super) fn overview(page: &Page<'_>) -> Overview {
    let environment = page.environment;
    let (provider, region, credentials) = access(environment);
    Overview {
        cluster: Cluster {
            name: environment.cluster.name.to_string(),
            environment: page.name.to_owned(),
            provider,
            region,
            kubernetes: environment.kubernetes.to_string(),
            role: match environment.role.value {
                Role::Active => "active",
                Role::Standby => "standing by",
            },
            credentials,
        },
        delivery: Delivery {
            repository: environment.delivery.repository.to_string(),
            revision: environment.delivery.revision.clone(),
            namespace: "argocd".to_owned(),
            root: page.root.to_string(),
            waves: waves(page.index.applications()),
        },
        response: environment
            .operations
            .as_ref()
            .map_or_else(unstated, response),
    }
}

/// The provider, the region, and the command that makes a context for kubectl.
fn access(environment: &Environment) -> (&'static str, String, String) {
    let name = &environment.cluster.name;
    match &environment.cluster.provider {
        Provider::Eks(eks) => (
            "Amazon EKS",
            eks.region.to_string(),
            format!(
                "aws eks update-kubeconfig --region {} --name {name}",
                eks.region.value
            ),
        ),
        Provider::Gke(gke) => (
            "Google Kubernetes Engine",
            gke.region.to_string(),
            format!(
                "gcloud container clusters get-credentials {name} --region {} --project {}",
                gke.region.value, gke.project.value
            ),
        ),
        Provider::Aks(aks) => (
            "Azure Kubernetes Service",
            aks.location.to_string(),
            format!(
                "az aks get-credentials --resource-group {} --name {name}",
                aks.resource_group
            ),
        ),
    }
}

/// The applications that Argo CD applies, by wave.
fn waves(applications: &[Application]) -> Vec<Wave> {
    let mut waves: BTreeMap<i32, Vec<&str>> = BTreeMap::new();
    for application in applications
        .iter()
        .filter(|application| application.directory == Directory::Synced)
    {
        waves
            .entry(application.wave)
            .or_default()
            .push(application.name.as_str());
    }
    waves
        .into_iter()
        .map(|(number, names)| Wave {
            number,
            applications: names.join(", "),
        })
        .collect()
}

fn response(operations: &Operations) -> Response {
    Response {
        channel: operations.channel.clone(),
        severities: operations
            .severities
            .iter()
            .map(|severity| Severity {
                name: severity.name.clone(),
                means: severity.means.clone(),
                within: severity.within.to_string(),
            })
            .collect(),
        escalation: operations
            .escalation
            .iter()
            .map(|step| Escalation {
                role: step.role.clone(),
                after: step.after.to_string(),
                contact: step.contact.clone(),
            })
            .collect(),
    }
}

/// What stands there while the environment says nothing of incidents.
fn unstated() -> Response {
    Response {
        channel: "the channel of your team (`operations.channel` is not set)".to_owned(),
        severities: Vec::new(),
        escalation: Vec::new(),
    }
}
