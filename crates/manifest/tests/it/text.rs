//! Whole manifests as people read them, and the same in every reader.

use k8s_openapi::ByteString;
use k8s_openapi::api::apps::v1::{
    Deployment, DeploymentSpec, DeploymentStrategy, RollingUpdateDeployment,
};
use k8s_openapi::api::core::v1::{
    Capabilities, ConfigMap, Container, ContainerPort, EmptyDirVolumeSource, EnvVar, EnvVarSource,
    HTTPGetAction, ObjectFieldSelector, PodSpec, PodTemplateSpec, Probe, ResourceRequirements,
    Secret, SecurityContext, ServiceAccount, Volume, VolumeMount,
};
use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyPeer, NetworkPolicyPort,
    NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use manifest::Manifest;
use names::{
    ConfigMapName, NamespaceName, ObjectName, SecretName, ServiceAccountName, WorkloadName,
    label_key, name,
};
use serde::{Serialize, Serializer};
use serde_json::Value;

fn namespace() -> NamespaceName {
    name!(NamespaceName, "production")
}

/// Holds the text against its snapshot, and what two readers make of it against the value.
fn assert_manifest(snapshot: &str, manifest: &Manifest) {
    let text = manifest.yaml();
    insta::with_settings!({ prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(snapshot, text);
    });
    assert_eq!(
        serde_yaml::from_str::<Value>(&text).unwrap(),
        manifest.value()
    );
    assert_eq!(
        serde_saphyr::from_str::<Value>(&text).unwrap(),
        manifest.value()
    );
}

fn selector() -> LabelSelector {
    LabelSelector {
        match_labels: Some([("app.kubernetes.io/name".into(), "api-gateway".into())].into()),
        ..Default::default()
    }
}

fn probe(path: &str) -> Probe {
    Probe {
        http_get: Some(HTTPGetAction {
            path: Some(path.into()),
            port: IntOrString::String("http".into()),
            ..Default::default()
        }),
        initial_delay_seconds: Some(30),
        ..Default::default()
    }
}

fn environment() -> Vec<EnvVar> {
    let mut variables: Vec<EnvVar> = [
        ("DEBUG", "no"),
        ("PORT", "8080"),
        ("VERSION", "1.10"),
        ("GREETING", "hello: it's #1"),
        ("EMPTY", ""),
    ]
    .map(|(name, value)| EnvVar {
        name: name.into(),
        value: Some(value.into()),
        ..Default::default()
    })
    .into();
    variables.push(EnvVar {
        name: "POD_IP".into(),
        value_from: Some(EnvVarSource {
            field_ref: Some(ObjectFieldSelector {
                field_path: "status.podIP".into(),
                ..Default::default()
            }),
            ..Default::default()
        }),
        ..Default::default()
    });
    variables
}

fn container() -> Container {
    Container {
        name: "api-gateway".into(),
        image: Some("registry.example.com/api-gateway:v2.0.0".into()),
        args: Some(vec![
            "--config=/etc/app/config.yaml".into(),
            "--".into(),
            "-v".into(),
            "set -eu\nexec app \"$@\"\n".into(),
        ]),
        env: Some(environment()),
        ports: Some(vec![ContainerPort {
            name: Some("http".into()),
            container_port: 8080,
            ..Default::default()
        }]),
        liveness_probe: Some(probe("/health")),
        resources: Some(ResourceRequirements {
            limits: Some(
                [
                    ("cpu".into(), Quantity("1".into())),
                    ("memory".into(), Quantity("512Mi".into())),
                ]
                .into(),
            ),
            requests: Some(
                [
                    ("cpu".into(), Quantity("250m".into())),
                    ("memory".into(), Quantity("256Mi".into())),
                ]
                .into(),
            ),
            ..Default::default()
        }),
        security_context: Some(SecurityContext {
            allow_privilege_escalation: Some(false),
            capabilities: Some(Capabilities {
                drop: Some(vec!["ALL".into()]),
                ..Default::default()
            }),
            ..Default::default()
        }),
        volume_mounts: Some(vec![VolumeMount {
            name: "tmp".into(),
            mount_path: "/tmp".into(),
            ..Default::default()
        }]),
        ..Default::default()
    }
}

fn deployment() -> Deployment {
    Deployment {
        spec: Some(DeploymentSpec {
            replicas: Some(3),
            selector: selector(),
            strategy: Some(DeploymentStrategy {
                type_: Some("RollingUpdate".into()),
                rolling_update: Some(RollingUpdateDeployment {
                    max_surge: Some(IntOrString::String("25%".into())),
                    max_unavailable: Some(IntOrString::Int(0)),
                }),
            }),
            template: PodTemplateSpec {
                metadata: Some(ObjectMeta {
                    labels: selector().match_labels,
                    annotations: Some([("prometheus.io/scrape".into(), "true".into())].into()),
                    ..Default::default()
                }),
                spec: Some(PodSpec {
                    containers: vec![container()],
                    volumes: Some(vec![Volume {
                        name: "tmp".into(),
                        empty_dir: Some(EmptyDirVolumeSource::default()),
                        ..Default::default()
                    }]),
                    ..Default::default()
                }),
            },
            ..Default::default()
        }),
        ..Default::default()
    }
}

#[test]
fn a_deployment() {
    let manifest = Manifest::namespaced(
        &namespace(),
        name!(WorkloadName, "api-gateway"),
        deployment(),
    )
    .label(
        label_key!("app.kubernetes.io/name"),
        &name!(WorkloadName, "api-gateway"),
    )
    .sync_wave(10);
    assert_manifest("deployment", &manifest);
}

#[test]
fn a_config_map_with_files() {
    let files = [
        (
            "prometheus.yml",
            "global:\n  scrape_interval: 15s\n\nscrape_configs:\n- job_name: vector-store\n",
        ),
        ("run.sh", "#!/bin/sh\nset -eu\n\techo \"done\"\n"),
        ("indented.txt", "  first\nsecond\n\n"),
        ("windows.ini", "[a]\r\nb=c\r\n"),
        ("one-line.json", "{\"a\": [1, 2]}"),
        ("no-end", "a\nb"),
        ("on", "off"),
    ];
    let object = ConfigMap {
        data: Some(files.map(|(name, text)| (name.into(), text.into())).into()),
        immutable: Some(true),
        ..Default::default()
    };
    assert_manifest(
        "config_map",
        &Manifest::namespaced(&namespace(), name!(ConfigMapName, "files"), object),
    );
}

#[test]
fn a_network_policy_for_every_pod() {
    let object = NetworkPolicy {
        spec: Some(NetworkPolicySpec {
            pod_selector: Some(LabelSelector::default()),
            policy_types: Some(vec!["Ingress".into(), "Egress".into()]),
            ingress: Some(vec![]),
            egress: Some(vec![NetworkPolicyEgressRule {
                to: Some(vec![
                    NetworkPolicyPeer {
                        namespace_selector: Some(LabelSelector::default()),
                        pod_selector: Some(selector()),
                        ..Default::default()
                    },
                    NetworkPolicyPeer {
                        ip_block: Some(IPBlock {
                            cidr: "10.0.0.0/16".into(),
                            except: Some(vec!["fd00::/8".into()]),
                        }),
                        ..Default::default()
                    },
                ]),
                ports: Some(vec![NetworkPolicyPort {
                    port: Some(IntOrString::Int(53)),
                    protocol: Some("UDP".into()),
                    ..Default::default()
                }]),
            }]),
        }),
        ..Default::default()
    };
    assert_manifest(
        "network_policy",
        &Manifest::namespaced(&namespace(), name!(ObjectName, "default-deny"), object),
    );
}

#[test]
fn metadata_comes_before_fields_that_sort_before_it() {
    let account = ServiceAccount {
        automount_service_account_token: Some(false),
        ..Default::default()
    };
    let manifest = Manifest::namespaced(&namespace(), name!(ServiceAccountName, "app"), account);
    assert_eq!(
        manifest.yaml(),
        "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: app\n  namespace: production\nautomountServiceAccountToken: false\n"
    );
}

#[test]
fn bytes_are_base64() {
    let secret = Secret {
        data: Some([("key".into(), ByteString(b"value".to_vec()))].into()),
        ..Default::default()
    };
    let manifest = Manifest::namespaced(&namespace(), name!(SecretName, "app"), secret);
    assert!(
        manifest.yaml().ends_with("data:\n  key: dmFsdWU=\n"),
        "{}",
        manifest.yaml()
    );
}

#[test]
fn text_is_appended() {
    let manifest = Manifest::namespaced(
        &namespace(),
        name!(ConfigMapName, "empty"),
        ConfigMap::default(),
    );
    let mut out = "---\n".to_owned();
    manifest.write_yaml(&mut out);
    assert_eq!(out, format!("---\n{}", manifest.yaml()));
}

/// A kind whose own fields refuse to be serialised.
#[derive(Default)]
struct Broken(ObjectMeta);

impl Serialize for Broken {
    fn serialize<S: Serializer>(&self, _serializer: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("no text today"))
    }
}

impl k8s_openapi::Resource for Broken {
    const API_VERSION: &'static str = "example.com/v1";
    const GROUP: &'static str = "example.com";
    const KIND: &'static str = "Broken";
    const VERSION: &'static str = "v1";
    const URL_PATH_SEGMENT: &'static str = "brokens";
    type Scope = k8s_openapi::ClusterResourceScope;
}

impl k8s_openapi::Metadata for Broken {
    type Ty = ObjectMeta;

    fn metadata(&self) -> &ObjectMeta {
        &self.0
    }

    fn metadata_mut(&mut self) -> &mut ObjectMeta {
        &mut self.0
    }
}

#[test]
fn a_refusal_shows_up_as_a_field_that_no_schema_knows() {
    let manifest = Manifest::cluster(name!(ObjectName, "one"), Broken::default());
    let expected = "apiVersion: example.com/v1\nkind: Broken\nmetadata:\n  name: one\nunserializable: no text today\n";
    assert_eq!(manifest.yaml(), expected);
    assert_eq!(
        serde_yaml::from_str::<Value>(expected).unwrap(),
        manifest.value()
    );
}
