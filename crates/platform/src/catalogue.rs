//! Which components an environment runs, in the order in which they stand on each other.

use std::collections::BTreeMap;

use builders::{Flow, Flows};
use environment::Environment;
use manifest::{Application, Manifest, SyncOption};
use names::{ApplicationName, label_key};

use crate::component::Component;
use crate::convert::MANAGED_BY;
use crate::{addons, backup, cluster, data, mesh, observability, secrets, tenancy, workloads};

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
    fn finish(mut self) -> Vec<Application> {
        let flows: Flows = self.flows.into_iter().collect();
        for owned in flows
            .network_policies()
            .into_iter()
            .chain(flows.authorization_policies())
        {
            if let Some(application) = self.applications.get_mut(&owned.application) {
                application.manifests.push(owned.manifest);
            }
        }
        self.applications.into_values().map(finished).collect()
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
    let mut catalogue = Catalogue::default();
    catalogue.add(cluster::cluster(environment));
    if let Some(groups) = cluster::pod_security_groups(environment) {
        catalogue.add(groups);
    }
    catalogue.add(tenancy::namespaces(environment));
    let classes = catalogue.add(data::storage_classes(environment));
    for addon in addons::addons(environment) {
        catalogue.add(addon);
    }
    let store = catalogue.add(secrets::store(environment));
    catalogue.add(mesh::control_plane(environment));
    let gateway = catalogue.add(mesh::policies(environment, &store));
    let prometheus = catalogue.add(observability::prometheus(environment, &classes));
    catalogue.add(observability::fluentd(environment, &store, &prometheus));
    let postgres = environment
        .postgres
        .as_ref()
        .map(|settings| catalogue.add(data::postgres(environment, settings, &classes, &store)));
    if let Some(settings) = &environment.backup {
        catalogue.add(backup::velero(environment, settings));
    }
    for service in workloads::services(
        environment,
        &store,
        &gateway,
        &prometheus,
        postgres.as_ref(),
    ) {
        catalogue.add(service);
    }
    catalogue.finish()
}
