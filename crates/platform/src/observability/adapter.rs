//! prometheus-adapter: serves metrics of services to horizontal autoscalers, as the API `custom.metrics.k8s.io`.
//!
//! Its rules are made from the metrics that services scale on, so that each of these is served and nothing else is.

use std::collections::BTreeSet;

use api::cert_manager_io::v1 as cert_manager;
use builders::{
    ClusterGrant, ConfigMap, Container, DisruptionBudget, Endpoint, Flow, Identity, NamedPort,
    Peer, Permission, Pod, Probe, Probes, RunAs, SecretRef, Service, ServiceAccount,
    ServiceAccountRef, Volume, Workload,
};
use configs::prometheus::MetricName;
use configs::prometheus_adapter::{Configuration, Reading, Rule};
use environment::{Environment, MetricsAdapter as Settings};
use k8s_openapi::api::rbac::v1 as rbac;
use k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1 as registration;
use manifest::{IgnoreDifference, Manifest};
use names::{
    ApplicationName, Bytes, ConfigMapName, ContainerName, DataKey, Duration, NamespaceName,
    ObjectName, PathPrefix, PortName, RoleName, SecretName, ServiceAccountName, ServiceName,
    VolumeName, WorkloadName, annotation_key, name, port,
};

use super::PrometheusHandles;
use crate::annotations::FINGERPRINT;
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::network::api_server;
use crate::wave;

const NAME: WorkloadName = WorkloadName::from_static("prometheus-adapter");
const HTTPS: NamedPort = NamedPort::tcp(PortName::from_static("https"), port!(6443));
const CONFIG: DataKey = DataKey::from_static("config.yaml");
const DIRECTORY: &str = "/etc/adapter";
const CERTIFICATES: &str = "/run/secrets/serving";
const SECRET: SecretName = SecretName::from_static("prometheus-adapter-tls");
const CERTIFICATE: DataKey = DataKey::from_static("tls.crt");
const KEY: DataKey = DataKey::from_static("tls.key");
const KUBE_SYSTEM: NamespaceName = NamespaceName::from_static("kube-system");
/// The API that is served; Kubernetes' autoscalers ask for this version of it.
const GROUP: &str = "custom.metrics.k8s.io";
const VERSION: &str = "v1beta1";

/// `nobody`, as the image runs.
const USER: RunAs = RunAs::same(65_534);

/// The replicas with everything they need.
pub(crate) fn adapter(
    environment: &Environment,
    settings: &Settings,
    prometheus: &PrometheusHandles,
) -> Component<()> {
    let identity = identity(
        &name!(ApplicationName, "prometheus-adapter"),
        &environment.monitoring.namespace.value,
        &NAME,
    );
    let account = ServiceAccount::new(&identity, &name!(ServiceAccountName, "prometheus-adapter"));
    let peer = Peer::plain(&identity, &account.handle());
    let config = ConfigMap::new(
        &identity,
        &name!(ConfigMapName, "prometheus-adapter-config"),
    )
    .entry(&CONFIG, configuration(environment).to_text());
    let service = Service::new(
        &identity,
        &name!(ServiceName, "prometheus-adapter"),
        port!(443),
        &HTTPS,
    );
    let (certificates, secret) = certificates(&identity, &service.handle().host());
    let container = container(environment, settings, prometheus, &config, &secret);
    let pod = Pod::new(&identity, &account.handle(), USER, container)
        // The program reads its rules once.
        .annotation(&FINGERPRINT, config.fingerprint())
        .with_api_access()
        .spread_over_zones(false, Some("pod-template-hash"))
        .prefer_separate_nodes();
    Component::new(
        identity.application(),
        identity.namespace(),
        wave::MONITORING,
        (),
    )
    .talks(flows(environment, &peer, prometheus))
    .with(access(&account.handle()))
    .with(certificates)
    .with(
        (settings.replicas > 1).then(|| DisruptionBudget::max_unavailable(&identity, 1).manifest()),
    )
    .with([
        account.manifest(),
        config.manifest(),
        Workload::deployment(pod)
            .replicas(settings.replicas.into())
            .manifest(),
        registration(&identity, service.handle().name()),
        service.manifest(),
    ])
    .application(|application| {
        // cert-manager writes the authority of the certificate there.
        let written = IgnoreDifference::of_kind("apiregistration.k8s.io", "APIService")
            .json_pointer("/spec/caBundle");
        application.ignore_differences([written])
    })
}

/// The API server passes questions on, and the answers come from it and from Prometheus.
fn flows(environment: &Environment, peer: &Peer, prometheus: &PrometheusHandles) -> [Flow; 3] {
    let api_server = api_server(environment);
    let served = Endpoint {
        peer: peer.clone(),
        port: HTTPS,
    };
    [
        Flow::new(&api_server.peer, &served),
        Flow::new(peer, &api_server),
        Flow::new(peer, &prometheus.endpoint),
    ]
}

/// A rule for each metric that a service scales on; two services may share one.
fn configuration(environment: &Environment) -> Configuration {
    let metrics: BTreeSet<MetricName> = environment
        .services
        .values()
        .filter_map(|service| environment.replicas(service).metric.as_ref())
        .filter_map(|metric| metric.name.parse().ok())
        .collect();
    Configuration {
        rules: metrics
            .iter()
            .map(|metric| Rule::of_pods(metric, metric, Reading::Value))
            .collect(),
    }
}

/// What it lists by itself, and that the API server may let it ask who its callers are.
fn access(account: &ServiceAccountRef) -> Vec<Manifest> {
    let grant = ClusterGrant::new(
        &name!(RoleName, "platform:prometheus-adapter"),
        account,
        [Permission::new(
            "",
            ["namespaces", "nodes", "pods", "services"],
            ["get", "list", "watch"],
        )],
    );
    let role = |kind: &str, name: &str| rbac::RoleRef {
        api_group: "rbac.authorization.k8s.io".to_owned(),
        kind: kind.to_owned(),
        name: name.to_owned(),
    };
    let subjects = Some(vec![rbac::Subject {
        kind: "ServiceAccount".to_owned(),
        name: account.name().to_string(),
        namespace: Some(account.namespace().to_string()),
        ..Default::default()
    }]);
    let delegates = rbac::ClusterRoleBinding {
        role_ref: role("ClusterRole", "system:auth-delegator"),
        subjects: subjects.clone(),
        ..Default::default()
    };
    let reads = rbac::RoleBinding {
        role_ref: role("Role", "extension-apiserver-authentication-reader"),
        subjects,
        ..Default::default()
    };
    let mut manifests = Vec::from(grant.manifests());
    manifests.extend([
        Manifest::cluster(
            name!(RoleName, "platform:prometheus-adapter:auth-delegator"),
            delegates,
        ),
        Manifest::namespaced(
            &KUBE_SYSTEM,
            name!(RoleName, "platform:prometheus-adapter:auth-reader"),
            reads,
        ),
    ]);
    manifests
}

/// A certificate that signs itself: the API server is told of it by cert-manager, and nobody else calls.
fn certificates(identity: &Identity, host: &str) -> ([Manifest; 2], SecretRef) {
    let namespace = identity.namespace();
    let issuer_name = name!(ObjectName, "prometheus-adapter-self-signed");
    let issuer = cert_manager::Issuer {
        metadata: identity.metadata(),
        spec: cert_manager::IssuerSpec {
            self_signed: Some(cert_manager::ClusterIssuerSelfSigned::default()),
            ..Default::default()
        },
    };
    let certificate = cert_manager::Certificate {
        metadata: identity.metadata(),
        spec: Some(cert_manager::CertificateSpec {
            secret_name: SECRET.to_string(),
            // The API server asks for the name without the cluster's domain.
            dns_names: Some(vec![format!("{NAME}.{namespace}.svc"), host.to_owned()]),
            duration: Some(Duration::days(90).kubernetes()),
            renew_before: Some(Duration::days(30).kubernetes()),
            private_key: Some(cert_manager::CertificatePrivateKey {
                algorithm: Some(cert_manager::CertificatePrivateKeyAlgorithm::Ecdsa),
                size: Some(256),
                rotation_policy: Some(cert_manager::CertificatePrivateKeyRotationPolicy::Always),
                ..Default::default()
            }),
            issuer_ref: cert_manager::CertificateIssuerRef {
                name: issuer_name.to_string(),
                kind: Some("Issuer".to_owned()),
                group: Some("cert-manager.io".to_owned()),
            },
            ..Default::default()
        }),
    };
    let manifests = [
        Manifest::namespaced(namespace, issuer_name, issuer),
        Manifest::namespaced(namespace, SECRET, certificate),
    ];
    let secret = SecretRef::external(
        namespace,
        &SECRET,
        "made from the Certificate of the same name",
    );
    (manifests, secret)
}

fn registration(identity: &Identity, service: &ServiceName) -> Manifest {
    let namespace = identity.namespace();
    let registration = registration::APIService {
        metadata: identity.metadata(),
        spec: Some(registration::APIServiceSpec {
            group: Some(GROUP.to_owned()),
            version: Some(VERSION.to_owned()),
            group_priority_minimum: 100,
            version_priority: 100,
            service: Some(registration::ServiceReference {
                name: Some(service.to_string()),
                namespace: Some(namespace.to_string()),
                port: Some(443),
            }),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::cluster(
        name!(ObjectName, "v1beta1.custom.metrics.k8s.io"),
        registration,
    )
    .annotate(
        annotation_key!("cert-manager.io/inject-ca-from"),
        format!("{namespace}/{SECRET}"),
    )
}

fn container(
    environment: &Environment,
    settings: &Settings,
    prometheus: &PrometheusHandles,
    config: &ConfigMap,
    secret: &SecretRef,
) -> Container {
    let files = Volume::config_map(&name!(VolumeName, "config"), &config.handle());
    let certificates = Volume::secret(&name!(VolumeName, "serving"), secret, &[CERTIFICATE, KEY]);
    let (live, ready) = (name!(PathPrefix, "/livez"), name!(PathPrefix, "/readyz"));
    let probe = |path| Probe::http(&HTTPS, path).https().timeout(5);
    let interval = environment.monitoring.prometheus.interval;
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(16), Bytes::mebi(64));
    Container::new(
        &name!(ContainerName, "prometheus-adapter"),
        &settings.image,
        &size,
    )
    .args([
        format!("--config={DIRECTORY}/{CONFIG}"),
        format!("--prometheus-url={}", prometheus.address),
        format!("--secure-port={}", HTTPS.port),
        format!("--tls-cert-file={CERTIFICATES}/{CERTIFICATE}"),
        format!("--tls-private-key-file={CERTIFICATES}/{KEY}"),
        // No oftener than there is anything new, and looking back far enough to find it.
        format!(
            "--metrics-relist-interval={}",
            interval.saturating_add(interval).kubernetes()
        ),
        format!("--metrics-max-age={}", Duration::minutes(5).kubernetes()),
    ])
    .ports([&HTTPS])
    .mount_read_only(&files, DIRECTORY)
    .mount_read_only(&certificates, CERTIFICATES)
    .mount(
        &Volume::scratch(&name!(VolumeName, "tmp"), Bytes::mebi(16)),
        "/tmp",
    )
    .probes(
        Probes::new(
            probe(&live).period(10).failures(6),
            probe(&ready).period(5).failures(5),
        )
        .startup(probe(&ready).period(5).failures(24)),
    )
}
