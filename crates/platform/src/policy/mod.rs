//! What is let in and watched: admission policies, signed and scanned images, and rules for running containers.

mod admission;
mod falco;
mod images;
pub(crate) mod namespaces;
mod registry;
mod scan;
mod signatures;
mod templates;

use std::collections::BTreeSet;

use environment::Environment;
use names::ImageReference;

use crate::component::Component;

pub(crate) use falco::RULES as FALCO_RULES;
pub(crate) use images::images;
pub(crate) use scan::Ground;

/// What admission refuses and what is watched for at run time, where the environment says so.
pub(crate) fn policies(environment: &Environment) -> Vec<Component<()>> {
    let admission = environment
        .policy
        .as_ref()
        .map(|settings| admission::admission(environment, settings));
    let falco = environment
        .runtime_security
        .as_ref()
        .map(|settings| falco::falco_rules(environment, settings));
    let signatures = environment
        .images
        .as_ref()
        .and_then(|images| images.signatures.as_ref())
        .map(|settings| signatures::signatures(environment, settings));
    let definitions = admission
        .as_ref()
        .map(|_| admission::constraint_definitions());
    admission
        .into_iter()
        .chain(definitions)
        .chain(falco)
        .chain(signatures)
        .collect()
}

/// What keeps and scans the images of the tree, which all other components have to be known for.
pub(crate) fn image_care(
    environment: &Environment,
    images: &BTreeSet<ImageReference>,
    ground: &Ground<'_>,
) -> Vec<Component<()>> {
    let Some(settings) = &environment.images else {
        return Vec::new();
    };
    let registry = settings
        .registry
        .as_ref()
        .map(|settings| registry::registry(environment, settings, images, ground.priorities));
    let scan = settings
        .scan
        .as_ref()
        .map(|settings| scan::image_scan(environment, settings, images, ground));
    registry.into_iter().chain(scan).collect()
}
