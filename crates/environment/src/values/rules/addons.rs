//! Charts: what runs already is not installed twice, what is used is installed, and programs fit the cluster.

use names::Version;

use crate::values::{Environment, Provider, Strategy};
use crate::{Diagnostics, Located, Origin};

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    of_the_provider(environment, diagnostics);
    autoscaler(environment, diagnostics);
    backups(environment, diagnostics);
    services(environment, diagnostics);
    ingress(environment, diagnostics);
    policies(environment, diagnostics);
}

/// The provider, where it is another than Amazon.
fn other_than_eks(environment: &Environment) -> Option<&'static str> {
    match environment.cluster.provider {
        Provider::Eks(_) => None,
        Provider::Gke(_) => Some("GKE"),
        Provider::Aks(_) => Some("AKS"),
    }
}

/// What the provider runs itself, or what works on one provider only.
fn of_the_provider(environment: &Environment, diagnostics: &mut Diagnostics) {
    let addons = &environment.addons;
    let origin =
        |version: &Option<Located<Version>>| version.as_ref().map(|version| version.origin);
    let Some(provider) = other_than_eks(environment) else {
        return;
    };
    let its_own = [
        ("metrics server", origin(&addons.metrics_server)),
        (
            "cluster autoscaler",
            addons.cluster_autoscaler.as_ref().map(|chart| chart.origin),
        ),
    ];
    for (what, origin) in its_own {
        let Some(origin) = origin else { continue };
        diagnostics
            .error(&origin, format!("{provider} runs a {what} of its own"))
            .help("leave it out: two of them would undo each other's work");
    }
    if let Some(origin) = origin(&addons.aws_load_balancer_controller) {
        diagnostics.error(
            &origin,
            format!("the controller of AWS load balancers has nothing to do on {provider}"),
        );
    }
    if let Some(origin) = origin(&addons.calico) {
        diagnostics
            .error(
                &origin,
                format!("the network of {provider} enforces network policies itself"),
            )
            .help("Calico stands beside the network of EKS only");
    }
}

/// The autoscaler simulates the scheduler of its own minor (its table of releases).
fn autoscaler(environment: &Environment, diagnostics: &mut Diagnostics) {
    let Some(settings) = &environment.addons.cluster_autoscaler else {
        return;
    };
    let tag = settings.image.tag().unwrap_or_default();
    let version: Option<Version> = tag.parse().ok();
    let fits = version.as_ref().is_some_and(|version| {
        version.major() == 1 && version.minor() == u32::from(environment.kubernetes.minor())
    });
    if !fits {
        diagnostics
            .error(
                &settings.image.origin,
                format!(
                    "the autoscaler is not of the minor that the cluster runs, {}",
                    environment.kubernetes
                ),
            )
            .help(format!("take a version v{}.…", environment.kubernetes));
    }
    if settings.expanders.is_empty() {
        diagnostics.error(&settings.origin, "nothing decides between node groups");
    }
}

fn backups(environment: &Environment, diagnostics: &mut Diagnostics) {
    match (&environment.backup, &environment.addons.velero) {
        (Some(backup), None) => {
            missing(&backup.bucket.origin, "a backup", "velero", diagnostics);
        }
        (None, Some(version)) => {
            diagnostics
                .error(&version.origin, "Velero in an environment without backups")
                .help("describe them under `backup:`, or leave it out");
        }
        (Some(_), Some(_)) | (None, None) => {}
    }
}

/// What services ask for that a chart brings; each is said of the first that asks.
fn services(environment: &Environment, diagnostics: &mut Diagnostics) {
    let addons = &environment.addons;
    let rollout = environment
        .services
        .values()
        .find(|service| service.rollout.value != Strategy::Rolling);
    if let (Some(service), None) = (rollout, &addons.argo_rollouts) {
        let what = format!("a rollout of the kind `{}`", service.rollout.value);
        missing(&service.rollout.origin, &what, "argoRollouts", diagnostics);
    }
    let vertical = environment
        .services
        .values()
        .find(|service| service.vertical_scaling.is_some());
    if let (Some(service), None) = (vertical, &addons.vertical_pod_autoscaler) {
        let what = "vertical scaling";
        missing(&service.origin, what, "verticalPodAutoscaler", diagnostics);
    }
    let routed = environment
        .services
        .values()
        .find(|service| service.ingress.is_some());
    if let (Some(service), None) = (routed, &addons.nginx_ingress) {
        missing(&service.origin, "an ingress", "nginxIngress", diagnostics);
    }
    let scaled = environment.services.values().find_map(|service| {
        let replicas = service.replicas.as_ref()?;
        (replicas.cpu.is_some() || replicas.memory.is_some()).then_some(&replicas.min.origin)
    });
    if let (Some(origin), None, None) =
        (scaled, &addons.metrics_server, other_than_eks(environment))
    {
        let what = "scaling by the use of CPU or memory";
        missing(origin, what, "metricsServer", diagnostics);
    }
}

fn ingress(environment: &Environment, diagnostics: &mut Diagnostics) {
    let Some(settings) = &environment.ingress else {
        return;
    };
    let issuer = environment
        .addons
        .cert_manager
        .as_ref()
        .and_then(|settings| settings.issuer.as_ref());
    if issuer.is_none() {
        let what = "the certificate of a host";
        missing(
            &settings.host.origin,
            what,
            "certManager.issuer",
            diagnostics,
        );
    }
}

fn policies(environment: &Environment, diagnostics: &mut Diagnostics) {
    let source = environment
        .policy
        .as_ref()
        .and_then(|policy| policy.image_sources.first());
    if let (Some(source), None) = (source, &environment.addons.gatekeeper) {
        missing(&source.origin, "admission", "gatekeeper", diagnostics);
    }
}

fn missing(origin: &Origin, what: &str, chart: &str, diagnostics: &mut Diagnostics) {
    diagnostics
        .error(
            origin,
            format!("{what} needs a chart that is not installed"),
        )
        .help(format!("add `addons.{chart}`"));
}
