//! `cargo xtask capacity`: what environments ask for, against their quotas and nodes.
#![expect(
    clippy::print_stderr,
    reason = "the command line talks to the terminal"
)]

use check::capacity::text::View;
use check::capacity::{At, Capacity, json, text};
use clap::{Args, ValueEnum};
use serde_json::{Map, Value};

use super::Session;
use crate::arguments::{Format, Selection};
use crate::failure::{Failure, Outcome};
use crate::progress::Progress;

/// Whose capacity, and what of it.
#[derive(Debug, Args)]
pub(crate) struct CapacityArguments {
    #[command(flatten)]
    selection: Selection,
    /// Show where pods go at this level alone.
    #[arg(long, value_enum, value_name = "LEVEL")]
    at: Option<Level>,
    /// Show where pods go while this zone is lost.
    #[arg(long, value_name = "ZONE")]
    without_zone: Option<String>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How many pods every workload has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Level {
    /// As many as its autoscaler leaves at least; no jobs.
    Minimum,
    /// As many as its autoscaler makes at most; all jobs.
    Maximum,
}

/// Carries it out for each environment.
pub(crate) fn run(session: &Session, arguments: &CapacityArguments) -> Result<Outcome, Failure> {
    let view = View {
        at: arguments.at.map(|level| match level {
            Level::Minimum => At::Minimum,
            Level::Maximum => At::Maximum,
        }),
        without_zone: arguments.without_zone.clone(),
    };
    let mut outcome = Outcome::Clean;
    let mut all = Map::new();
    for name in session.repository.select(&arguments.selection) {
        let Some(capacity) = counted(session, &name)? else {
            outcome = Outcome::Wrong;
            continue;
        };
        known_zone(&capacity, &view)?;
        match arguments.format {
            Format::Json => {
                all.insert(name, json::render(&capacity, &view));
            }
            Format::Text => {
                let paint = session.terminal.output;
                answer_line!("{}\n", paint.bold(&name));
                answer_line!("{}", text::render(&capacity, &view, paint.coloured));
            }
        }
    }
    if arguments.format == Format::Json {
        answer_line!("{:#}", Value::Object(all));
    }
    Ok(outcome)
}

/// Counts one environment; nothing where its file has mistakes, which are told.
fn counted(session: &Session, name: &str) -> Result<Option<Capacity>, Failure> {
    let progress = Progress::start(format!("counting {name}"));
    let environment = environment::load(name, &session.repository);
    let counted = match &environment {
        Ok(environment) => Some(render::capacity(name, environment)),
        Err(_) => None,
    };
    drop(progress);
    if let Err(diagnostics) = environment {
        eprintln!(
            "{}\n{}",
            diagnostics
                .render(session.terminal.error.coloured)
                .trim_end(),
            diagnostics.summary()
        );
    }
    counted.transpose().map_err(|clashes| {
        let clashes: Vec<String> = clashes.iter().map(ToString::to_string).collect();
        Failure::new(clashes.join("\n"))
    })
}

/// A zone that no node stands in is a mistake of spelling.
fn known_zone(capacity: &Capacity, view: &View) -> Result<(), Failure> {
    let Some(zone) = &view.without_zone else {
        return Ok(());
    };
    let zones: Vec<&str> = capacity
        .placements
        .iter()
        .filter_map(|placement| placement.without_zone.as_deref())
        .collect();
    if zones.contains(&zone.as_str()) {
        return Ok(());
    }
    let failure = Failure::new(format!("no nodes stand in zone `{zone}` alone"));
    Err(match environment::nearest(zone, zones.iter().copied()) {
        Some(near) => failure.help(format!("did you mean `{near}`?")),
        None => failure,
    })
}
