//! `cargo xtask bench`: what rendering and checking cost on this machine.
//!
//! Processor time is user and system time together, as the kernel counts it. Times of the clock move with what else the
//! machine does: compare figures of one run only.

mod checking;
mod inside;
mod outside;
mod place;
mod process;
mod review;

use std::borrow::Cow;
use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::Args;

use self::place::Place;
use super::Session;
use crate::failure::{Failure, Outcome};
use crate::progress::Progress;

/// What to measure.
#[derive(Debug, Args)]
pub(crate) struct BenchArguments {
    /// The environment to render.
    #[arg(value_name = "ENV", default_value = "prod")]
    environment: String,
    /// How often each thing is measured; the table shows the median.
    #[arg(long, value_name = "N", default_value = "5")]
    rounds: NonZeroU32,
    /// The program `dyff`, to be measured beside the review.
    #[arg(long, value_name = "FILE")]
    dyff: Option<PathBuf>,
    /// Also clone the repository and build and render it there, which takes minutes.
    #[arg(long)]
    fresh: bool,
    /// Measure nothing but the checks, on this folder of manifests instead of the rendered tree.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["environment", "fresh"])]
    check: Option<String>,
    /// Another program to judge the same manifests, in turn with the checks: `{tree}` stands for their folder, as in
    /// `kubeconform -strict -schema-location schemas {tree}`.
    #[arg(long, value_name = "COMMAND", requires = "check")]
    against: Option<String>,
}

/// One line of the table.
struct Figure {
    what: Cow<'static, str>,
    value: String,
}

/// Carries it out.
pub(crate) fn run(session: &Session, arguments: &BenchArguments) -> Result<Outcome, Failure> {
    let (name, rounds) = (arguments.environment.as_str(), arguments.rounds.get());
    let progress = Progress::start("measuring".to_owned());
    let figures = if let Some(folder) = &arguments.check {
        checking::figures(session, folder, arguments.against.as_deref(), rounds)?
    } else {
        let mut figures = inside::figures(&session.repository, name, rounds)?;
        let tree = session.repository.trees(None).join(name);
        figures.extend(checking::figures(
            session,
            &tree.to_string_lossy(),
            None,
            rounds,
        )?);
        figures.extend(review::figures(rounds, arguments.dyff.as_deref())?);
        let place = Place::copy_of(&session.repository, name)?;
        figures.extend(outside::figures(&place, name, rounds)?);
        if arguments.fresh {
            figures.push(outside::fresh_clone(&session.repository, &place, name)?);
        }
        figures
    };
    drop(progress);
    let width = figures
        .iter()
        .map(|figure| figure.what.len())
        .max()
        .unwrap_or_default();
    for Figure { what, value } in figures {
        answer_line!("{what:width$}  {value:>12}");
    }
    Ok(Outcome::Clean)
}

/// The middle one of some measurements.
fn median(mut measured: Vec<f64>) -> f64 {
    measured.sort_by(f64::total_cmp);
    measured
        .get(measured.len() / 2)
        .copied()
        .unwrap_or(f64::NAN)
}

/// Seconds for people.
fn duration(seconds: f64) -> String {
    match seconds {
        seconds if seconds < 0.1 => format!("{:.1} ms", seconds * 1e3),
        seconds if seconds < 1.0 => format!("{:.0} ms", seconds * 1e3),
        seconds => format!("{seconds:.1} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_one() {
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!(median(Vec::new()).is_nan());
    }

    #[test]
    fn durations_are_shown_in_fitting_units() {
        assert_eq!(duration(0.0123), "12.3 ms");
        assert_eq!(duration(0.2), "200 ms");
        assert_eq!(duration(61.26), "61.3 s");
    }
}
