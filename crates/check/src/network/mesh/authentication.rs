//! How members of the mesh want to be called: the `PeerAuthentications` about them, the narrowest first.

use manifest::ResourceId;
use serde_json::Value as Json;

use crate::cluster::{selector, text};
use crate::network::classes::PodClass;
use crate::network::{Port, Ports, World};
use crate::pointer::Lookup;
use crate::rules::mesh::hosts::ROOT_NAMESPACE;

/// How a port wants to be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// By mutual TLS alone.
    Strict,
    /// In either way; what the mesh does where nothing is said.
    Permissive,
    /// In plain text, by members too.
    Disable,
}

/// How one class wants to be called.
#[derive(Clone, Debug)]
pub(super) struct Authentication {
    mode: Mode,
    by: Option<ResourceId>,
    ports: Vec<(u16, Mode)>,
    /// Who says so of the ports.
    ports_by: Option<ResourceId>,
}

impl Authentication {
    /// Ports by how they want to be called, and who says so.
    pub(super) fn parts(&self, ports: &Ports) -> Vec<(Ports, Mode, Option<&ResourceId>)> {
        let mut rest = ports.clone();
        let mut found = Vec::new();
        for (number, mode) in &self.ports {
            let one = Ports::one(Port::tcp(*number));
            let hit = rest.intersection(&one);
            if !hit.is_empty() {
                rest = rest.difference(&one);
                found.push((hit, *mode, self.ports_by.as_ref()));
            }
        }
        if !rest.is_empty() {
            found.push((rest, self.mode, self.by.as_ref()));
        }
        found
    }
}

/// A `PeerAuthentication`.
pub(super) struct Said<'a> {
    namespace: &'a str,
    id: &'a ResourceId,
    spec: &'a Json,
}

impl Said<'_> {
    fn labels(&self) -> Option<&Json> {
        let labels = self.spec.lookup("/selector/matchLabels");
        labels.filter(|labels| labels.as_object().is_some_and(|labels| !labels.is_empty()))
    }

    fn mode(&self) -> Option<Mode> {
        mode(text(self.spec, "/mtls/mode"))
    }
}

fn mode(name: Option<&str>) -> Option<Mode> {
    match name {
        Some("STRICT") => Some(Mode::Strict),
        Some("PERMISSIVE") => Some(Mode::Permissive),
        Some("DISABLE") => Some(Mode::Disable),
        _ => None,
    }
}

/// All that is said, by name.
pub(super) fn all<'a>(world: &World<'_, 'a>) -> Vec<Said<'a>> {
    static NOTHING: Json = Json::Null;
    let documents = world
        .cluster
        .of_kind("security.istio.io", "PeerAuthentication");
    let mut all: Vec<Said<'a>> = documents
        .iter()
        .map(|document| Said {
            namespace: crate::network::namespace_of(document),
            id: &document.id,
            spec: document.value.get("spec").unwrap_or(&NOTHING),
        })
        .collect();
    all.sort_by_key(|said| said.id);
    all
}

/// What is said about pods: of them, else of their namespace, else of the mesh.
pub(super) fn of(all: &[Said<'_>], pods: &PodClass) -> Authentication {
    let own = all.iter().find(|said| {
        said.namespace == pods.namespace
            && said
                .labels()
                .is_some_and(|labels| selector::matches_map(labels, &pods.labels))
    });
    let wide = |namespace: &str| {
        all.iter()
            .find(|said| said.namespace == namespace && said.labels().is_none())
    };
    let levels = [own, wide(&pods.namespace), wide(ROOT_NAMESPACE)];
    let said = levels
        .into_iter()
        .flatten()
        .find_map(|said| Some((said.mode()?, said.id)));
    let ports = own
        .and_then(|own| own.spec.lookup("/portLevelMtls"))
        .and_then(Json::as_object);
    let ports = ports
        .into_iter()
        .flatten()
        .filter_map(|(port, value)| Some((port.parse().ok()?, mode(text(value, "/mode"))?)));
    Authentication {
        mode: said.map_or(Mode::Permissive, |(mode, _)| mode),
        by: said.map(|(_, id)| id.clone()),
        ports: ports.collect(),
        ports_by: own.map(|own| own.id.clone()),
    }
}
