//! Annotations of our own that more than one component writes or reads.

use names::{AnnotationKey, annotation_key};

/// A digest of the files that a pod reads when it starts: where they change, the pod is made anew.
pub(crate) const FINGERPRINT: AnnotationKey = annotation_key!("platform/config");
/// What the provider of the cluster does not let anybody set, with what is done instead.
pub(crate) const NOT_SETTABLE: AnnotationKey = annotation_key!("platform/not-settable");
