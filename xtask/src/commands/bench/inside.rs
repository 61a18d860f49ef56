//! Rendering in this process, again and again: processor time and memory.

use std::num::NonZeroUsize;

use environment::Environment;

use super::process::{peak_mebibytes, processor_seconds};
use super::{Figure, duration, median};
use crate::failure::Failure;
use crate::repository::Repository;

/// Renders between two looks at the kernel's counter, which is too coarse for one.
const RENDERS: u32 = 10;

/// Processor time of parsing, and of rendering and checking; the peak of memory.
pub(super) fn figures(
    repository: &Repository,
    name: &str,
    rounds: u32,
) -> Result<Vec<Figure>, Failure> {
    let environment = load(repository, name)?;
    render(name, &environment)?;
    let memory = peak_mebibytes().map(|peak| format!("{peak:.0} MiB"));
    let rendering = (0..rounds).map(|_| processor_time(|| render(name, &environment)));
    let rendering = rendering
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect();
    let loading = (0..rounds).map(|_| processor_time(|| load(repository, name).map(drop)));
    let loading = loading
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect();
    Ok(vec![
        Figure {
            what: "load the environment, processor time".into(),
            value: shown(loading),
        },
        Figure {
            what: "render and check in memory, processor time".into(),
            value: shown(rendering),
        },
        Figure {
            what: "memory after the first render, peak".into(),
            value: memory.unwrap_or_else(unknown),
        },
    ])
}

fn shown(measured: Vec<f64>) -> String {
    if measured.is_empty() {
        unknown()
    } else {
        duration(median(measured))
    }
}

fn unknown() -> String {
    "not known".to_owned()
}

fn load(repository: &Repository, name: &str) -> Result<Environment, Failure> {
    environment::load(name, repository).map_err(|diagnostics| {
        Failure::new(format!(
            "{name} cannot be loaded: {}",
            diagnostics.summary()
        ))
        .help(format!("`cargo xtask check {name}` says more"))
    })
}

fn render(name: &str, environment: &Environment) -> Result<(), Failure> {
    match render::render(name, environment, NonZeroUsize::MIN) {
        Ok(_) => Ok(()),
        Err(refusal) => Err(
            Failure::new(format!("{name} cannot be rendered: {refusal}"))
                .help(format!("`cargo xtask check {name}` says more")),
        ),
    }
}

/// The processor time of one of several runs, in seconds; none where the kernel does not show it.
fn processor_time(mut work: impl FnMut() -> Result<(), Failure>) -> Result<Option<f64>, Failure> {
    let before = processor_seconds();
    for _ in 0..RENDERS {
        work()?;
    }
    let after = processor_seconds();
    Ok(before
        .zip(after)
        .map(|(before, after)| (after - before) / f64::from(RENDERS)))
}
