//! What Velero is told to back up.

use crate::cluster::Cluster;
use crate::document::Document;

/// All Backups and Schedules, with pointer and path of what to back up.
pub(super) fn all<'c, 'a>(
    cluster: &'c Cluster<'a>,
) -> impl Iterator<Item = (&'a Document, &'static str, &'static str)> + 'c {
    let schedules = cluster
        .of_kind("velero.io", "Schedule")
        .iter()
        .map(|document| (*document, "/spec/template", "spec.template"));
    let backups = cluster
        .of_kind("velero.io", "Backup")
        .iter()
        .map(|document| (*document, "/spec", "spec"));
    schedules.chain(backups)
}
