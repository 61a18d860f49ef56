//! One application of the fleet: ten manifests of one identity.

use builders::{
    ConfigMap, Container, DisruptionBudget, HorizontalAutoscaler, Identity, NamedPort, Pod, Probe,
    Probes, Resources, RunAs, ScaleMetric, Service, ServiceAccount, Volume, Workload,
};
use k8s_openapi::api::autoscaling::v2::{HPAScalingPolicy, HPAScalingRules};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use manifest::Application;
use names::{
    ApplicationName, Bytes, ConfigMapName, ContainerName, Cpu, DataKey, Duration,
    EnvironmentVariable, ImageReference, InvalidName, LabelValue, NamespaceName, PathPrefix,
    PortName, ServiceAccountName, ServiceName, VolumeName, WorkloadName, annotation_key, label_key,
    name, percentage, port,
};

use crate::input::{App, Fleet};
use crate::{mesh, network};

/// Why an application of the file cannot be rendered.
pub(crate) type Invalid = Box<dyn std::error::Error>;

/// What all applications of a fleet share, read once.
pub(crate) struct Shared<'a> {
    fleet: &'a Fleet<'a>,
    environment: LabelValue,
    sidecar: Container,
    defaults: Vec<(DataKey, &'a str)>,
}

impl<'a> Shared<'a> {
    /// Reads what the fleet says for all.
    pub(crate) fn new(fleet: &'a Fleet<'a>) -> Result<Self, Invalid> {
        let defaults = fleet
            .config_defaults
            .iter()
            .map(|(key, value)| Ok((key.parse()?, value.as_str())));
        Ok(Self {
            fleet,
            environment: fleet.environment.parse()?,
            sidecar: sidecar(&fleet.sidecar_image.parse()?),
            defaults: defaults.collect::<Result<_, InvalidName>>()?,
        })
    }
}

/// The ports of every application.
pub(crate) struct Ports {
    /// Requests.
    pub(crate) http: NamedPort,
    /// Prometheus.
    pub(crate) metrics: NamedPort,
}

const PORTS: Ports = Ports {
    http: NamedPort::tcp(name!(PortName, "http"), port!(8080)),
    metrics: NamedPort::tcp(name!(PortName, "metrics"), port!(9090)),
};

/// All objects of one application.
pub(crate) fn application(shared: &Shared<'_>, app: &App<'_>) -> Result<Application, Invalid> {
    let name: ApplicationName = app.name.parse()?;
    let namespace: NamespaceName = app.namespace.parse()?;
    let identity = identity(shared, app, &name, &namespace)?;
    let service = Service::new(
        &identity,
        &app.name.parse::<ServiceName>()?,
        port!(80),
        &PORTS.http,
    )
    .port(port!(9090), &PORTS.metrics);
    let account = ServiceAccount::new(&identity, &app.name.parse::<ServiceAccountName>()?);
    let settings = settings(shared, app, &identity)?;
    let pod = Pod::new(
        &identity,
        &account.handle(),
        RunAs::same(10001),
        server(shared, app, &settings)?,
    )
    .container(shared.sidecar.clone())
    .annotation(&annotation_key!("prometheus.io/scrape"), "true")
    .annotation(&annotation_key!("prometheus.io/port"), "9090")
    .spread_over_zones(false, None)
    .prefer_separate_nodes()
    .termination_grace(Duration::seconds(30))
    // The expected objects leave it to the account, which says the same.
    .patch(|spec| spec.automount_service_account_token = None);
    let workload = Workload::deployment(pod)
        .rolling_update(IntOrString::String("25%".to_owned()), IntOrString::Int(0));
    let host = service.handle().host();
    let manifests = [
        autoscaler(&workload, app).manifest(),
        workload.manifest(),
        account.manifest(),
        settings.manifest(),
        // The expected objects leave the eviction policy to its default.
        DisruptionBudget::max_unavailable(&identity, 1)
            .patch(|spec| spec.unhealthy_pod_eviction_policy = None)
            .manifest(),
        network::policy(&identity, &PORTS),
        mesh::virtual_service(&identity, app, &host),
        mesh::destination_rule(&identity, host),
        mesh::authorization(&identity, app),
        service.manifest(),
    ];
    Ok(Application::new(name, namespace).manifests(manifests))
}

fn identity(
    shared: &Shared<'_>,
    app: &App<'_>,
    application: &ApplicationName,
    namespace: &NamespaceName,
) -> Result<Identity, InvalidName> {
    let name: WorkloadName = app.name.parse()?;
    Ok(Identity::new(
        application,
        namespace,
        &name,
        &label_key!("app.kubernetes.io/name"),
    )
    .label(&label_key!("app.kubernetes.io/part-of"), &app.team.parse()?)
    .label(
        &label_key!("app.kubernetes.io/managed-by"),
        &names::label_value!("render"),
    )
    .label(&label_key!("environment"), &shared.environment))
}

fn settings(
    shared: &Shared<'_>,
    app: &App<'_>,
    identity: &Identity,
) -> Result<ConfigMap, InvalidName> {
    let mut settings = ConfigMap::new(identity, &app.name.parse::<ConfigMapName>()?);
    for (key, value) in &shared.defaults {
        settings = settings.entry(key, *value);
    }
    for (key, value) in &app.config {
        settings = settings.entry(&key.parse()?, value.as_str());
    }
    Ok(settings)
}

fn server(shared: &Shared<'_>, app: &App<'_>, settings: &ConfigMap) -> Result<Container, Invalid> {
    let image: ImageReference = format!("{}/app:{}", shared.fleet.registry, app.tag).parse()?;
    let (cpu, memory): (Cpu, Bytes) = (app.cpu.parse()?, app.memory.parse()?);
    let (alive, ready) = (name!(PathPrefix, "/healthz"), name!(PathPrefix, "/readyz"));
    let probes = Probes::new(
        Probe::http(&PORTS.http, &alive).period(10).timeout(2),
        Probe::http(&PORTS.http, &ready).period(5).timeout(2),
    )
    .startup(Probe::http(&PORTS.http, &alive).period(2).failures(30));
    let resources = Resources::new((cpu, memory), (cpu, memory)).unthrottled();
    Ok(
        Container::new(&name!(ContainerName, "app"), &image, &resources)
            .ports([&PORTS.http, &PORTS.metrics])
            .env_from_field(&name!(EnvironmentVariable, "POD_NAME"), "metadata.name")
            .env_from_field(&name!(EnvironmentVariable, "POD_IP"), "status.podIP")
            .env(&name!(EnvironmentVariable, "LOG_LEVEL"), app.log_level)
            .env(
                &name!(EnvironmentVariable, "ENVIRONMENT"),
                shared.fleet.environment,
            )
            .env_from_every_key(&settings.handle())
            .probes(probes)
            .mount(
                &Volume::scratch(&name!(VolumeName, "tmp"), Bytes::mebi(256)),
                "/tmp",
            )
            // Said as the expected objects say it; it is the default of a tag that is not `latest`.
            .patch(|container| container.image_pull_policy = Some("IfNotPresent".to_owned())),
    )
}

fn sidecar(image: &ImageReference) -> Container {
    let port = NamedPort::tcp(name!(PortName, "otlp"), port!(4317));
    let request = (Cpu::millis(20), Bytes::mebi(64));
    let resources = Resources::new(request, (Cpu::millis(20), Bytes::mebi(128))).unthrottled();
    Container::new(&name!(ContainerName, "otel-agent"), image, &resources)
        .args(["--config=/etc/otel/config.yaml"])
        .ports([&port])
        .env_from_field(
            &name!(EnvironmentVariable, "POD_NAMESPACE"),
            "metadata.namespace",
        )
}

fn autoscaler(workload: &Workload, app: &App<'_>) -> HorizontalAutoscaler {
    let slowly = HPAScalingRules {
        stabilization_window_seconds: Some(300),
        policies: Some(vec![HPAScalingPolicy {
            type_: "Percent".to_owned(),
            value: 20,
            period_seconds: 60,
        }]),
        ..Default::default()
    };
    HorizontalAutoscaler::new(
        workload.identity(),
        &workload.scale_target(),
        app.min_replicas,
        app.max_replicas,
    )
    .metrics([
        ScaleMetric::Cpu(percentage!(70)),
        ScaleMetric::Memory(percentage!(80)),
    ])
    // Down by a fifth a minute at most: the builder has a word for the window only.
    .patch(|spec| spec.behavior.get_or_insert_default().scale_down = Some(slowly))
}
