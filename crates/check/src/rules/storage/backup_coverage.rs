//! STOR007: every claim is in some scheduled backup.

use serde_json::Value as Json;

use crate::cluster::{Cluster, selector, text};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::membership::annotation;
use crate::rules::storage::backups;
use crate::rules::storage::claim_list::{self, Claim};

/// Every claim is in some scheduled backup.
pub(crate) static RULE: Rule = Rule {
    code: "STOR007",
    area: Area::Storage,
    severity: Severity::Warning,
    title: "every claim is in some scheduled backup",
    why: "When the volume is lost, so is what is in it.",
    fix: "Let a Schedule of Velero take the namespace and the volume, or excuse the claim with what else keeps its data.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    // Where Velero has no schedule, something else is in use.
    let schedules: Vec<&Json> = cluster
        .of_kind("velero.io", "Schedule")
        .iter()
        .filter_map(|schedule| {
            let is_paused = schedule
                .value
                .lookup("/spec/paused")
                .and_then(Json::as_bool);
            schedule
                .value
                .lookup("/spec/template")
                .filter(|_| is_paused != Some(true))
        })
        .collect();
    if cluster.of_kind("velero.io", "Schedule").is_empty() {
        return;
    }
    for claim in claim_list::all(cluster) {
        let reasons: Vec<Missed> = schedules
            .iter()
            .filter_map(|template| missed_by(template, &claim))
            .collect();
        if reasons.len() < schedules.len() {
            continue;
        }
        // The schedule that comes nearest says most.
        let why = match reasons.iter().max() {
            Some(Missed::Volume) => "its namespace is backed up, its volume is not",
            Some(Missed::Labels) => "its namespace is backed up, but not what carries its labels",
            Some(Missed::Kind) => "its namespace is backed up, but not claims",
            Some(Missed::Namespace) | None => "no Schedule takes its namespace",
        };
        let message = format!("{} is in no scheduled backup: {why}", claim.title);
        findings.add(claim.document, claim.path.clone(), message);
    }
}

/// Why a schedule does not take a claim, from the farthest to the nearest miss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Missed {
    Namespace,
    Kind,
    Labels,
    Volume,
}

/// Why a schedule does not take a claim; `None` where it does.
fn missed_by(template: &Json, claim: &Claim<'_, '_>) -> Option<Missed> {
    let names = [
        "persistentvolumeclaims",
        "persistentvolumeclaim",
        "pvc",
        "pvcs",
    ];
    let labels = &claim.labels;
    let mut several = crate::cluster::list(template, "/orLabelSelectors").peekable();
    let by_labels = template
        .get("labelSelector")
        .is_none_or(|wanted| selector::matches(wanted, labels))
        && (several.peek().is_none()
            || several.any(|(_, wanted)| selector::matches(wanted, labels)));
    let is_excluded = labels
        .get("velero.io/exclude-from-backup")
        .map(String::as_str)
        == Some("true");
    if !backups::takes_namespace(template, claim.namespace) {
        Some(Missed::Namespace)
    } else if !backups::takes_kind(template, &names) {
        Some(Missed::Kind)
    } else if !by_labels || is_excluded {
        Some(Missed::Labels)
    } else if !takes_volume(template, claim) {
        Some(Missed::Volume)
    } else {
        None
    }
}

/// Whether the data of the volume come along: by a snapshot, or file by file.
fn takes_volume(template: &Json, claim: &Claim<'_, '_>) -> bool {
    let flag = |field: &str| template.get(field).and_then(Json::as_bool);
    let by_files = flag("defaultVolumesToFsBackup") == Some(true)
        || flag("defaultVolumesToRestic") == Some(true);
    let lists = |pods: &crate::cluster::Pods<'_>, key: &str| {
        let volume = claim.volume(pods);
        annotation(pods, key)
            .is_some_and(|listed| listed.split(',').any(|name| Some(name.trim()) == volume))
    };
    let pods = &claim.pods;
    let is_listed = pods
        .iter()
        .any(|pods| lists(pods, "backup.velero.io/backup-volumes"));
    let is_left_out = pods
        .iter()
        .any(|pods| lists(pods, "backup.velero.io/backup-volumes-excludes"));
    let by_snapshot = flag("snapshotVolumes") != Some(false);
    let of_files = text(claim.spec, "/volumeMode") != Some("Block");
    is_listed || by_files && of_files && !is_left_out || by_snapshot && !by_files
}
