//! The Rollouts.

use crate::cluster::Cluster;
use crate::document::Document;

/// All Rollouts.
pub(super) fn all<'c, 'a>(cluster: &'c Cluster<'a>) -> impl Iterator<Item = &'a Document> + 'c {
    cluster.of_kind("argoproj.io", "Rollout").iter().copied()
}
