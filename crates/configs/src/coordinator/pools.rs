//! Which pools of nodes the coordinator may touch, told by how their names begin.

use serde::Serialize;

/// Who decides about the nodes of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ownership {
    /// Pods whose requests the VPA moves have these nodes for themselves.
    VpaDedicated,
    /// Node auto-provisioning alone.
    NapManaged,
    /// Both, one after the other.
    Hybrid,
    /// Nobody here: the platform's own pods.
    System,
}

/// The pools whose names are of one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PoolRule {
    /// The form of the name; `*` stands for anything.
    pub name: &'static str,
    /// Who decides about their nodes.
    pub ownership: Ownership,
}

impl PoolRule {
    /// The four kinds of pools.
    pub const ALL: [Self; 4] = [
        Self::new("vpa-*", Ownership::VpaDedicated),
        Self::new("nap-*", Ownership::NapManaged),
        Self::new("hybrid-*", Ownership::Hybrid),
        Self::new("system-*", Ownership::System),
    ];

    const fn new(name: &'static str, ownership: Ownership) -> Self {
        Self { name, ownership }
    }
}
