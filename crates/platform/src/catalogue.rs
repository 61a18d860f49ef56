//! Which components an environment runs, in the order in which they stand on each other.

use std::collections::BTreeMap;

use builders::{Flow, Flows};
use environment::Environment;
use manifest::{Application, Manifest, SyncOption};
use names::{ApplicationName, label_key};

use crate::component::Component;
use crate::convert::MANAGED_BY;
use crate::workloads::Surroundings;
use crate::{
    addons, backup, cluster, coordination, data, ingress, logging, mesh, observability, policy,
    scheduling, secrets, tenancy, workloads,
};

/// The components collected so far.
#[derive(Debug, Default)]
struct Catalogue {
    applications: BTreeMap<ApplicationName, Application>,
    flows: Vec<Flow>,
}

impl Catalogue {
    /// Takes a component in and hands out its handles; two components of one application are put together.
    fn add<H>(&mut self, component: Component<H>) -> H {
        let Component {
            handles,
            application,
            flows,
        } = component;
        self.flows.extend(flows);
        match self.applications.remove(&application.name) {
            None => self
                .applications
                .insert(application.name.clone(), application),
            Some(known) => {
                let merged = known
                    .manifests(application.manifests)
                    .ignore_differences(application.ignore_differences);
                self.applications.insert(merged.name.clone(), merged)
            }
        };
        handles
    }

    /// Adds the policies that follow from the flows, and what every object carries.
    fn finish(mut self) -> (Vec<Application>, Flows) {
        let flows: Flows = self.flows.into_iter().collect();
        for owned in flows
            .network_policies()
            .into_iter()
            .chain(flows.authorization_policies())
            .chain(flows.peer_authentications())
        {
            if let Some(application) = self.applications.get_mut(&owned.application) {
                application.manifests.push(owned.manifest);
            }
        }
        let applications = self.applications.into_values();
        (applications.map(finished).collect(), flows)
    }
}

/// Marks every object as ours and guards what holds data against being pruned without a question.
fn finished(mut application: Application) -> Application {
    let part_of: names::LabelValue = application.name.clone().into();
    application.manifests = application
        .manifests
        .into_iter()
        .map(|manifest| {
            guarded(manifest)
                .label(label_key!("app.kubernetes.io/managed-by"), MANAGED_BY)
                .label(label_key!("app.kubernetes.io/part-of"), part_of.clone())
        })
        .collect();
    application
}

/// What holds data is not pruned without a question, and kinds that a chart brings may still be missing at a dry run.
fn guarded(manifest: Manifest) -> Manifest {
    let manifest = match &*manifest.id().kind {
        "Namespace" | "PersistentVolumeClaim" | "StatefulSet" | "BackupStorageLocation" => manifest
            .sync_option(SyncOption::PruneConfirm)
            .sync_option(SyncOption::DeleteConfirm),
        _ => manifest,
    };
    if manifest.id().is_built_in() {
        manifest
    } else {
        manifest.sync_option(SyncOption::SkipDryRunOnMissingResource)
    }
}

/// Every application of `environment`, sorted by name.
pub fn applications(environment: &Environment) -> Vec<Application> {
    applications_and_flows(environment).0
}

/// Every application of `environment`, sorted by name, and who talks to whom in it.
pub fn applications_and_flows(environment: &Environment) -> (Vec<Application>, Flows) {
    let mut catalogue = Catalogue::default();
    catalogue.add(cluster::cluster(environment));
    if let Some(groups) = cluster::pod_security_groups(environment) {
        catalogue.add(groups);
    }
    if let Some(pools) = cluster::provisioned_pools(environment) {
        catalogue.add(pools);
    }
    catalogue.add(tenancy::namespaces(environment));
    let priorities = catalogue.add(scheduling::priority_classes(environment));
    for component in scheduling::scheduling(environment, &priorities) {
        catalogue.add(component);
    }
    let classes = catalogue.add(data::storage_classes(environment));
    for addon in addons::addons(environment) {
        catalogue.add(addon);
    }
    for component in [
        addons::issuer(environment),
        addons::calico_policies(environment),
    ]
    .into_iter()
    .flatten()
    {
        catalogue.add(component);
    }
    for policy in policy::policies(environment) {
        catalogue.add(policy);
    }
    let store = catalogue.add(secrets::store(environment));
    let gateway = environment.mesh.as_ref().map(|mesh| {
        catalogue.add(mesh::control_plane(environment, mesh));
        catalogue.add(mesh::policies(environment, mesh, &store))
    });
    let (prometheus, monitoring) = observability::monitoring(environment, &classes, &store);
    for component in monitoring {
        catalogue.add(component);
    }
    for component in logging::logging(environment, &classes, &store, &prometheus) {
        catalogue.add(component);
    }
    for component in tenancy::tenants(environment, &prometheus)
        .into_iter()
        .chain(coordination::coordination(environment, &prometheus))
    {
        catalogue.add(component);
    }
    let foundations = data::Foundations {
        classes: &classes,
        store: &store,
        priorities: &priorities,
        prometheus: &prometheus,
    };
    let postgres = environment
        .postgres
        .as_ref()
        .map(|settings| catalogue.add(data::postgres(environment, settings, foundations)));
    let cache = environment
        .cache
        .as_ref()
        .map(|settings| catalogue.add(data::cache(environment, settings, foundations)));
    if let Some(settings) = &environment.backup {
        catalogue.add(backup::velero(environment, settings));
    }
    if let Some(ingress) = ingress::ingress(environment) {
        catalogue.add(ingress);
    }
    let callable = [
        Some(("prometheus", &prometheus.endpoint)),
        postgres
            .as_ref()
            .map(|postgres| ("postgres", &postgres.read_write)),
        cache.as_ref().map(|cache| ("cache", &cache.endpoint)),
    ]
    .into_iter()
    .flatten()
    .map(|(name, endpoint)| (name, endpoint.clone()))
    .collect();
    let surroundings = Surroundings {
        store: &store,
        mesh: gateway.as_ref(),
        prometheus: &prometheus,
        callable: &callable,
        priorities: &priorities,
    };
    for service in workloads::services(environment, &surroundings) {
        catalogue.add(service);
    }
    let images = policy::images(catalogue.applications.values());
    let ground = policy::Ground {
        classes: &classes,
        store: &store,
        priorities: &priorities,
    };
    for component in policy::image_care(environment, &images, &ground) {
        catalogue.add(component);
    }
    catalogue.finish()
}
