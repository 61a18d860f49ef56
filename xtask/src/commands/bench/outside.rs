//! Rendering as a user does, through `cargo xtask`.

use std::path::Path;
use std::process::Command;

use super::place::Place;
use super::process::{run, timed};
use super::{Figure, duration, median};
use crate::failure::Failure;
use crate::repository::Repository;

/// From an edit to the rendered tree, and the instructions of a render where `valgrind` is there.
pub(super) fn figures(place: &Place, name: &str, rounds: u32) -> Result<Vec<Figure>, Failure> {
    // A rebuilt component replaces this program; its path is asked for while it is still the one that runs.
    let program = std::env::current_exe().map_err(|error| Failure::of(&error))?;
    // The first run builds what is not built.
    timed(&mut render(place, name))?;
    let value = |round| {
        place.edit_value(round)?;
        timed(&mut render(place, name))
    };
    let component = |_| {
        place.touch_component()?;
        timed(&mut render(place, name))
    };
    let unchanged = |_| timed(&mut render(place, name));
    let mut figures = vec![
        figure(
            "nothing edited, rendered again through cargo, clock",
            (0..rounds).map(unchanged),
        )?,
        figure(
            "edited value, rendered through cargo, clock",
            (0..rounds).map(value),
        )?,
        figure(
            "edited component, rendered through cargo, clock",
            (0..rounds.min(3)).map(component),
        )?,
    ];
    figures.push(instructions(&program, place, name));
    Ok(figures)
}

/// From a fresh clone to a rendered tree.
pub(super) fn fresh_clone(
    repository: &Repository,
    place: &Place,
    name: &str,
) -> Result<Figure, Failure> {
    let clone = place.folder().join("clone");
    run(Command::new("git")
        .args(["clone", "--quiet"])
        .arg(repository.root())
        .arg(&clone))?;
    let mut build = cargo(&clone);
    build
        .env_remove("CARGO_TARGET_DIR")
        .args(["xtask", "render", name]);
    Ok(Figure {
        what: "fresh clone, built and rendered, clock".into(),
        value: duration(timed(&mut build)?),
    })
}

fn figure(
    what: &'static str,
    measured: impl Iterator<Item = Result<f64, Failure>>,
) -> Result<Figure, Failure> {
    let measured = measured.collect::<Result<Vec<_>, _>>()?;
    Ok(Figure {
        what: what.into(),
        value: duration(median(measured)),
    })
}

fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(folder);
    command
}

fn render(place: &Place, name: &str) -> Command {
    let mut command = cargo(place.workspace());
    command
        .args(["xtask", "render", name, "--root"])
        .arg(place.folder());
    command
}

/// The instructions of one render, start of the process included, as callgrind counts them: the same on every run.
fn instructions(program: &Path, place: &Place, name: &str) -> Figure {
    let mut command = Command::new("valgrind");
    command
        .arg("--tool=callgrind")
        .arg(format!(
            "--callgrind-out-file={}",
            place.folder().join("callgrind.out").display()
        ))
        .arg(program)
        .args(["render", name, "--threads", "1", "--root"])
        .arg(place.folder());
    let report = run(&mut command)
        .ok()
        .map(|output| String::from_utf8_lossy(&output.stderr).into_owned());
    let value = report
        .and_then(|report| collected(&report))
        .unwrap_or_else(|| "no valgrind".to_owned());
    Figure {
        what: "render over an unchanged tree, instructions".into(),
        value,
    }
}

/// Reads `==1== Collected : 123456` out of callgrind's report.
fn collected(report: &str) -> Option<String> {
    let count: f64 = report
        .lines()
        .find_map(|line| line.split_once("Collected : "))?
        .1
        .trim()
        .parse()
        .ok()?;
    Some(format!("{:.0} million", count / 1e6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_of_callgrind_is_read() {
        let report = "==7== Events    : Ir\n==7== Collected : 123456789\n==7==\n";
        assert_eq!(collected(report).expect("a count"), "123 million");
        assert_eq!(collected("valgrind: no such tool"), None);
    }
}
