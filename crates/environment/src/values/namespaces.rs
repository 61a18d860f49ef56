//! Namespaces: the security level, the quota and the defaults of what runs in them.

use names::{Bytes, Cpu};

use crate::{Located, Range, choice, record};

choice! {
    /// A level of the Pod Security Standards.
    pub enum PodSecurityLevel {
        /// Hardened pods only.
        Restricted = "restricted",
        /// No known way to more privilege.
        Baseline = "baseline",
        /// Anything.
        Privileged = "privileged",
    }
}

record! {
    /// A stated exception from the restricted level.
    pub struct PodSecurity {
        /// The level that is enforced.
        pub level: PodSecurityLevel,
        /// Why this namespace cannot be restricted.
        pub reason: String,
    }
}

record! {
    /// What all pods of a namespace together may have: requests..limits.
    pub struct Quota {
        /// CPU.
        pub cpu: Located<Range<Cpu>>,
        /// Memory.
        pub memory: Located<Range<Bytes>>,
        /// Storage of all claims.
        pub storage: Bytes,
        /// Number of pods.
        pub pods: u32,
    }
}

record! {
    /// What a container gets that says nothing itself: request..limit.
    pub struct ContainerDefaults {
        /// CPU.
        pub cpu: Located<Range<Cpu>>,
        /// Memory.
        pub memory: Located<Range<Bytes>>,
    }
}

record! {
    /// One namespace.
    pub struct Namespace {
        /// A level below restricted, with its reason.
        pub pod_security: Option<PodSecurity>,
        /// Whether its pods get a mesh proxy.
        pub mesh: Located<bool> = Located::implied(false),
        /// What all pods together may have.
        pub quota: Quota,
        /// What a container gets that says nothing itself.
        pub defaults: ContainerDefaults,
    }
}

impl Namespace {
    /// Whether its pods may do anything, agents of the nodes among them.
    pub fn is_privileged(&self) -> bool {
        let security = self.pod_security.as_ref();
        security.is_some_and(|security| security.level == PodSecurityLevel::Privileged)
    }
}
