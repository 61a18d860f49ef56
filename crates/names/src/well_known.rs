//! Label and annotation keys that Kubernetes and the systems of the platform give a meaning to.

use crate::LabelKey;

/// The name of the program, such as `redis`.
pub const NAME: LabelKey = LabelKey::from_static("app.kubernetes.io/name");
/// Which of several installations of the program it is.
pub const INSTANCE: LabelKey = LabelKey::from_static("app.kubernetes.io/instance");
/// The version of the program; never part of a selector.
pub const VERSION: LabelKey = LabelKey::from_static("app.kubernetes.io/version");
/// The role inside its system, such as `database`.
pub const COMPONENT: LabelKey = LabelKey::from_static("app.kubernetes.io/component");
/// The system that it belongs to.
pub const PART_OF: LabelKey = LabelKey::from_static("app.kubernetes.io/part-of");
/// The tool that keeps the object.
pub const MANAGED_BY: LabelKey = LabelKey::from_static("app.kubernetes.io/managed-by");
/// The name of a namespace, set on it by the API server.
pub const NAMESPACE_NAME: LabelKey = LabelKey::from_static("kubernetes.io/metadata.name");
/// The name of a node.
pub const HOSTNAME: LabelKey = LabelKey::from_static("kubernetes.io/hostname");
/// The availability zone of a node or volume.
pub const ZONE: LabelKey = LabelKey::from_static("topology.kubernetes.io/zone");
/// The region of a node or volume.
pub const REGION: LabelKey = LabelKey::from_static("topology.kubernetes.io/region");
/// The Pod Security Standard that a namespace enforces.
pub const POD_SECURITY_ENFORCE: LabelKey =
    LabelKey::from_static("pod-security.kubernetes.io/enforce");
/// The Pod Security Standard that a namespace warns about.
pub const POD_SECURITY_WARN: LabelKey = LabelKey::from_static("pod-security.kubernetes.io/warn");
/// The Pod Security Standard that breaches are recorded against.
pub const POD_SECURITY_AUDIT: LabelKey = LabelKey::from_static("pod-security.kubernetes.io/audit");
