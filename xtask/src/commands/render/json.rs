//! The answers of `render` for programs.

use render::{Refusal, Summary};
use serde_json::{Value, json};

use super::answer::{Answer, Done};

/// One object for each environment.
pub(super) fn answers(answers: &[Answer]) -> Value {
    json!({ "environments": answers.iter().map(answer).collect::<Vec<_>>() })
}

fn answer(answer: &Answer) -> Value {
    let mut value = json!({ "name": answer.name, "folder": answer.folder.display().to_string() });
    if let Some(rendered) = answer.rendered() {
        value["applications"] = json!(rendered.applications());
        value["objects"] = json!(rendered.tree().objects().count());
        value["exceptions"] = json!(rendered.report().exceptions.len());
        value["findings"] = check::json::render(rendered.report());
    }
    let (outcome, details) = match &answer.done {
        Done::Invalid(diagnostics) => ("invalid", json!({ "diagnostics": diagnostics.to_json() })),
        Done::Refused(Refusal::Findings(report)) => (
            "refused",
            json!({ "findings": check::json::render(report) }),
        ),
        Done::Refused(Refusal::Clashes(clashes)) => (
            "refused",
            json!({ "clashes": clashes.iter().map(ToString::to_string).collect::<Vec<_>>() }),
        ),
        Done::NotWritten(error) => (
            "not written",
            json!({ "error": error.to_string(), "help": error.help() }),
        ),
        Done::Streamed(_) => ("streamed", json!({})),
        Done::Compared(_, drift) if drift.is_none() => ("up to date", json!({})),
        Done::Compared(_, drift) => (
            "drifted",
            json!({
                "missing": drift.missing, "changed": drift.changed, "orphaned": drift.orphaned,
                "foreign": drift.foreign, "halfWay": drift.half_way,
            }),
        ),
        Done::Written(_, summary) if summary.is_up_to_date() => ("up to date", changes(summary)),
        Done::Written(_, summary) => ("written", changes(summary)),
    };
    value["outcome"] = json!(outcome);
    if let (Value::Object(all), Value::Object(details)) = (&mut value, details) {
        all.extend(details);
    }
    value
}

fn changes(summary: &Summary) -> Value {
    json!({
        "added": summary.added, "changed": summary.changed, "removed": summary.removed,
        "editedByHand": summary.edited_by_hand, "foreign": summary.foreign, "resumed": summary.resumed,
    })
}
