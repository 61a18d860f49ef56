//! The platform's rules for Falco, in the ConfigMap that its chart mounts beside its own.

use std::collections::BTreeSet;

use builders::ConfigMap;
use configs::falco::{Expected, platform_rules};
use environment::{Environment, ImageSource, RuntimeSecurity};
use names::{ApplicationName, ConfigMapName, DataKey, NamespaceName, WorkloadName, name};

use super::namespaces::{applications, privileged};
use crate::component::Component;
use crate::convert::identity;
use crate::{provider, wave};

/// Where the agents of Falco run.
const NAMESPACE: NamespaceName = NamespaceName::from_static("falco");
/// The ConfigMap that the chart has to mount.
pub(crate) const RULES: ConfigMapName = ConfigMapName::from_static("falco-platform-rules");
/// The file in it.
const FILE: DataKey = DataKey::from_static("platform_rules.yaml");

/// The rules with the values of the environment. They are synced with the chart, whose pods wait for them.
pub(super) fn falco_rules(environment: &Environment, settings: &RuntimeSecurity) -> Component<()> {
    let identity = identity(
        &name!(ApplicationName, "falco-rules"),
        &NAMESPACE,
        &name!(WorkloadName, "falco"),
    );
    let expected = Expected {
        workload_namespaces: applications(environment).into_iter().collect(),
        privileged_namespaces: privileged(environment)
            .into_iter()
            .chain([name!(NamespaceName, "kube-system")])
            .collect(),
        own_networks: provider::own_addresses(environment)
            .into_iter()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        api_clients: texts(&settings.api_clients),
        privileged_images: texts(&settings.privileged_images),
        outbound_images: texts(&settings.outbound_images),
    };
    let rules = ConfigMap::new(&identity, &RULES).entry(&FILE, platform_rules(&expected).to_text());
    Component::new(identity.application(), &NAMESPACE, wave::CONTROLLERS, ())
        .with([rules.manifest()])
}

fn texts(sources: &[ImageSource]) -> Vec<String> {
    sources
        .iter()
        .map(|source| source.as_str().to_owned())
        .collect()
}
