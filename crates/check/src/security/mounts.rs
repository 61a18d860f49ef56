//! The folders of nodes that pods mount.

use crate::cluster::{Cluster, Template, list, templates, text};

/// Folders of a node that hold its own system; their contents below are a matter of `SEC008`.
const OF_THE_SYSTEM: [&str; 12] = [
    "/",
    "/boot",
    "/dev",
    "/etc",
    "/home",
    "/lib",
    "/proc",
    "/root",
    "/sys",
    "/usr",
    "/var",
    "/var/lib/kubelet",
];

/// What sockets of container runtimes are called.
const SOCKETS: [&str; 4] = ["docker.sock", "containerd.sock", "crio.sock", "podman.sock"];

/// A volume that is a folder or a file of the node.
pub(crate) struct HostVolume<'a> {
    index: usize,
    /// The name of the volume.
    pub(crate) name: &'a str,
    /// The path on the node.
    pub(crate) path: &'a str,
}

impl HostVolume<'_> {
    /// Where the path stands in the object.
    pub(crate) fn place(&self, template: &Template<'_, '_>) -> String {
        template.path(&format!("volumes[{}].hostPath", self.index))
    }

    /// Whether it is the socket of a container runtime.
    pub(crate) fn is_runtime_socket(&self) -> bool {
        SOCKETS.iter().any(|socket| self.path.ends_with(socket))
    }

    /// Whether it is a folder of the system itself.
    pub(crate) fn is_of_the_system(&self) -> bool {
        let trimmed = self.path.trim_end_matches('/');
        let path = if trimmed.is_empty() { "/" } else { trimmed };
        OF_THE_SYSTEM.contains(&path)
    }
}

/// All volumes that are folders of nodes.
pub(crate) fn host_volumes<'c, 'a>(
    cluster: &'c Cluster<'a>,
) -> impl Iterator<Item = (Template<'c, 'a>, HostVolume<'a>)> {
    templates(cluster).flat_map(|template| {
        let volumes = list(template.spec, "/volumes");
        volumes.filter_map(move |(index, volume)| {
            let volume = HostVolume {
                index,
                name: text(volume, "/name").unwrap_or_default(),
                path: text(volume, "/hostPath/path")?,
            };
            Some((template, volume))
        })
    })
}
