//! What Argo CD has to be told: a project, an Application for each of ours, and the root that applies them.
//!
//! The root is applied once, by hand. Waves of Applications wait for each other only where Argo CD judges the health of
//! Applications, which its setting `resource.customizations.health.argoproj.io_Application` turns on.

mod application;
mod project;

use api::argoproj_io::v1alpha1::AppProjectDestination;
use environment::Delivery;
use manifest::{Application, Directory, Manifest};
use names::{ApplicationName, LabelValue, NamespaceName, ObjectName, label_key, label_value, name};

use crate::tree::Placed;

pub(crate) use application::ROOT;

/// The folder of these objects in the tree of an environment, and what the ledger has for their application.
const FOLDER: &str = "argocd";
/// Where Argo CD runs and looks for its objects.
const NAMESPACE: NamespaceName = name!(NamespaceName, "argocd");
/// The project of all Applications but the root.
const PROJECT: ApplicationName = name!(ApplicationName, "platform");
/// The cluster that Argo CD runs in.
const SERVER: &str = "https://kubernetes.default.svc";
/// The same as on every other object of the tree.
const MANAGED_BY: LabelValue = label_value!("platform");

/// The objects for Argo CD, where the tree is at `generated/<environment>` of the repository.
pub(crate) fn objects(
    environment: &str,
    delivery: &Delivery,
    applications: &[Application],
) -> Vec<Manifest> {
    let synced: Vec<&Application> = applications
        .iter()
        .filter(|application| is_synced(application))
        .collect();
    // The project has to be there before the first Application of it.
    let first = synced
        .iter()
        .map(|application| application.wave)
        .min()
        .unwrap_or_default()
        - 1;
    let mut objects = vec![project::project(delivery, &synced).sync_wave(first)];
    objects.push(application::root(environment, delivery));
    objects.extend(
        synced
            .into_iter()
            .map(|of| application::application(environment, delivery, of)),
    );
    objects
        .into_iter()
        .map(|object| object.label(label_key!("app.kubernetes.io/managed-by"), MANAGED_BY))
        .collect()
}

/// A namespace of a cluster that Argo CD knows by name, or of the one that it runs in.
fn destination(cluster: Option<&ObjectName>, namespace: &str) -> AppProjectDestination {
    AppProjectDestination {
        name: cluster.map(ToString::to_string),
        server: cluster.is_none().then(|| SERVER.to_owned()),
        namespace: Some(namespace.to_owned()),
    }
}

/// Whether Argo CD has anything to apply.
fn is_synced(application: &Application) -> bool {
    application.directory == Directory::Synced
        && (!application.manifests.is_empty() || application.chart.is_some())
}

/// The file of one of these objects.
pub(crate) fn place(manifest: &Manifest) -> Placed<'_> {
    let id = manifest.id();
    let path = format!("{FOLDER}/{}-{}.yaml", id.kind.to_ascii_lowercase(), id.name);
    Placed {
        path,
        application: FOLDER,
        manifest,
    }
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::{ConfigMap, Namespace};
    use manifest::{ApplicationSyncOption, ChartSource, IgnoreDifference};
    use names::{ConfigMapName, Version};

    use super::*;

    fn delivery() -> Delivery {
        let repository = "https://git.example.com/platform/platform.git"
            .parse()
            .expect("a repository");
        Delivery {
            repository,
            revision: "main".to_owned(),
        }
    }

    fn web() -> Application {
        let namespace = name!(NamespaceName, "production");
        let settings = Manifest::namespaced(
            &namespace,
            name!(ConfigMapName, "settings"),
            ConfigMap::default(),
        );
        let ignored =
            IgnoreDifference::of_kind("apps", "Deployment").json_pointer("/spec/replicas");
        Application::new(name!(ApplicationName, "web"), namespace)
            .wave(5)
            .manifests([settings])
            .ignore_differences([ignored])
    }

    fn charted() -> Application {
        let repository = "oci://charts.example.com/stable"
            .parse()
            .expect("a repository");
        let version: Version = "1.2.3".parse().expect("a version");
        let values = serde_json::json!({ "replicas": 2 });
        Application::new(
            name!(ApplicationName, "operator"),
            name!(NamespaceName, "operators"),
        )
        .wave(-3)
        .chart(ChartSource::new(repository, "operator", version).values(&values))
        .sync_options([ApplicationSyncOption::CreateNamespace])
    }

    fn assert_objects(snapshot: &str, applications: &[Application]) {
        let objects = objects("prod", &delivery(), applications);
        let texts = objects
            .iter()
            .map(|object| format!("# {}\n{}", place(object).path, object.yaml()));
        insta::with_settings!({ prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(snapshot, texts.collect::<String>());
        });
    }

    #[test]
    fn an_application_is_read_from_its_folder_in_the_tree() {
        assert_objects("argocd_application", &[web()]);
    }

    #[test]
    fn a_chart_stands_beside_the_folder_or_alone() {
        let namespace = Manifest::cluster(name!(NamespaceName, "operators"), Namespace::default());
        let elsewhere = name!(ObjectName, "management");
        let both = Application {
            name: name!(ApplicationName, "both"),
            ..charted()
        }
        .manifests([namespace])
        .cluster(elsewhere);
        assert_objects("argocd_chart", &[charted(), both]);
    }

    #[test]
    fn what_a_person_installs_has_no_application() {
        let objects = objects("prod", &delivery(), &[web().install_only()]);
        let names: Vec<&str> = objects
            .iter()
            .map(|object| object.id().name.as_str())
            .collect();
        assert_eq!(names, ["platform", "root"]);
    }
}
