//! Where the volumes of pods are, as far as the objects say.

use serde_json::Value as Json;

use super::constraints::{self, NodeLabels, ZONE};
use super::workloads::Demand;
use crate::cluster::{Cluster, list, text};
use crate::document::Document;
use crate::pointer::Lookup;

/// Provisioners whose volumes stand in one zone and stay there.
const ZONAL: [&str; 6] = [
    "ebs.csi.aws.com",
    "pd.csi.storage.gke.io",
    "disk.csi.azure.com",
    "kubernetes.io/aws-ebs",
    "kubernetes.io/gce-pd",
    "kubernetes.io/azure-disk",
];

/// The volumes of a pod.
#[derive(Default)]
pub(super) struct Volumes<'a> {
    /// Whether one of them stays in the zone that it was made in.
    pub(super) bound: bool,
    /// The zones that classes make volumes in; one list for each class that names any.
    zones: Vec<Vec<&'a str>>,
    /// What existing volumes ask of a node, as terms of a node affinity of which one has to hold.
    terms: Vec<&'a Json>,
}

impl Volumes<'_> {
    /// Whether a node of these labels can have all of them.
    pub(super) fn are_reached_from(&self, labels: NodeLabels<'_>) -> bool {
        let in_zones = self.zones.iter().all(|zones| {
            let own = labels.own.iter().find(|(key, _)| *key == ZONE);
            own.is_none_or(|(_, zone)| zones.contains(zone))
        });
        in_zones
            && self.terms.iter().all(|required| {
                list(required, "/nodeSelectorTerms")
                    .any(|(_, term)| constraints::accepts(term, labels))
            })
    }
}

/// The volumes of a workload's pods.
pub(super) fn of<'a>(cluster: &Cluster<'a>, demand: &Demand<'a>) -> Volumes<'a> {
    let mut volumes = Volumes::default();
    let lasting = demand
        .workload
        .claims
        .iter()
        .filter(|claim| !claim.ephemeral);
    for claim in lasting {
        volumes.add_class(class(cluster, claim.class.as_deref()));
    }
    let Some(spec) = demand.spec else {
        return volumes;
    };
    for (_, volume) in list(spec, "/volumes") {
        let Some(name) = text(volume, "/persistentVolumeClaim/claimName") else {
            continue;
        };
        let Some(claim) = cluster.document("", "PersistentVolumeClaim", demand.namespace, name)
        else {
            continue;
        };
        let existing = text(&claim.value, "/spec/volumeName")
            .and_then(|name| cluster.document("", "PersistentVolume", "", name));
        if let Some(existing) = existing {
            let required = existing.value.lookup("/spec/nodeAffinity/required");
            volumes.terms.extend(required);
            volumes.bound |= required.is_some();
        } else {
            let name = text(&claim.value, "/spec/storageClassName");
            let name = name.or_else(|| super::workloads::default_storage_class(cluster));
            volumes.add_class(class(cluster, name));
        }
    }
    volumes
}

fn class<'a>(cluster: &Cluster<'a>, name: Option<&str>) -> Option<&'a Document> {
    cluster.document("storage.k8s.io", "StorageClass", "", name?)
}

impl<'a> Volumes<'a> {
    fn add_class(&mut self, class: Option<&'a Document>) {
        let Some(value) = class.map(|class| &class.value) else {
            return;
        };
        let parameter = |name: &str| {
            let parameters = value.get("parameters").and_then(Json::as_object);
            parameters
                .and_then(|all| all.get(name))
                .and_then(Json::as_str)
        };
        let in_several = parameter("replication-type") == Some("regional-pd")
            || ["skuName", "skuname", "storageaccounttype"]
                .into_iter()
                .filter_map(parameter)
                .any(|sku| sku.ends_with("_ZRS"));
        let zonal = text(value, "/provisioner").is_some_and(|name| ZONAL.contains(&name));
        self.bound |= zonal && !in_several;
        for (_, topology) in list(value, "/allowedTopologies") {
            let zones = list(topology, "/matchLabelExpressions")
                .filter(|(_, expression)| {
                    text(expression, "/key").is_some_and(|key| key.ends_with("/zone"))
                })
                .flat_map(|(_, expression)| list(expression, "/values"))
                .filter_map(|(_, zone)| zone.as_str())
                .collect::<Vec<_>>();
            if !zones.is_empty() {
                self.zones.push(zones);
            }
        }
    }
}
