//! `cargo xtask explain` and `cargo xtask impact`: which value of an environment is behind which field of an object.

mod explain;
mod held;
mod impact;
mod subject;

use std::num::NonZeroUsize;

use environment::{Content, Place};
use render::influence::{Influence, NotRendered, Traced};
use serde_json::Value;

pub(crate) use explain::{ExplainArguments, run as explain};
pub(crate) use impact::{ImpactArguments, run as impact};

use super::Session;
use crate::failure::Failure;
use crate::progress::Progress;

/// How long a value may be that is shown in a line.
const SHOWN: usize = 72;

/// Renders an environment as it is; its mistakes are those that `render` would show.
pub(crate) fn influence(session: &Session, name: &str) -> Result<Influence, Failure> {
    let _progress = Progress::start(format!("rendering {name}"));
    Influence::of(name, &session.repository).map_err(|reason| match reason {
        NotRendered::Invalid(diagnostics) => {
            let text = diagnostics.render(session.terminal.error.coloured);
            Failure::new(format!("{name} has mistakes\n{}", text.trim_end()))
        }
        NotRendered::Clashes(clashes) => {
            let clashes: Vec<String> = clashes.iter().map(ToString::to_string).collect();
            Failure::new(clashes.join("\n"))
        }
    })
}

/// Tries other values at some places.
pub(crate) fn trace(influence: &Influence, places: &[Place], threads: NonZeroUsize) -> Vec<Traced> {
    let _progress = Progress::start(format!(
        "rendering again with {} values changed",
        places.len()
    ));
    influence.trace(places, threads)
}

/// `environments/prod.yaml:12:9`.
pub(crate) fn location(influence: &Influence, place: &Place) -> String {
    influence.files().place(&place.origin).unwrap_or_default()
}

/// What stands at a place of the environment, on one line.
fn written(influence: &Influence, place: &Place) -> String {
    if place.is_name {
        return "(its name)".to_owned();
    }
    match influence.value_at(place).map(|node| &node.content) {
        Some(Content::Scalar(scalar)) => shortened(&scalar.text),
        Some(Content::Sequence(_)) => "[]".to_owned(),
        Some(Content::Mapping(_)) => "{}".to_owned(),
        Some(Content::Null) | None => "null".to_owned(),
    }
}

/// A value of an object on one line.
fn shown(value: Option<&Value>) -> String {
    match value {
        None => "(not there)".to_owned(),
        Some(Value::String(text)) => shortened(text),
        Some(value) => shortened(&value.to_string()),
    }
}

fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let is_whole = line.len() == text.trim_end().len() && line.chars().count() <= SHOWN;
    if is_whole {
        return line.to_owned();
    }
    let start: String = line.chars().take(SHOWN).collect();
    format!("{start}…")
}
