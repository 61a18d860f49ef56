//! The capabilities of Linux that containers keep.

use crate::cluster::{Container, list};

/// What a container has without asking (the defaults of containerd and CRI-O).
const BY_DEFAULT: [&str; 14] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "NET_RAW",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/// Whether a container drops a capability, itself or with all others.
pub(crate) fn drops(container: &Container<'_>, capability: &str) -> bool {
    let dropped = list(container.value, "/securityContext/capabilities/drop");
    dropped.filter_map(|(_, word)| word.as_str()).any(|word| {
        let word = word.to_ascii_uppercase();
        let word = word.strip_prefix("CAP_").unwrap_or(&word);
        word == "ALL" || word == capability
    })
}

/// The capabilities that a container has without asking, and does not drop.
pub(crate) fn kept(container: &Container<'_>) -> Vec<&'static str> {
    let kept = BY_DEFAULT.into_iter();
    kept.filter(|capability| !drops(container, capability))
        .collect()
}
