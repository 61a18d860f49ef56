//! PgBouncer before the database: what services connect to.

use builders::{
    ConfigMap, Container, DisruptionBudget, Endpoint, Flow, Identity, NamedPort, Pod,
    PriorityClassRef, Probe, Probes, Resources, RunAs, SecretKeyRef, SecretRef, Service,
    ServiceAccount, Volume, Workload,
};
use configs::FilePath;
use configs::pgbouncer::{Configuration, Lookup, Pool, Scripts, User, access_rules};
use configs::postgres::DatabaseRole;
use environment::{PoolSizes, Pooler};
use k8s_openapi::api::core::v1::{ExecAction, Lifecycle, LifecycleHandler};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use manifest::Manifest;
use names::{
    Bytes, ConfigMapName, ContainerName, Cpu, DataKey, Duration, EnvironmentVariable, PathPrefix,
    PortName, ServiceAccountName, ServiceName, VolumeName, WorkloadName, name, port,
};

use super::{PASSWORD, POOLER_ROLE, PORT, Plan, config, services};
use crate::annotations::FINGERPRINT;
use crate::convert::{identity, resources};
use crate::observability::{PrometheusHandles, scraped, scraping};

/// The port that PgBouncer listens on (its default); the Service serves it at the database's.
const PGBOUNCER: NamedPort = NamedPort::tcp(PortName::from_static("pgbouncer"), port!(6432));
/// Where `pgbouncer_exporter` serves (its default).
const METRICS: NamedPort = NamedPort::tcp(PortName::from_static("http-metrics"), port!(9127));
const POOLER: WorkloadName = WorkloadName::from_static("postgres-pooler");
/// The user that reads statistics at PgBouncer's console; the database does not know it.
const STATISTICS: DatabaseRole = DatabaseRole::from_static("pgbouncer_exporter");
/// The key of that user's password, beside the one of the role.
pub(super) const STATISTICS_PASSWORD: DataKey = DataKey::from_static("statistics-password");
const DIRECTORY: FilePath = FilePath::from_static("/etc/pgbouncer");
const SECRETS: FilePath = FilePath::from_static("/etc/pgbouncer-secrets");
const USERS: FilePath = FilePath::from_static("/run/pgbouncer/userlist.txt");
const CONFIGURATION: DataKey = DataKey::from_static("pgbouncer.ini");
const ACCESS: DataKey = DataKey::from_static("pg_hba.conf");
/// Time in which load balancers learn that a pod is going.
const DRAIN: Duration = Duration::seconds(5);
/// Time for transactions that are under way.
const LAST_TRANSACTIONS: Duration = Duration::minutes(1);

/// The pooler as the others see it.
pub(super) struct PoolerObjects {
    /// What services connect to.
    pub(super) endpoint: Endpoint,
    pub(super) manifests: Vec<Manifest>,
    pub(super) flows: Vec<Flow>,
}

/// The Deployment with everything that it needs.
pub(super) fn pooler(
    plan: &Plan<'_>,
    (settings, sizes): (&Pooler, PoolSizes),
    secret: &SecretRef,
    priority: &PriorityClassRef,
    database: &Endpoint,
    prometheus: &PrometheusHandles,
) -> PoolerObjects {
    let identity = identity(
        plan.identity.application(),
        plan.identity.namespace(),
        &POOLER,
    );
    let account = ServiceAccount::new(&identity, &name!(ServiceAccountName, "postgres-pooler"));
    let peer = plan.peer(&identity, &account.handle());
    let files = files(plan, &identity, settings, sizes);
    let service = Service::new(
        &identity,
        &name!(ServiceName, "postgres-pooler"),
        PORT.port,
        &PGBOUNCER,
    )
    .app_protocol("tcp");
    let pod = Pod::new(
        &identity,
        &account.handle(),
        RunAs::same(Configuration::USER),
        container(settings, &files, secret),
    )
    .container(exporter(settings, secret))
    .annotation(&FINGERPRINT, files.fingerprint())
    .spread_over_zones(false, Some("pod-template-hash"))
    .prefer_separate_nodes()
    .priority(priority)
    .termination_grace(DRAIN.saturating_add(LAST_TRANSACTIONS));
    let workload = Workload::deployment(scraped(pod, METRICS.port))
        .replicas(settings.replicas.value.into())
        // The pools are sized for one more than there are.
        .rolling_update(IntOrString::Int(1), IntOrString::Int(0));
    let budget = (settings.replicas.value > 1)
        .then(|| DisruptionBudget::max_unavailable(&identity, 1).manifest());
    PoolerObjects {
        flows: vec![
            Flow::new(&peer, database),
            scraping(prometheus, &peer, plan.meshed, &METRICS),
        ],
        endpoint: Endpoint {
            peer,
            port: PGBOUNCER,
        },
        manifests: [
            account.manifest(),
            files.manifest(),
            service.manifest(),
            workload.manifest(),
        ]
        .into_iter()
        .chain(budget)
        .collect(),
    }
}

/// One database for what writes, and one of the same name and `_ro` for what only reads.
fn files(plan: &Plan<'_>, identity: &Identity, settings: &Pooler, sizes: PoolSizes) -> ConfigMap {
    let database = plan.settings.database.to_string();
    let pool = |name, service: ServiceName, connections| Pool {
        name,
        host: service.host(identity.namespace()).to_string(),
        port: PORT.port,
        database: database.clone(),
        connections,
    };
    let configuration = Configuration {
        port: PGBOUNCER.port,
        pools: vec![
            pool(
                database.clone(),
                super::operated::READ_WRITE,
                sizes.read_write,
            ),
            pool(
                format!("{database}_ro"),
                services::READ_ONLY,
                sizes.read_only,
            ),
        ],
        lookup: Lookup {
            role: POOLER_ROLE,
            user_file: USERS,
        },
        access_file: DIRECTORY.file(&ACCESS),
        statistics: Some(STATISTICS),
        clients: settings.clients,
        transport: plan.transport.clone(),
    };
    let user = |role, key: &DataKey| User {
        role,
        password_file: SECRETS.file(key),
    };
    let scripts = Scripts {
        users: vec![
            user(POOLER_ROLE, &PASSWORD),
            user(STATISTICS, &STATISTICS_PASSWORD),
        ],
        user_file: USERS,
        configuration_file: DIRECTORY.file(&CONFIGURATION),
        drain: DRAIN,
    };
    let access = access_rules(&config::networks(plan), Some(&STATISTICS));
    scripts.files().into_iter().fold(
        ConfigMap::new(identity, &name!(ConfigMapName, "postgres-pooler"))
            .entry(&CONFIGURATION, configuration.to_text())
            .entry(&ACCESS, access),
        |config, (key, text)| config.entry(&key, text),
    )
}

fn container(settings: &Pooler, files: &ConfigMap, secret: &SecretRef) -> Container {
    let config = Volume::scripts(&name!(VolumeName, "config"), &files.handle());
    let secrets = Volume::secret(
        &name!(VolumeName, "secrets"),
        secret,
        &[PASSWORD, STATISTICS_PASSWORD],
    );
    let users = Volume::memory(&name!(VolumeName, "users"), Bytes::mebi(1));
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(16), Bytes::mebi(64));
    let probe = || Probe::tcp(&PGBOUNCER).timeout(3);
    Container::new(&name!(ContainerName, "pgbouncer"), &settings.image, &size)
        .command(["sh", &DIRECTORY.file(&Scripts::START).to_string()])
        .ports([&PGBOUNCER])
        .mount_read_only(&config, &DIRECTORY.to_string())
        .mount_read_only(&secrets, &SECRETS.to_string())
        .mount(&users, "/run/pgbouncer")
        // Whether the database answers is the database's business: a pooler without it says so to its clients.
        .probes(Probes::new(
            probe().period(20).failures(3),
            probe().period(5).failures(2),
        ))
        // There is no builder for hooks.
        .patch(|container| {
            container.lifecycle = Some(Lifecycle {
                pre_stop: Some(LifecycleHandler {
                    exec: Some(ExecAction {
                        command: Some(vec![
                            "sh".to_owned(),
                            DIRECTORY.file(&Scripts::STOP).to_string(),
                        ]),
                    }),
                    ..Default::default()
                }),
                ..Default::default()
            });
        })
}

fn exporter(settings: &Pooler, secret: &SecretRef) -> Container {
    let web = name!(PathPrefix, "/");
    let size = Resources::new(
        (Cpu::millis(10), Bytes::mebi(16)),
        (Cpu::millis(100), Bytes::mebi(64)),
    )
    .ephemeral_storage(Bytes::mebi(16), Bytes::mebi(64));
    Container::new(&name!(ContainerName, "exporter"), &settings.exporter, &size)
        .ports([&METRICS])
        .env(
            &name!(EnvironmentVariable, "PGBOUNCER_EXPORTER_CONNECTION_STRING"),
            format!(
                "postgres://{STATISTICS}@127.0.0.1:{}/pgbouncer?sslmode=disable",
                PGBOUNCER.port
            ),
        )
        .env_from_secret(
            &name!(EnvironmentVariable, "PGPASSWORD"),
            &SecretKeyRef::new(secret, &STATISTICS_PASSWORD),
        )
        .probes(Probes::helper(
            Probe::http(&METRICS, &web)
                .timeout(5)
                .period(30)
                .failures(5),
        ))
}
