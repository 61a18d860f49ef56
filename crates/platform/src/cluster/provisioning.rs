//! Pools whose nodes Karpenter makes as pods need them and takes away when they do not: on AKS, where it is called node
//! auto-provisioning.

use std::collections::BTreeSet;

use api::karpenter_azure_com::v1beta1 as azure;
use api::karpenter_sh::v1 as karpenter;
use environment::{
    Aks, Capacity, ConsolidationPolicy, CpuManagerPolicy, DisruptionBudget, DisruptionReason,
    Environment, Provider, ProvisionedPool,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use manifest::Manifest;
use names::{ApplicationName, Bytes, NamespaceName, ObjectName, linked, name};

use super::{aks, gibibytes, labels};
use crate::component::Component;
use crate::wave;

/// The pools of the environment with the kinds of nodes that they make; nothing where it has none.
pub(crate) fn provisioned_pools(environment: &Environment) -> Option<Component<()>> {
    let Provider::Aks(aks) = &environment.cluster.provider else {
        return None;
    };
    let pools = &environment.nodes.provisioned;
    let disks: BTreeSet<u64> = pools
        .values()
        .map(|pool| gibibytes(pool.disk.value))
        .collect();
    (!pools.is_empty()).then(|| {
        Component::new(
            &name!(ApplicationName, "node-pools"),
            &name!(NamespaceName, "kube-system"),
            wave::FOUNDATION,
            (),
        )
        .with(
            disks
                .into_iter()
                .map(|disk| node_class(environment, aks, disk)),
        )
        .with(
            pools
                .iter()
                .map(|(name, settings)| node_pool(name, settings)),
        )
    })
}

/// The name of the kind of node with a disk of so many GiB.
fn class_name(disk: u64) -> ObjectName {
    linked("azure-linux-", "", &disk.to_string())
}

/// What all nodes have in common that Karpenter makes: the image, the network, the disk and what the kubelet is told.
fn node_class(environment: &Environment, aks: &Aks, disk: u64) -> Manifest {
    let kubelet = &environment.nodes.kubelet;
    let class = azure::AKSNodeClass {
        spec: Some(azure::AKSNodeClassSpec {
            image_family: Some(azure::AKSNodeClassImageFamily::AzureLinux),
            os_disk_size_gb: Some(i32::try_from(disk).unwrap_or(i32::MAX)),
            max_pods: Some(i32::from(kubelet.max_pods.value)),
            vnet_subnet_id: Some(aks::node_subnet_identifier(environment, aks)),
            kubelet: Some(azure::AKSNodeClassKubelet {
                cpu_manager_policy: Some(match kubelet.cpu_manager_policy.value {
                    CpuManagerPolicy::None => azure::AKSNodeClassKubeletCpuManagerPolicy::None,
                    CpuManagerPolicy::Static => azure::AKSNodeClassKubeletCpuManagerPolicy::Static,
                }),
                ..Default::default()
            }),
            security: Some(azure::AKSNodeClassSecurity {
                encryption_at_host: Some(true),
            }),
            tags: Some([("cluster".to_owned(), environment.cluster.name.to_string())].into()),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::cluster(class_name(disk), class)
}

fn node_pool(name: &ObjectName, settings: &ProvisionedPool) -> Manifest {
    let limits = [
        ("cpu", settings.limits.cpu.value.to_string()),
        ("memory", settings.limits.memory.value.to_string()),
    ];
    let pool = karpenter::NodePool {
        spec: karpenter::NodePoolSpec {
            template: karpenter::NodePoolTemplate {
                metadata: Some(karpenter::NodePoolTemplateMetadata {
                    labels: Some(labels::labels_of_provisioned(name, &settings.labels)),
                    ..Default::default()
                }),
                spec: karpenter::NodePoolTemplateSpec {
                    node_class_ref: karpenter::NodePoolTemplateNodeClassRef {
                        group: "karpenter.azure.com".to_owned(),
                        kind: "AKSNodeClass".to_owned(),
                        name: class_name(gibibytes(settings.disk.value)).to_string(),
                    },
                    requirements: requirements(settings),
                    taints: labels::taints(&settings.taints),
                    expire_after: Some(settings.expire_after.kubernetes()),
                    termination_grace_period: Some(settings.termination_grace.kubernetes()),
                    ..Default::default()
                },
            },
            disruption: Some(disruption(settings)),
            limits: Some(
                limits
                    .map(|(resource, amount)| (resource.to_owned(), Quantity(amount)))
                    .into(),
            ),
            weight: Some(i32::from(settings.weight.value)),
            ..Default::default()
        },
        ..Default::default()
    };
    Manifest::cluster(name, pool)
}

/// Which machines may be made. Both ends of a range count, and Karpenter's bounds do not.
fn requirements(settings: &ProvisionedPool) -> Vec<karpenter::NodePoolTemplateRequirement> {
    let one_of = |key: &str, values: Vec<String>| karpenter::NodePoolTemplateRequirement {
        key: key.to_owned(),
        operator: karpenter::NodeClaimRequirementOperator::In,
        values: Some(values),
        ..Default::default()
    };
    let bound = |key: &str, operator, value: u64| karpenter::NodePoolTemplateRequirement {
        key: key.to_owned(),
        operator,
        values: Some(vec![value.to_string()]),
        ..Default::default()
    };
    let between = |key: &'static str, least: u64, most: u64| {
        [
            bound(
                key,
                karpenter::NodeClaimRequirementOperator::Gt,
                least.saturating_sub(1),
            ),
            bound(
                key,
                karpenter::NodeClaimRequirementOperator::Lt,
                most.saturating_add(1),
            ),
        ]
    };
    let capacity = settings.capacity.iter().map(|capacity| match capacity {
        Capacity::OnDemand => "on-demand".to_owned(),
        Capacity::Spot => "spot".to_owned(),
    });
    let cpu = (*settings.cpu.lower(), *settings.cpu.upper());
    let memory = (*settings.memory.lower(), *settings.memory.upper());
    let sizes = [
        between(
            "karpenter.azure.com/sku-cpu",
            u64::from(cpu.0),
            u64::from(cpu.1),
        ),
        between(
            "karpenter.azure.com/sku-memory",
            mebibytes(memory.0),
            mebibytes(memory.1),
        ),
    ];
    [
        one_of("kubernetes.io/arch", vec!["amd64".to_owned()]),
        one_of("kubernetes.io/os", vec!["linux".to_owned()]),
        one_of("karpenter.sh/capacity-type", capacity.collect()),
        one_of(
            "karpenter.azure.com/sku-family",
            settings.families.value.clone(),
        ),
    ]
    .into_iter()
    .chain(sizes.into_iter().flatten())
    .collect()
}

fn mebibytes(size: Bytes) -> u64 {
    size.get() / Bytes::mebi(1).get()
}

/// When nodes are taken away, and how many at a time.
fn disruption(settings: &ProvisionedPool) -> karpenter::NodePoolDisruption {
    karpenter::NodePoolDisruption {
        consolidation_policy: Some(match settings.consolidation.policy {
            ConsolidationPolicy::WhenEmpty => {
                karpenter::NodePoolDisruptionConsolidationPolicy::WhenEmpty
            }
            ConsolidationPolicy::WhenUnderused => {
                karpenter::NodePoolDisruptionConsolidationPolicy::WhenEmptyOrUnderutilized
            }
        }),
        consolidate_after: settings.consolidation.after.value.kubernetes(),
        budgets: Some(settings.budgets.iter().map(budget).collect()),
    }
}

fn budget(settings: &DisruptionBudget) -> karpenter::NodePoolDisruptionBudget {
    let reasons: Vec<_> = settings
        .reasons
        .iter()
        .map(|reason| match reason {
            DisruptionReason::Underused => karpenter::NodePoolDisruptionBudgetReason::Underutilized,
            DisruptionReason::Empty => karpenter::NodePoolDisruptionBudgetReason::Empty,
            DisruptionReason::Drifted => karpenter::NodePoolDisruptionBudgetReason::Drifted,
        })
        .collect();
    karpenter::NodePoolDisruptionBudget {
        nodes: Some(settings.nodes.to_string()),
        reasons: (!reasons.is_empty()).then_some(reasons),
        schedule: settings
            .schedule
            .as_ref()
            .map(|schedule| schedule.value.to_string()),
        duration: settings
            .duration
            .as_ref()
            .map(|duration| duration.value.kubernetes()),
    }
}
