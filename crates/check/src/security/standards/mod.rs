//! What the Pod Security Standards demand of a pod, by level and version.
//!
//! The facts are those of Kubernetes' documentation of the standards and of its admission plugin, which says from which
//! minor on each demand holds.

mod baseline;
mod labels;
mod restricted;

pub(crate) use self::labels::{Mode, admitted};

use serde_json::Value as Json;

use crate::cluster::{Cluster, Container, Template, templates};
use crate::pointer::Lookup;
use crate::report::Findings;

/// What a namespace may demand of its pods; the third level, `privileged`, demands nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// Nothing that is known to break out of the pod.
    Baseline,
    /// Hardened as far as pods can be.
    Restricted,
}

impl Level {
    /// The name as it stands in labels.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Restricted => "restricted",
        }
    }
}

/// A group of fields that the standards make one demand of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Control {
    Privileged,
    HostNetwork,
    HostProcessIds,
    HostIpc,
    HostPorts,
    HostProcess,
    Volumes,
    Capabilities,
    AppArmor,
    SeLinux,
    ProcMount,
    Seccomp,
    Sysctls,
    ProbeHosts,
    PrivilegeEscalation,
    RunAsNonRoot,
    RunAsUser,
}

/// A level at a minor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Demand {
    pub(crate) level: Level,
    /// The number after the dot.
    pub(crate) minor: u16,
}

/// A field that is not as a level demands it.
#[derive(Debug)]
pub(crate) struct Violation {
    /// The field, in the object.
    pub(crate) path: String,
    /// What is wrong with it.
    pub(crate) message: String,
}

/// Looks at one group of fields.
type Check = fn(&Pod<'_, '_>, &mut Vec<Violation>);

/// All controls with what looks at them.
const CONTROLS: [(Control, Check); 17] = [
    (Control::Privileged, baseline::privileged),
    (Control::HostNetwork, baseline::host_network),
    (Control::HostProcessIds, baseline::host_process_ids),
    (Control::HostIpc, baseline::host_ipc),
    (Control::HostPorts, baseline::host_ports),
    (Control::HostProcess, baseline::host_process),
    (Control::Volumes, restricted::volumes),
    (Control::Capabilities, restricted::capabilities),
    (Control::AppArmor, baseline::app_armor),
    (Control::SeLinux, baseline::se_linux),
    (Control::ProcMount, baseline::proc_mount),
    (Control::Seccomp, restricted::seccomp),
    (Control::Sysctls, baseline::sysctls),
    (Control::ProbeHosts, baseline::probe_hosts),
    (
        Control::PrivilegeEscalation,
        restricted::privilege_escalation,
    ),
    (Control::RunAsNonRoot, restricted::run_as_non_root),
    (Control::RunAsUser, restricted::run_as_user),
];

/// A pod before a demand.
struct Pod<'t, 'a> {
    template: &'t Template<'t, 'a>,
    demand: Demand,
}

impl<'a> Pod<'_, 'a> {
    fn is_restricted(&self) -> bool {
        self.demand.level == Level::Restricted
    }

    fn since(&self, minor: u16) -> bool {
        self.demand.minor >= minor
    }

    /// Whether root in the pod is nobody on the node, which later versions count as safe.
    fn has_own_users(&self) -> bool {
        self.since(35) && self.template.spec.get("hostUsers") == Some(&Json::Bool(false))
    }

    /// Whether the pod runs Windows, which has none of the fields that the restricted level demands.
    fn is_exempt_windows(&self) -> bool {
        self.since(25) && self.template.is_windows()
    }

    fn spec(&self, pointer: &str) -> Option<&'a Json> {
        set(self.template.spec, pointer)
    }

    fn containers(&self) -> impl Iterator<Item = Container<'a>> {
        self.template.containers()
    }

    /// A fault in a field of the pod.
    fn fault(&self, field: &str, message: impl Into<String>) -> Violation {
        Violation {
            path: self.template.path(field),
            message: message.into(),
        }
    }

    /// A fault in a field of a container.
    fn fault_in(
        &self,
        container: &Container<'_>,
        field: &str,
        message: impl Into<String>,
    ) -> Violation {
        Violation {
            path: self.template.path_in(container, field),
            message: message.into(),
        }
    }
}

/// A value that is there and not null.
fn set<'j>(value: &'j Json, pointer: &str) -> Option<&'j Json> {
    value.lookup(pointer).filter(|found| !found.is_null())
}

/// All that a pod has against a demand.
pub(crate) fn violations(template: &Template<'_, '_>, demand: Demand) -> Vec<Violation> {
    let mut found = Vec::new();
    let pod = Pod { template, demand };
    for (_, check) in CONTROLS {
        check(&pod, &mut found);
    }
    found
}

/// What a pod has against a demand of one control.
pub(crate) fn violations_of(
    template: &Template<'_, '_>,
    demand: Demand,
    control: Control,
) -> Vec<Violation> {
    let mut found = Vec::new();
    let pod = Pod { template, demand };
    for (_, check) in CONTROLS.iter().filter(|(known, _)| *known == control) {
        check(&pod, &mut found);
    }
    found
}

/// Reports what breaks one control of a level, except where the namespace enforces that level: there it is an error, and
/// told as such.
pub(crate) fn report(
    cluster: &Cluster<'_>,
    findings: &mut Findings<'_>,
    level: Level,
    control: Control,
) {
    let demand = Demand {
        level,
        minor: cluster.kubernetes.minor(),
    };
    for template in templates(cluster) {
        if is_enforced(cluster, &template, level) {
            continue;
        }
        for violation in violations_of(&template, demand, control) {
            findings.add(template.owner, violation.path, violation.message);
        }
    }
}

/// Whether the namespace of a pod refuses pods that do not meet a level.
pub(crate) fn is_enforced(
    cluster: &Cluster<'_>,
    template: &Template<'_, '_>,
    level: Level,
) -> bool {
    admitted(cluster, template.pods.namespace, Mode::Enforce)
        .is_some_and(|demand| demand.level >= level)
}
