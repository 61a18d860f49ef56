//! The review for programs.

use serde_json::{Value as Json, json};

use crate::across::Across;
use crate::difference::Nature;
use crate::model::{FieldReview, ObjectReview, Review, Wave, WholeChange};

/// All reviews as one document.
pub fn render(reviews: &[Review], across: &[Across]) -> Json {
    let across = across.iter().map(|across| {
        json!({
            "object": across.object,
            "field": across.field,
            "changedIn": across.changed_in,
            "staysIn": across.stays_in,
            "text": across.text(),
        })
    });
    json!({
        "environments": reviews.iter().map(environment).collect::<Vec<_>>(),
        "across": across.collect::<Vec<_>>(),
    })
}

fn environment(review: &Review) -> Json {
    json!({
        "environment": review.environment,
        "effect": review.effect().as_str(),
        "verdict": review.verdict(),
        "refused": review.is_refused(),
        "objects": review.objects.iter().map(object).collect::<Vec<_>>(),
        "whole": review.whole.iter().map(whole).collect::<Vec<_>>(),
        "waves": review.waves.iter().map(wave).collect::<Vec<_>>(),
        "undecided": review.undecided,
    })
}

fn object(object: &ObjectReview) -> Json {
    let rollout = object.rollout.as_ref().map(|rollout| {
        json!({
            "how": rollout.how,
            "podsAtLeast": rollout.pods.0,
            "podsAtMost": rollout.pods.1,
            "secondsAtLeast": rollout.seconds.0,
            "secondsAtLeastForMostPods": rollout.seconds.1,
            "waits": rollout.waits,
            "interrupts": rollout.interrupts,
        })
    });
    json!({
        "apiVersion": object.id.api_version,
        "kind": object.id.kind,
        "namespace": object.id.namespace,
        "name": object.id.name,
        "was": object.was.as_ref().map(ToString::to_string),
        "fate": object.fate.as_str(),
        "effect": object.effect.as_str(),
        "refused": object.refused,
        "reason": object.reason,
        "file": object.file,
        "oldFile": object.old_file,
        "application": object.application,
        "origin": object.origin,
        "fields": object.fields.iter().map(field).collect::<Vec<_>>(),
        "rollout": rollout,
        "recipe": object.recipe,
        "notes": object.notes,
        "noWayBack": object.no_way_back,
        "watch": object.watch,
    })
}

fn field(field: &FieldReview) -> Json {
    let nature = match field.difference.nature {
        Nature::Value => "value",
        Nature::SameValue => "same-value",
        Nature::Order => "order",
    };
    json!({
        "path": field.difference.path.positions(),
        "shown": field.difference.path.to_string(),
        "old": field.difference.old,
        "new": field.difference.new,
        "nature": nature,
        "effect": field.effect.as_str(),
        "refused": field.refused,
        "reason": field.reason,
        "line": field.line,
        "environmentValue": field.value,
    })
}

fn whole(change: &WholeChange) -> Json {
    json!({
        "topic": change.topic.as_str(),
        "direction": change.direction.as_str(),
        "text": change.text,
    })
}

fn wave(wave: &Wave) -> Json {
    let applications = wave
        .applications
        .iter()
        .map(|(application, steps)| json!({ "application": application, "steps": steps }));
    json!({ "wave": wave.number, "applications": applications.collect::<Vec<_>>() })
}
