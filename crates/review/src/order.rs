//! What Argo CD does in which wave, as far as the changes go.

use std::collections::BTreeMap;

use check::Document;

use crate::effect::Around;
use crate::model::{Fate, ObjectReview, Wave};
use crate::tree::Side;

/// What happens in an application, each with its wave there.
type Steps = Vec<(i64, String)>;

/// The waves in which something happens, in their order.
pub(crate) fn waves(around: &Around<'_>, objects: &[ObjectReview]) -> Vec<Wave> {
    let documents = |side: Side| -> BTreeMap<&manifest::ResourceId, &Document> {
        let changed = around.trees.changed(side).into_iter();
        changed.map(|document| (&document.id, document)).collect()
    };
    let (before, after) = (documents(Side::Base), documents(Side::Head));
    let mut waves: BTreeMap<i64, BTreeMap<String, Steps>> = BTreeMap::new();
    for object in objects {
        let document = after.get(&object.id).or_else(|| before.get(&object.id));
        let Some(document) = document else { continue };
        let (wave, inner) = around.argocd.wave(document);
        let application = around
            .argocd
            .of(document)
            .map_or_else(|| object.application.clone(), |found| found.id.name.clone());
        let verb = match object.fate {
            Fate::Added => "creates",
            Fate::Removed => "prunes",
            Fate::Renamed => "creates, and prunes the old",
            Fate::Changed | Fate::Moved => "applies",
        };
        let said = format!("{verb} {}", object.title());
        let applications = waves.entry(wave).or_default();
        applications
            .entry(application)
            .or_default()
            .push((inner, said));
    }
    let wave = |(number, applications): (i64, BTreeMap<String, Steps>)| Wave {
        number,
        applications: applications
            .into_iter()
            .map(|(application, mut steps)| {
                steps.sort();
                let steps: Vec<String> = steps.into_iter().map(|(_, said)| said).collect();
                (application, steps)
            })
            .collect(),
    };
    waves.into_iter().map(wave).collect()
}
