//! Which file an object goes to, and in which order the files come.

use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::{ConfigMap, Namespace, Service};
use k8s_openapi::api::rbac::v1::ClusterRole;
use manifest::{
    Application, Directory, Duplicate, Group, Layout, Manifest, ResourceId, Scope, path_of,
};
use names::{ApplicationName, NamespaceName, ObjectName, RoleName, ServiceName, name};

fn namespace() -> NamespaceName {
    name!(NamespaceName, "production")
}

fn service(name: ServiceName) -> Manifest {
    Manifest::namespaced(&namespace(), name, Service::default())
}

fn knative(name: ServiceName) -> Manifest {
    Manifest::untyped(
        "serving.knative.dev/v1",
        "Service",
        Scope::Namespace(namespace()),
        name,
        [],
    )
}

fn application(
    name: ApplicationName,
    manifests: impl IntoIterator<Item = Manifest>,
) -> Application {
    Application::new(name, namespace()).manifests(manifests)
}

fn paths(applications: &[Application]) -> Vec<String> {
    let layout = Layout::new(applications).unwrap();
    layout
        .placed()
        .iter()
        .map(|placed| placed.path.clone())
        .collect()
}

#[test]
fn a_path_follows_from_the_identity() {
    let web = name!(ApplicationName, "web");
    let path = |id: &ResourceId, group| path_of(Directory::Synced, &web, id, group);
    let deployment = Manifest::namespaced(
        &namespace(),
        name!(ObjectName, "api-gateway"),
        Deployment::default(),
    );
    assert_eq!(
        path(deployment.id(), Group::Omitted),
        "apps/web/production/deployment-api-gateway.yaml"
    );
    assert_eq!(
        path(deployment.id(), Group::Named),
        "apps/web/production/deployment.apps-api-gateway.yaml"
    );
    let core = service(name!(ServiceName, "web"));
    assert_eq!(
        path(core.id(), Group::Named),
        "apps/web/production/service.core-web.yaml"
    );
    let cluster = Manifest::cluster(namespace(), Namespace::default());
    assert_eq!(
        path(cluster.id(), Group::Omitted),
        "apps/web/_cluster/namespace-production.yaml"
    );
    let role = Manifest::cluster(name!(RoleName, "system:Metrics"), ClusterRole::default());
    assert_eq!(
        path(role.id(), Group::Omitted),
        "apps/web/_cluster/clusterrole-system_3a_4detrics.yaml"
    );
    assert_eq!(
        path_of(Directory::InstallOnly, &web, role.id(), Group::Omitted),
        "install/web/_cluster/clusterrole-system_3a_4detrics.yaml"
    );
}

#[test]
fn no_identity_leads_out_of_its_folder() {
    let hostile = ResourceId {
        api_version: "../../v1".into(),
        kind: "../Kind".into(),
        namespace: Some("..".into()),
        name: "/../../etc/passwd\0".into(),
    };
    let path = path_of(
        Directory::Synced,
        &name!(ApplicationName, "con"),
        &hostile,
        Group::Named,
    );
    assert_eq!(
        path,
        "apps/_63on/_2e_2e/_2e._2fkind...-_2f.._2f.._2fetc_2fpasswd_00.yaml"
    );
    assert_eq!(path.split('/').count(), 4);
}

#[test]
fn the_order_is_that_of_the_paths() {
    let one = || {
        application(
            name!(ApplicationName, "one"),
            [
                service(name!(ServiceName, "b")),
                service(name!(ServiceName, "a")),
            ],
        )
    };
    let two = || {
        application(
            name!(ApplicationName, "two"),
            [service(name!(ServiceName, "a"))],
        )
    };
    let expected = [
        "apps/one/production/service-a.yaml",
        "apps/one/production/service-b.yaml",
        "apps/two/production/service-a.yaml",
    ];
    assert_eq!(paths(&[one(), two()]), expected);
    assert_eq!(paths(&[two(), one()]), expected);
    let installed = one().install_only();
    assert_eq!(
        paths(&[installed, two()])[1],
        "install/one/production/service-a.yaml"
    );
}

#[test]
fn the_group_is_added_where_two_kinds_clash_and_nowhere_else() {
    let web = || name!(ServiceName, "web");
    let expected = [
        "apps/one/production/service-other.yaml",
        "apps/one/production/service.core-web.yaml",
        "apps/one/production/service.serving.knative.dev-web.yaml",
    ];
    let other = || service(name!(ServiceName, "other"));
    assert_eq!(
        paths(&[application(
            name!(ApplicationName, "one"),
            [service(web()), knative(web()), other()]
        )]),
        expected
    );
    assert_eq!(
        paths(&[application(
            name!(ApplicationName, "one"),
            [other(), knative(web()), service(web())]
        )]),
        expected
    );
    let apart = [
        application(name!(ApplicationName, "one"), [service(web())]),
        application(name!(ApplicationName, "two"), [knative(web())]),
    ];
    assert_eq!(
        paths(&apart),
        [
            "apps/one/production/service-web.yaml",
            "apps/two/production/service-web.yaml"
        ]
    );
}

#[test]
fn one_object_twice_is_an_error_that_names_both_lines() {
    let settings = name!(ObjectName, "settings");
    let applications = [
        application(
            name!(ApplicationName, "one"),
            [Manifest::namespaced(
                &namespace(),
                &settings,
                ConfigMap::default(),
            )],
        ),
        application(
            name!(ApplicationName, "one"),
            [Manifest::namespaced(
                &namespace(),
                &settings,
                ConfigMap::default(),
            )],
        ),
    ];
    let made = |index: usize| {
        let manifest = &applications[index].manifests[0];
        (manifest.id().clone(), manifest.origin())
    };
    assert_ne!(made(0).1, made(1).1);
    let expected = Duplicate {
        path: "apps/one/production/configmap.core-settings.yaml".into(),
        first: made(0),
        second: made(1),
    };
    assert_eq!(Layout::new(&applications).unwrap_err(), [expected]);
}
