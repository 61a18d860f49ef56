//! A small workload in a tenant of each tier, with the autoscaler of its tier: what the tier's policies do shows on it.

use api::autoscaling_k8s_io::v1 as vertical;
use builders::{
    Container, DisruptionBudget, Identity, NamedPort, Pod, Probe, Probes, RunAs, ServiceAccount,
    Workload,
};
use environment::{TenantPlan, TenantTest};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use manifest::Manifest;
use names::{
    ApplicationName, Bytes, ContainerName, LabelValue, NamespaceName, ObjectName, PathPrefix,
    PortName, ServiceAccountName, WorkloadName, linked, name, port,
};

use super::policies::autoscaler_spec;
use super::{TENANT, TIER, VERTICAL_SCALING};
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::wave;

const NAME: WorkloadName = WorkloadName::from_static("test-app");
const HTTP: NamedPort = NamedPort::tcp(PortName::from_static("http"), port!(8080));

/// The workload in each namespace of its tenants.
pub(super) fn test_workload(test: &TenantTest, plans: &[TenantPlan<'_>]) -> Component<()> {
    let application = name!(ApplicationName, "tenant-tests");
    plans
        .iter()
        .filter(|plan| *plan.name == test.tenant.value)
        .fold(
            Component::new(
                &application,
                &name!(NamespaceName, "kube-system"),
                wave::OPERATIONS,
                (),
            ),
            |component, plan| component.with(of_tier(&application, test, plan)),
        )
}

fn of_tier(
    application: &ApplicationName,
    test: &TenantTest,
    plan: &TenantPlan<'_>,
) -> [Manifest; 4] {
    let (scaling, declared) = VERTICAL_SCALING;
    let identity = identity(application, &plan.namespace, &NAME)
        .label(&TENANT, &plan.name.clone().into())
        .label(&TIER, &plan.tier_name.clone().into())
        .label(&scaling, &LabelValue::from_static(declared));
    let account = ServiceAccount::new(&identity, &name!(ServiceAccountName, "test-app"));
    let pod = Pod::new(
        &identity,
        &account.handle(),
        RunAs::same(65_534),
        container(test),
    )
    .prefer_separate_nodes()
    .spread_over_zones(false, Some("pod-template-hash"));
    [
        autoscaler(&identity, plan),
        account.manifest(),
        DisruptionBudget::max_unavailable(&identity, 1).manifest(),
        Workload::deployment(pod)
            .replicas(test.replicas.into())
            .manifest(),
    ]
}

/// `agnhost` as an HTTP server that needs nothing else.
fn container(test: &TenantTest) -> Container {
    let healthy = name!(PathPrefix, "/healthz");
    let probe = || Probe::http(&HTTP, &healthy).timeout(3);
    let size = resources(&test.resources).ephemeral_storage(Bytes::mebi(8), Bytes::mebi(32));
    Container::new(&name!(ContainerName, "test-app"), &test.image, &size)
        .args([
            "netexec".to_owned(),
            format!("--http-port={}", HTTP.port),
            "--udp-port=-1".to_owned(),
        ])
        .ports([&HTTP])
        .probes(Probes::new(
            probe().period(10).failures(3),
            probe().period(5).failures(3),
        ))
}

fn autoscaler(identity: &Identity, plan: &TenantPlan<'_>) -> Manifest {
    let autoscaler = vertical::VerticalPodAutoscaler {
        metadata: ObjectMeta {
            labels: Some(identity.labels().clone()),
            ..Default::default()
        },
        spec: autoscaler_spec(&plan.tier.vpa, identity.name().as_str()),
    };
    let name: ObjectName = linked(&format!("test-{}", plan.tier_name), "-", "vpa");
    Manifest::namespaced(&plan.namespace, name, autoscaler)
}
