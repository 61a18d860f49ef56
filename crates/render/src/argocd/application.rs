//! Argo CD Applications: one for each of ours, and the root.

use api::argoproj_io::v1alpha1::{
    Application as ArgoApplication, ApplicationIgnoreDifference, ApplicationOperationRetry,
    ApplicationOperationRetryBackoff, ApplicationSource, ApplicationSourceDirectory,
    ApplicationSourceHelm, ApplicationSpec, ApplicationSyncPolicy, ApplicationSyncPolicyAutomated,
};
use environment::Delivery;
use manifest::{
    Application, ApplicationSyncOption, ChartSource, Directory, IgnoreDifference, Manifest,
};
use names::{ApplicationName, LabelValue, annotation_key, label_key, name};

use super::{FOLDER, NAMESPACE, PROJECT, destination};

/// The Application that applies the others.
pub(crate) const ROOT: ApplicationName = name!(ApplicationName, "root");
/// The project that every Argo CD has from the start, so that the root can be applied before ours is there.
const DEFAULT_PROJECT: &str = "default";
/// Above this many objects, applying only what differs is worth the less thorough sync.
const MANY_OBJECTS: usize = 200;

/// The Application of one of ours.
pub(super) fn application(
    environment: &str,
    delivery: &Delivery,
    application: &Application,
) -> Manifest {
    let path = format!(
        "generated/{environment}/{}/{}",
        Directory::Synced.as_str(),
        application.name
    );
    let folder = (!application.manifests.is_empty()).then(|| folder_source(delivery, path));
    let chart = application.chart.as_ref().map(chart_source);
    let (source, sources) = match (folder, chart) {
        (Some(folder), Some(chart)) => (None, Some(vec![chart, folder])),
        (folder, chart) => (folder.or(chart), None),
    };
    let differences: Vec<_> = application
        .ignore_differences
        .iter()
        .map(ignore_difference)
        .collect();
    let spec = ApplicationSpec {
        project: PROJECT.to_string(),
        source,
        sources,
        destination: destination(application.cluster.as_ref(), application.namespace.as_str()),
        ignore_differences: (!differences.is_empty()).then_some(differences),
        sync_policy: Some(sync_policy(sync_options(application))),
        ..Default::default()
    };
    let part_of: LabelValue = application.name.clone().into();
    Manifest::namespaced(
        &NAMESPACE,
        &application.name,
        ArgoApplication {
            spec,
            ..Default::default()
        },
    )
    .label(label_key!("app.kubernetes.io/part-of"), part_of)
    // Without it, every commit to the repository makes Argo CD read every Application again.
    .annotate(
        annotation_key!("argocd.argoproj.io/manifest-generate-paths"),
        ".",
    )
    // The server's own defaults would show as differences for ever if Argo CD compared by itself.
    .annotate(
        annotation_key!("argocd.argoproj.io/compare-options"),
        "ServerSideDiff=true",
    )
    .sync_wave(application.wave)
}

/// The Application of the folder that all of these objects are in.
pub(super) fn root(environment: &str, delivery: &Delivery) -> Manifest {
    let spec = ApplicationSpec {
        project: DEFAULT_PROJECT.to_owned(),
        source: Some(folder_source(
            delivery,
            format!("generated/{environment}/{FOLDER}"),
        )),
        destination: destination(None, NAMESPACE.as_str()),
        sync_policy: Some(sync_policy([ApplicationSyncOption::FailOnSharedResource])),
        ..Default::default()
    };
    Manifest::namespaced(
        &NAMESPACE,
        ROOT,
        ArgoApplication {
            spec,
            ..Default::default()
        },
    )
    .annotate(
        annotation_key!("argocd.argoproj.io/manifest-generate-paths"),
        ".",
    )
}

fn folder_source(delivery: &Delivery, path: String) -> ApplicationSource {
    ApplicationSource {
        repo_url: delivery.repository.to_string(),
        target_revision: Some(delivery.revision.clone()),
        path: Some(path),
        directory: Some(ApplicationSourceDirectory {
            recurse: Some(true),
            ..Default::default()
        }),
        ..Default::default()
    }
}

fn chart_source(chart: &ChartSource) -> ApplicationSource {
    let has_values = chart
        .values
        .as_object()
        .is_none_or(|values| !values.is_empty());
    ApplicationSource {
        repo_url: chart_repository(chart),
        chart: Some(chart.chart.clone()),
        target_revision: Some(chart.version.to_string()),
        helm: Some(ApplicationSourceHelm {
            release_name: Some(chart.release_name.clone()),
            values_object: has_values.then(|| chart.values.clone()),
            ..Default::default()
        }),
        ..Default::default()
    }
}

/// Argo CD takes the repository of an OCI chart without its scheme.
pub(super) fn chart_repository(chart: &ChartSource) -> String {
    let url = chart.repository.to_string();
    url.strip_prefix("oci://")
        .map_or_else(|| url.clone(), str::to_owned)
}

fn ignore_difference(difference: &IgnoreDifference) -> ApplicationIgnoreDifference {
    let listed = |paths: &Vec<String>| (!paths.is_empty()).then(|| paths.clone());
    ApplicationIgnoreDifference {
        group: (!difference.group.is_empty()).then(|| difference.group.clone()),
        kind: difference.kind.clone(),
        namespace: difference.namespace.clone(),
        name: difference.name.clone(),
        json_pointers: listed(&difference.json_pointers),
        jq_path_expressions: listed(&difference.jq_paths),
        ..Default::default()
    }
}

/// What the application asks for, and what follows from what is in it.
fn sync_options(application: &Application) -> Vec<ApplicationSyncOption> {
    let mut options = vec![
        ApplicationSyncOption::FailOnSharedResource,
        ApplicationSyncOption::PruneLast,
        ApplicationSyncOption::PruneForeground,
    ];
    if !application.ignore_differences.is_empty() {
        // Else a sync for another reason would overwrite what the comparison left alone.
        options.push(ApplicationSyncOption::RespectIgnoreDifferences);
    }
    if application
        .manifests
        .iter()
        .any(|manifest| !manifest.id().is_built_in())
    {
        // The definition comes from another Application and may not be there at the first dry run.
        options.push(ApplicationSyncOption::SkipDryRunOnMissingResource);
    }
    if application.manifests.len() > MANY_OBJECTS {
        options.push(ApplicationSyncOption::ApplyOutOfSyncOnly);
    }
    options.extend(&application.sync_options);
    options.sort_unstable();
    options.dedup();
    options
}

/// Git is what counts: what differs is mended, what is gone from Git is removed. A sync that fails, because a
/// definition or a webhook is not there yet, is tried again.
fn sync_policy(options: impl IntoIterator<Item = ApplicationSyncOption>) -> ApplicationSyncPolicy {
    ApplicationSyncPolicy {
        automated: Some(ApplicationSyncPolicyAutomated {
            prune: Some(true),
            self_heal: Some(true),
            ..Default::default()
        }),
        retry: Some(ApplicationOperationRetry {
            limit: Some(5),
            backoff: Some(ApplicationOperationRetryBackoff {
                duration: Some("10s".to_owned()),
                factor: Some(2),
                max_duration: Some("5m".to_owned()),
            }),
            ..Default::default()
        }),
        sync_options: Some(
            options
                .into_iter()
                .map(|option| option.as_str().to_owned())
                .collect(),
        ),
        ..Default::default()
    }
}
