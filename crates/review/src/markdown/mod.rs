//! The review for a pull request: within a number of bytes, the most dangerous first, what is harmless folded away.

mod page;
mod summary;

use std::fmt::Write;

use crate::across::Across;
use crate::model::{Effect, ObjectReview, Review, Topic};
use crate::text::{change, folded};

use self::page::{Page, escaped, fence_free, html};
use self::summary::summary;

/// Changes of the whole of one topic that are listed before the rest is only counted.
const LINES: usize = 12;

/// All environments in at most `budget` bytes.
pub fn render(reviews: &[Review], across: &[Across], budget: usize) -> String {
    let mut page = Page::new(budget);
    page.must(&summary(reviews));
    for review in reviews.iter().filter(|review| !review.is_empty()) {
        page.must(&dangers(review));
    }
    if !across.is_empty() {
        let mut text = String::from("\n### Is that meant?\n\n");
        for change in across.iter().take(LINES) {
            // Writing to a string cannot fail, here and below.
            let _ = writeln!(text, "- {}", escaped(&change.text()));
        }
        more(across.len(), &mut text);
        page.may(&text);
    }
    // By danger over all environments, so that no harmless page of one hides the danger of another.
    for effect in Effect::ALL.into_iter().rev() {
        for review in reviews {
            for object in review
                .objects
                .iter()
                .filter(|object| object.effect == effect)
            {
                page.object(&details(review, object));
            }
        }
    }
    for review in reviews.iter().filter(|review| !review.is_empty()) {
        page.may(&order(review));
    }
    page.finish()
}

/// Whether an object belongs under a heading.
type Belongs<'b> = &'b dyn Fn(&ObjectReview) -> bool;

/// What a reviewer has to know, in whole sentences.
fn dangers(review: &Review) -> String {
    let mut text = format!("\n### {}\n\n", review.environment);
    let groups: [(&str, Belongs<'_>); 6] = [
        ("Can be lost", &|object| object.effect == Effect::DataAtRisk),
        ("Refused by the API server", &|object| {
            object.refused && object.effect != Effect::DataAtRisk
        }),
        ("Fails meanwhile or from then on", &|object| {
            object.effect == Effect::Interrupted
        }),
        ("Deleted and made anew", &|object| {
            object.effect == Effect::DeleteAndCreate
        }),
        ("Restarts", &|object| {
            let is_read = matches!(
                object.id.kind.as_ref(),
                "ConfigMap" | "ExternalSecret" | "Secret"
            );
            object.rollout.is_some() || (object.effect == Effect::Restart && !is_read)
        }),
        ("Needs a hand", &|object| {
            let waits = object.rollout.as_ref().and_then(|rollout| rollout.waits);
            !object.recipe.is_empty() || waits.is_some()
        }),
    ];
    for (heading, belongs) in groups {
        let objects: Vec<&ObjectReview> = review
            .objects
            .iter()
            .filter(|object| belongs(object))
            .collect();
        if objects.is_empty() {
            continue;
        }
        let _ = writeln!(text, "**{heading}**");
        for object in objects.iter().take(LINES) {
            let how = match &object.rollout {
                _ if heading == "Needs a hand" => by_hand(object),
                Some(rollout) if heading == "Restarts" && object.refused => {
                    format!("once it is not refused any more: {rollout}")
                }
                Some(rollout) if heading == "Restarts" => rollout.to_string(),
                _ => object.reason.clone(),
            };
            let _ = writeln!(text, "- {} — {}", escaped(&object.title()), escaped(&how));
        }
        more(objects.len(), &mut text);
        text.push('\n');
    }
    whole(review, &mut text);
    text
}

/// What somebody has to do for an object.
fn by_hand(object: &ObjectReview) -> String {
    let waits = object.rollout.as_ref().and_then(|rollout| rollout.waits);
    let steps = match object.recipe.len() {
        0 => None,
        1 => object.recipe.first().cloned(),
        steps => Some(format!("{steps} steps, which are listed with it below")),
    };
    let parts: Vec<String> = waits.map(str::to_owned).into_iter().chain(steps).collect();
    parts.join("; ")
}

fn more(count: usize, text: &mut String) {
    if let Some(more @ 1..) = count.checked_sub(LINES) {
        let _ = writeln!(text, "- and {more} more");
    }
}

fn heading(topic: Topic) -> &'static str {
    match topic {
        Topic::Paths => "Paths opened (+) and closed (−)",
        Topic::Rights => "Rights granted (+) and withdrawn (−)",
        Topic::Privileges => "On the nodes",
        Topic::Backups => "Backups",
        Topic::Alerts => "Alerts",
        Topic::Versions => "Versions",
        Topic::Capacity => "Sizes and quotas",
    }
}

fn whole(review: &Review, text: &mut String) {
    for (topic, changes) in review.by_topic() {
        let _ = writeln!(text, "**{}**", heading(topic));
        for change in changes.iter().take(LINES) {
            let _ = writeln!(
                text,
                "- {} {}",
                change.direction.symbol(),
                escaped(&change.text)
            );
        }
        more(changes.len(), text);
        text.push('\n');
    }
    let (_, lost) = review.way_back();
    if !lost.is_empty() {
        text.push_str("**What the old commit does not bring back**\n");
        for line in lost.iter().take(LINES) {
            let _ = writeln!(text, "- {}", escaped(line));
        }
        text.push('\n');
    }
}

fn details(review: &Review, object: &ObjectReview) -> String {
    let open = if object.effect >= Effect::Interrupted {
        " open"
    } else {
        ""
    };
    let mut text = format!(
        "\n<details{open}><summary>{} {}: {} — <b>{}</b>, {}</summary>\n\n",
        object.effect.symbol(),
        review.environment,
        html(&object.title()),
        object.effect.title(),
        object.fate.as_str(),
    );
    let _ = writeln!(text, "{}\n", escaped(&object.reason));
    if let Some(rollout) = &object.rollout {
        let _ = writeln!(text, "{}\n", escaped(&rollout.to_string()));
    }
    if !object.fields.is_empty() {
        text.push_str("```diff\n");
        for field in object.fields.iter().take(40) {
            let path = fence_free(&field.difference.path.to_string());
            let said = fence_free(&change(field));
            let _ = match (&field.difference.old, &field.difference.new) {
                (None, Some(_)) => writeln!(text, "+ {path}: {}", said.trim_start_matches("+ ")),
                (Some(_), None) => writeln!(text, "- {path}: {}", said.trim_start_matches("− ")),
                _ => writeln!(text, "! {path}: {said}"),
            };
            if let Some(value) = &field.value {
                let _ = writeln!(text, "#   {}", fence_free(value));
            }
        }
        if let Some(more @ 1..) = object.fields.len().checked_sub(40) {
            let _ = writeln!(text, "  and {more} fields more");
        }
        text.push_str("```\n\n");
    }
    for note in &object.notes {
        let _ = writeln!(text, "- {}", escaped(note));
    }
    for (number, step) in object.recipe.iter().enumerate() {
        let _ = writeln!(text, "{}. {}", number + 1, escaped(step));
    }
    if let Some(watch) = &object.watch {
        let _ = writeln!(text, "\nWatch: `{watch}`");
    }
    if !object.origin.is_empty() {
        let _ = writeln!(text, "\nMade by `{}`; `{}`", object.origin, object.file);
    }
    text.push_str("\n</details>\n");
    text
}

fn order(review: &Review) -> String {
    let mut text = format!(
        "\n<details><summary>{}: in which order, and the way back</summary>\n\n",
        review.environment
    );
    for wave in &review.waves {
        for (application, steps) in &wave.applications {
            let _ = writeln!(
                text,
                "- wave {}, {}: {}",
                wave.number,
                escaped(application),
                escaped(&folded(steps))
            );
        }
    }
    let (back, _) = review.way_back();
    for step in back {
        let _ = writeln!(text, "- back: {}", escaped(&step));
    }
    for line in &review.undecided {
        let _ = writeln!(text, "- not read: {}", escaped(line));
    }
    text.push_str("\n</details>\n");
    text
}
