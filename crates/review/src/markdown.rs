//! The review for a pull request: within a number of bytes, the most dangerous first, what is harmless folded away.

use std::fmt::Write;

use crate::across::Across;
use crate::model::{Effect, ObjectReview, Review, Topic};
use crate::text::{change, folded};

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

/// A page that grows as long as it has room.
struct Page {
    text: String,
    budget: usize,
    left_out: usize,
}

/// Kept for the last line.
const RESERVE: usize = 120;

impl Page {
    fn new(budget: usize) -> Self {
        Self {
            text: String::new(),
            budget,
            left_out: 0,
        }
    }

    /// Adds what has to be there, cut where even that is too long.
    fn must(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            if self.text.len() + line.len() + RESERVE > self.budget {
                self.left_out += 1;
            } else {
                self.text.push_str(line);
            }
        }
    }

    /// Adds what fits as a whole.
    fn may(&mut self, text: &str) -> bool {
        let fits = self.text.len() + text.len() + RESERVE <= self.budget;
        if fits {
            self.text.push_str(text);
        }
        fits
    }

    fn object(&mut self, text: &str) {
        if !self.may(text) {
            self.left_out += 1;
        }
    }

    fn finish(mut self) -> String {
        if self.left_out > 0 {
            let line = format!(
                "\n_{} more entries did not fit; `cargo xtask review` shows all._\n",
                self.left_out
            );
            if self.text.len() + line.len() <= self.budget {
                self.text.push_str(&line);
            }
        }
        self.text
    }
}

fn summary(reviews: &[Review]) -> String {
    let mut text = String::from("## What this change does\n\n");
    let changed: Vec<&Review> = reviews.iter().filter(|review| !review.is_empty()).collect();
    if changed.is_empty() {
        text.push_str("Nothing: every object stays as it is.\n");
        return text;
    }
    text.push_str("| environment | verdict | objects | data at risk | interrupted | refused | deleted and made anew | pods restart |\n");
    text.push_str("|---|---|--:|--:|--:|--:|--:|--:|\n");
    for review in changed {
        let count = |effect: Effect| {
            let count = review
                .objects
                .iter()
                .filter(|object| object.effect == effect)
                .count();
            if count == 0 {
                "–".to_owned()
            } else {
                format!("**{count}**")
            }
        };
        let refused = review
            .objects
            .iter()
            .filter(|object| object.refused)
            .count();
        let restarts = review
            .objects
            .iter()
            .filter(|object| object.rollout.is_some())
            .count();
        let shown = |count: usize| {
            if count == 0 {
                "–".to_owned()
            } else {
                format!("**{count}**")
            }
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            review.environment,
            review.verdict(),
            review.objects.len(),
            count(Effect::DataAtRisk),
            count(Effect::Interrupted),
            shown(refused),
            count(Effect::DeleteAndCreate),
            shown(restarts),
        );
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

/// Whether an object belongs under a heading.
type Belongs<'b> = &'b dyn Fn(&ObjectReview) -> bool;

/// What a reviewer has to know, in whole sentences.
fn dangers(review: &Review) -> String {
    let mut text = format!("\n### {}\n\n", review.environment);
    let groups: [(&str, Belongs<'_>); 5] = [
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
            object.rollout.is_some() || object.effect == Effect::Restart
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

fn more(count: usize, text: &mut String) {
    if let Some(more @ 1..) = count.checked_sub(LINES) {
        let _ = writeln!(text, "- and {more} more");
    }
}

fn whole(review: &Review, text: &mut String) {
    let topics = [
        (Topic::Paths, "Paths opened (+) and closed (−)"),
        (Topic::Rights, "Rights granted (+) and withdrawn (−)"),
        (Topic::Privileges, "On the nodes"),
        (Topic::Backups, "Backups"),
        (Topic::Alerts, "Alerts"),
        (Topic::Versions, "Versions"),
        (Topic::Capacity, "Sizes and quotas"),
    ];
    for (topic, heading) in topics {
        let changes: Vec<_> = review
            .whole
            .iter()
            .filter(|change| change.topic == topic)
            .collect();
        if changes.is_empty() {
            continue;
        }
        let _ = writeln!(text, "**{heading}**");
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

/// Text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '@'
        ) {
            escaped.push('\\');
        }
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\n' | '\r' => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Text that does not end a block of code.
fn fence_free(text: &str) -> String {
    text.replace("```", "'''").replace('\n', " ")
}
