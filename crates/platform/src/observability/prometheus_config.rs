//! What Prometheus scrapes, keeps and alerts on.

use builders::{ConfigMap, Identity, ServiceRef};
use configs::FilePath;
use configs::prometheus::alerts::{Area, Thresholds, rule_file};
use configs::prometheus::jobs::{self, Application, Elsewhere, Endpoints, KubeletCertificate};
use configs::prometheus::{
    Alertmanager, Configuration, LabelName, MonitoringTier, Retention, RuleFile, ScrapeConfig,
};
use environment::{Environment, Provider};
use names::{ConfigMapName, DataKey, NamespaceName, Port, PortName, WorkloadName, name};

use super::exporters::exporters;
use super::objectives::objectives;
use crate::addons;
use crate::external::ARGO_CD;
use crate::tenancy::monitoring;

/// The key of the configuration file.
pub(super) const CONFIG: DataKey = DataKey::from_static("prometheus.yml");
/// The key of the rule file.
const RULES: DataKey = DataKey::from_static("rules.yml");
/// Where both are mounted.
pub(super) const DIRECTORY: FilePath = FilePath::from_static("/etc/prometheus");

/// Samples of one target above which it is not scraped: more is a mistake in its labels.
const SAMPLE_LIMIT: u64 = 50_000;

/// What is scraped beside the pods that ask for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Scraped {
    /// Who is sent alerts.
    pub(super) alertmanager: Option<ServiceRef>,
    /// Services whose samples are about other objects; each has a job of its own name.
    pub(super) about_others: Vec<ServiceRef>,
    /// A port on every node.
    pub(super) nodes: Option<Port>,
}

/// The ConfigMap with the configuration and the rules.
pub(super) fn config(
    environment: &Environment,
    identity: &Identity,
    web: Port,
    scraped: &Scraped,
) -> ConfigMap {
    ConfigMap::new(identity, &name!(ConfigMapName, "prometheus-config"))
        .entry(&CONFIG, configuration(environment, web, scraped).to_text())
        .entry(&RULES, rules(environment).to_text())
}

fn configuration(environment: &Environment, web: Port, scraped: &Scraped) -> Configuration {
    let settings = &environment.monitoring.prometheus;
    let retention = Retention {
        time: settings.retention.time,
        size: settings.retention.size.value,
    };
    let mut configuration = Configuration::every(settings.interval, settings.interval)
        .keeping(retention)
        .with_rules(DIRECTORY.file(&RULES));
    configuration.global.external_labels.insert(
        LabelName::from_static("cluster"),
        environment.cluster.name.to_string(),
    );
    let alertmanager = scraped
        .alertmanager
        .as_ref()
        .and_then(|service| Some((service, port_name(service)?)));
    if let Some((service, port)) = alertmanager {
        configuration = configuration.alerting(Alertmanager::behind_service(
            service.namespace(),
            service.name(),
            port,
        ));
    }
    let tenants = monitoring::tiers(environment);
    if let Some(alerting) = &mut configuration.alerting {
        alerting
            .alert_relabel_configs
            .extend(tenants.iter().flat_map(MonitoringTier::alert_relabeling));
    }
    let jobs = [
        cluster_jobs(environment, web, scraped),
        controller_jobs(environment),
        tenants
            .iter()
            .filter_map(MonitoringTier::scrape_job)
            .collect(),
        pod_jobs(environment),
    ];
    jobs.into_iter()
        .flatten()
        .fold(configuration, Configuration::scraping)
}

/// The name of the first port; a service always has one.
fn port_name(service: &ServiceRef) -> Option<&PortName> {
    service.ports().first().map(|(_, port)| &port.name)
}

/// The server itself, Kubernetes, and what speaks for nodes and objects.
fn cluster_jobs(environment: &Environment, web: Port, scraped: &Scraped) -> Vec<ScrapeConfig> {
    // The kubelets of EKS and AKS have serving certificates of the cluster's authority, those of GKE sign their own.
    let certificate = match environment.cluster.provider {
        Provider::Eks(_) | Provider::Aks(_) => KubeletCertificate::ClusterAuthority,
        Provider::Gke(_) => KubeletCertificate::SelfSigned,
    };
    let mut jobs = vec![
        jobs::own(web),
        jobs::api_server(),
        jobs::kubelet(certificate),
        jobs::cadvisor(certificate),
    ];
    jobs.extend(
        scraped
            .nodes
            .map(|port| jobs::node_port("node-exporter", port)),
    );
    jobs.extend(scraped.about_others.iter().filter_map(|service| {
        let endpoints = Endpoints {
            namespace: service.namespace(),
            service: service.name(),
            port: port_name(service)?,
        };
        Some(jobs::about_others(service.name().as_str(), endpoints))
    }));
    jobs
}

/// The namespaces of charts, whose controllers have metrics about objects elsewhere. Nobody but the platform runs pods there.
fn controllers(environment: &Environment) -> Vec<NamespaceName> {
    addons::namespaces(environment)
        .into_iter()
        .map(|namespace| namespace.name)
        .chain(environment.addons.argo_cd.is_some().then_some(ARGO_CD))
        .collect()
}

fn controller_jobs(environment: &Environment) -> Vec<ScrapeConfig> {
    vec![jobs::controllers(SAMPLE_LIMIT, &controllers(environment))]
}

/// The pods that ask for it: those with a job of their own, and all others together.
fn pod_jobs(environment: &Environment) -> Vec<ScrapeConfig> {
    let settings = &environment.monitoring.prometheus.jobs;
    let named: Vec<_> = settings
        .iter()
        .filter_map(|(name, job)| {
            let service = environment.services.get(&job.service.value)?;
            let app: WorkloadName = job.service.value.clone().into();
            Some((name, job, service.namespace.value.clone(), app))
        })
        .collect();
    let mut jobs: Vec<ScrapeConfig> = named
        .iter()
        .map(|(name, job, namespace, app)| {
            let of = Application { namespace, app };
            jobs::application(name.as_str(), SAMPLE_LIMIT, of, job.interval)
        })
        .collect();
    let applications: Vec<Application<'_>> = named
        .iter()
        .map(|(_, _, namespace, app)| Application { namespace, app })
        .collect();
    let namespaces: Vec<NamespaceName> = controllers(environment)
        .into_iter()
        .chain(monitoring::namespaces(environment))
        .collect();
    let elsewhere = Elsewhere {
        namespaces: &namespaces,
        applications: &applications,
    };
    jobs.push(jobs::annotated_pods(SAMPLE_LIMIT, elsewhere));
    jobs
}

/// The areas whose metrics are collected here.
fn areas(environment: &Environment) -> Vec<Area> {
    let exporters = exporters(environment);
    let settings = &environment.monitoring.alerts;
    let thresholds = Thresholds {
        backup_age: settings.backup_age,
        replication_lag: settings.replication_lag,
        replication_backlog: settings.replication_backlog,
    };
    Area::every(&thresholds)
        .into_iter()
        .filter(|area| area.exporters().is_subset(&exporters))
        .collect()
}

fn rules(environment: &Environment) -> RuleFile {
    let mut file = rule_file(&areas(environment));
    file.groups.extend(objectives(environment));
    file
}

/// All rule files of the environment, for the runbook, which has a heading for each alert.
pub(crate) fn rule_files(environment: &Environment) -> Vec<RuleFile> {
    vec![rules(environment)]
}
