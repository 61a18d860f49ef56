//! The table at the top: one line for each environment that changes.

use std::fmt::Write;

use crate::model::{Direction, Effect, ObjectReview, Review, Topic};

/// The table over all environments.
pub(super) fn summary(reviews: &[Review]) -> String {
    let mut text = String::from("## What this change does\n\n");
    let changed: Vec<&Review> = reviews.iter().filter(|review| !review.is_empty()).collect();
    if changed.is_empty() {
        text.push_str("Nothing: every object stays as it is.\n");
        return text;
    }
    text.push_str("| environment | verdict | objects | data at risk | interrupted | refused | deleted and made anew | pods restart | opened or granted |\n");
    text.push_str("|---|---|--:|--:|--:|--:|--:|--:|--:|\n");
    for review in changed {
        row(review, &mut text);
    }
    let same: Vec<&str> = reviews
        .iter()
        .filter(|review| review.is_empty())
        .map(|review| review.environment.as_str())
        .collect();
    if !same.is_empty() {
        let _ = writeln!(text, "\nUnchanged: {}.", same.join(", "));
    }
    text
}

fn row(review: &Review, text: &mut String) {
    let shown = |count: usize| match count {
        0 => "–".to_owned(),
        count => format!("**{count}**"),
    };
    let count = |counts: &dyn Fn(&ObjectReview) -> bool| {
        shown(
            review
                .objects
                .iter()
                .filter(|object| counts(object))
                .count(),
        )
    };
    let of = |effect: Effect| count(&|object| object.effect == effect);
    let opened = review.whole.iter().filter(|change| {
        let lets_in = matches!(
            change.topic,
            Topic::Paths | Topic::Rights | Topic::Privileges
        );
        lets_in && change.direction == Direction::Opened
    });
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(
        text,
        "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
        review.environment,
        review.verdict(),
        review.objects.len(),
        of(Effect::DataAtRisk),
        of(Effect::Interrupted),
        count(&|object| object.refused),
        of(Effect::DeleteAndCreate),
        count(&|object| object.rollout.is_some()),
        shown(opened.count()),
    );
}
