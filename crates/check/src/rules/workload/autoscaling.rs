//! The autoscalers and what they scale.

use crate::cluster::{Cluster, text};
use crate::document::Document;
use crate::pointer::Lookup;

/// Where a horizontal autoscaler names its target.
pub(crate) const HORIZONTAL: &str = "/spec/scaleTargetRef";
/// Where a vertical autoscaler names its target.
pub(crate) const VERTICAL: &str = "/spec/targetRef";

/// What an autoscaler scales.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Target<'a> {
    pub(crate) group: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) name: &'a str,
}

impl<'a> Target<'a> {
    /// The target that an autoscaler names at `pointer`.
    pub(crate) fn of(scaler: &'a Document, pointer: &str) -> Option<Self> {
        let reference = scaler.value.lookup(pointer)?;
        let version = text(reference, "/apiVersion").unwrap_or_default();
        Some(Self {
            group: version.split_once('/').map_or("", |(group, _)| group),
            kind: text(reference, "/kind")?,
            name: text(reference, "/name")?,
        })
    }
}

/// All autoscalers, with path and pointer of their target.
pub(crate) fn scalers<'c, 'a>(
    cluster: &'c Cluster<'a>,
) -> impl Iterator<Item = (&'a Document, &'static str, &'static str)> + 'c {
    let horizontal = cluster
        .of_kind("autoscaling", "HorizontalPodAutoscaler")
        .iter();
    let vertical = cluster
        .of_kind("autoscaling.k8s.io", "VerticalPodAutoscaler")
        .iter();
    let horizontal = horizontal.map(|scaler| (*scaler, "spec.scaleTargetRef", HORIZONTAL));
    horizontal.chain(vertical.map(|scaler| (*scaler, "spec.targetRef", VERTICAL)))
}
