//! Falco: it watches the system calls of every node for what no workload has a reason to do.

use environment::Environment;
use names::{
    ApplicationName, NamespaceName, Port, ServiceAccountName, WorkloadName, label_key, name, port,
};
use serde::Serialize;

use super::chart::{Calls, Chart, ChartPods, Home, Published};
use super::values::{Switch, Texts, scraped};
use crate::policy::FALCO_RULES;

/// The web server of Falco has the metrics, too.
const METRICS: Port = port!(8765);

const KERNEL: &str = "Falco loads its probe into the kernel and reads the processes of the node";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Values {
    driver: Driver,
    falco: Falco,
    metrics: Switch,
    falcoctl: Falcoctl,
    pod_annotations: Texts,
    tolerations: [Toleration; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    mounts: Option<Mounts>,
}

/// The rules of this tree, beside those of the image.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Mounts {
    volumes: [Volume; 1],
    volume_mounts: [VolumeMount; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Volume {
    name: &'static str,
    config_map: ConfigMapName,
}

#[derive(Serialize)]
struct ConfigMapName {
    name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct VolumeMount {
    name: &'static str,
    mount_path: &'static str,
    read_only: bool,
}

/// Files and folders that rules are read from, in this order: the image's own come first.
const IMAGE_RULES: [&str; 3] = [
    "/etc/falco/falco_rules.yaml",
    "/etc/falco/falco_rules.local.yaml",
    "/etc/falco/rules.d",
];
const OWN_RULES: &str = "/etc/falco/platform-rules";

fn mounts() -> Mounts {
    const NAME: &str = "platform-rules";
    Mounts {
        volumes: [Volume {
            name: NAME,
            config_map: ConfigMapName {
                name: FALCO_RULES.to_string(),
            },
        }],
        volume_mounts: [VolumeMount {
            name: NAME,
            mount_path: OWN_RULES,
            read_only: true,
        }],
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    kind: DriverKind,
    loader: Switch,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum DriverKind {
    ModernEbpf,
}

/// Its own configuration file, whose keys are in its own case.
#[derive(Serialize)]
struct Falco {
    json_output: bool,
    json_include_output_property: bool,
    priority: Priority,
    rules_files: Vec<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Priority {
    Notice,
}

#[derive(Serialize)]
struct Falcoctl {
    artifact: Artifact,
}

#[derive(Serialize)]
struct Artifact {
    install: Switch,
    follow: Switch,
}

#[derive(Serialize)]
struct Toleration {
    operator: &'static str,
}

/// On every node, whatever its taints. The rules of Falco are fetched as a pod starts, and ours come from this tree; none
/// are followed, so that what runs does not change under anybody.
pub(super) fn chart(environment: &Environment) -> Option<Chart> {
    let version = environment.addons.falco.as_ref()?;
    let own_rules = environment.runtime_security.is_some();
    let values = Values {
        driver: Driver {
            kind: DriverKind::ModernEbpf,
            // The probe is a part of Falco: there is nothing to build or to load.
            loader: Switch::OFF,
        },
        falco: Falco {
            json_output: true,
            json_include_output_property: true,
            priority: Priority::Notice,
            rules_files: IMAGE_RULES
                .into_iter()
                .chain(own_rules.then_some(OWN_RULES))
                .collect(),
        },
        metrics: Switch::ON,
        falcoctl: Falcoctl {
            artifact: Artifact {
                install: Switch::ON,
                follow: Switch::OFF,
            },
        },
        pod_annotations: scraped(METRICS),
        tolerations: [Toleration { operator: "Exists" }],
        mounts: own_rules.then(mounts),
    };
    let pods = ChartPods {
        kind: "DaemonSet",
        name: name!(WorkloadName, "falco"),
        label: (
            label_key!("app.kubernetes.io/name"),
            name!(WorkloadName, "falco"),
        ),
        account: name!(ServiceAccountName, "falco"),
        metrics: Some(METRICS),
        webhooks: &[],
        calls: Calls::Beyond,
    };
    let chart = Chart::new(
        name!(ApplicationName, "falco"),
        Home::Privileged(name!(NamespaceName, "falco"), KERNEL),
        Published::at("https://falcosecurity.github.io/charts", "falco"),
        version,
        &values,
    );
    Some(chart.runs([pods]))
}
