//! The review for a terminal.

use std::fmt::Write;

use serde_json::Value as Json;

use crate::across::Across;
use crate::model::{Effect, FieldReview, ObjectReview, Review};

/// Fields of an object that are shown before the rest is only counted.
const FIELDS: usize = 12;
/// Characters of a value that are shown.
const WIDTH: usize = 60;

/// What is said of one environment.
pub fn render(review: &Review, coloured: bool) -> String {
    let paint = Paint(coloured);
    let mut text = String::new();
    heading(review, paint, &mut text);
    for object in &review.objects {
        self::object(object, paint, &mut text);
    }
    if !review.whole.is_empty() {
        text.push_str("  the whole\n");
        for change in &review.whole {
            let topic = change.topic.as_str();
            // Writing to a string cannot fail, here and below.
            let _ = writeln!(
                text,
                "    {} {topic:<11} {}",
                change.direction.symbol(),
                change.text
            );
        }
    }
    if !review.waves.is_empty() {
        text.push_str("  order\n");
        for wave in &review.waves {
            for (application, steps) in &wave.applications {
                let application = if application.is_empty() {
                    "-"
                } else {
                    application
                };
                let _ = writeln!(
                    text,
                    "    wave {:<3} {application}: {}",
                    wave.number,
                    folded(steps)
                );
            }
        }
    }
    for line in &review.undecided {
        let _ = writeln!(text, "  ? {line}");
    }
    text
}

/// What is said of changes that some environments got and others did not.
pub fn render_across(across: &[Across]) -> String {
    let mut text = String::new();
    if !across.is_empty() {
        text.push_str("across the environments\n");
    }
    for change in across {
        let _ = writeln!(text, "  {}  ← is that meant?", change.text());
    }
    text
}

/// The steps of an application in one line.
pub(crate) fn folded(steps: &[String]) -> String {
    const SHOWN: usize = 4;
    let shown: Vec<&str> = steps.iter().take(SHOWN).map(String::as_str).collect();
    match steps.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{}, and {more} more", shown.join(", ")),
    }
}

fn heading(review: &Review, paint: Paint, text: &mut String) {
    let count = review.objects.len();
    let changes = match count {
        0 => "nothing changes".to_owned(),
        1 => "1 object changes".to_owned(),
        _ => format!("{count} objects change"),
    };
    let decisions = review.needs_a_decision().count();
    let _ = write!(text, "{:<14} {changes}", paint.bold(&review.environment));
    if decisions > 0 {
        let need = if decisions == 1 { "needs" } else { "need" };
        let _ = write!(
            text,
            "   {}",
            paint.of(
                Effect::DataAtRisk,
                &format!("⚠ {decisions} {need} a decision")
            )
        );
    }
    text.push('\n');
}

fn object(object: &ObjectReview, paint: Paint, text: &mut String) {
    let effect = object.effect;
    let label = format!("{} {:<18}", effect.symbol(), effect.title());
    let fate = object.fate.as_str();
    let _ = write!(
        text,
        "  {} {}  {fate}",
        paint.of(effect, &label),
        paint.bold(&object.title())
    );
    if let Some(was) = &object.was {
        let _ = write!(text, " from {}", crate::model::title(was));
    }
    text.push('\n');
    let _ = writeln!(text, "      {}", object.reason);
    if let Some(rollout) = &object.rollout {
        let _ = writeln!(text, "      {rollout}");
    }
    for field in object.fields.iter().take(FIELDS) {
        self::field(field, object, text);
    }
    if let Some(more @ 1..) = object.fields.len().checked_sub(FIELDS) {
        let _ = writeln!(text, "        and {more} fields more");
    }
    for note in &object.notes {
        let _ = writeln!(text, "      note: {note}");
    }
    for (number, step) in object.recipe.iter().enumerate() {
        let lead = if number == 0 { "by hand:" } else { "        " };
        let _ = writeln!(text, "      {lead} {}. {step}", number + 1);
    }
    if let Some(watch) = &object.watch {
        let _ = writeln!(text, "      watch: {watch}");
    }
    if let Some(reason) = &object.no_way_back {
        let _ = writeln!(text, "      no way back: {reason}");
    }
    if !object.origin.is_empty() {
        let _ = writeln!(text, "      made by {}", object.origin);
    }
}

fn field(field: &FieldReview, object: &ObjectReview, text: &mut String) {
    let difference = &field.difference;
    let mark = if field.effect == object.effect && !field.refused {
        String::new()
    } else if field.refused {
        "   refused".to_owned()
    } else {
        format!("   {}", field.effect.title())
    };
    let _ = writeln!(text, "        {}  {}{mark}", difference.path, change(field));
    if let Some(value) = &field.value {
        let _ = writeln!(text, "          ← {value}");
    }
}

/// What a field was and will be, in one line.
pub(crate) fn change(field: &FieldReview) -> String {
    use crate::difference::Nature;
    let difference = &field.difference;
    match (&difference.old, &difference.new, difference.nature) {
        (_, _, Nature::Order) => "in another order".to_owned(),
        (Some(old), Some(new), _) => format!("{} → {}", short(old), short(new)),
        (None, Some(new), _) => format!("+ {}", short(new)),
        (Some(old), None, _) => format!("− {}", short(old)),
        (None, None, _) => String::new(),
    }
}

/// A value as one text, however long.
pub(crate) fn short_value(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// A value in one short line.
pub(crate) fn short(value: &Json) -> String {
    let text = match value {
        Json::String(text) => text.replace('\n', "⏎"),
        Json::Object(fields) if fields.is_empty() => "{}".to_owned(),
        other => other.to_string(),
    };
    if text.chars().count() <= WIDTH {
        return text;
    }
    let start: String = text.chars().take(WIDTH - 1).collect();
    format!("{start}…")
}

#[derive(Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    fn of(self, effect: Effect, text: &str) -> String {
        let code = match effect {
            Effect::DataAtRisk | Effect::Interrupted | Effect::Refused => "31",
            Effect::DeleteAndCreate | Effect::Restart => "33",
            Effect::InPlace => "32",
            Effect::Nothing => "2",
        };
        self.with(code, text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.0 {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}
