//! What the kernel knows of this process, and running others.
#![expect(
    clippy::disallowed_methods,
    reason = "measuring takes the clock and what the kernel shows as files"
)]

use std::fs;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use crate::failure::Failure;

/// The kernel counts processor time in ticks of this many a second, on every architecture that Linux has.
const TICKS: f64 = 100.0;

/// The processor time of this process so far, user and system, in seconds; none where the kernel does not show it.
pub(super) fn processor_seconds() -> Option<f64> {
    // proc_pid_stat(5): the name, in parentheses, may hold spaces; utime and stime are fields 14 and 15.
    counted(11)
}

/// The same of the processes that this one has run and seen end.
pub(super) fn children_seconds() -> Option<f64> {
    // cutime and cstime are fields 16 and 17.
    counted(13)
}

/// Two fields of what the kernel counts of this process, so many fields after its name.
fn counted(skipped: usize) -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat
        .rsplit_once(')')?
        .1
        .split_ascii_whitespace()
        .skip(skipped);
    let mut seconds = || {
        fields
            .next()?
            .parse::<f64>()
            .ok()
            .map(|ticks| ticks / TICKS)
    };
    Some(seconds()? + seconds()?)
}

/// The most memory that this process ever had, in mebibytes; none where the kernel does not show it.
pub(super) fn peak_mebibytes() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim()
        .strip_suffix(" kB")?
        .parse::<f64>()
        .ok()
        .map(|kibibytes| kibibytes / 1024.0)
}

/// Runs a command and tells how many seconds of the clock that took.
pub(super) fn timed(command: &mut Command) -> Result<f64, Failure> {
    let start = Instant::now();
    run(command)?;
    Ok(start.elapsed().as_secs_f64())
}

/// Runs a command that has to succeed.
pub(super) fn run(command: &mut Command) -> Result<Output, Failure> {
    let shown = format!("{command:?}");
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Failure::new(format!("{shown} could not be started: {error}")))?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!(
        "{shown} ended with {}\n{}",
        output.status,
        said.trim_end()
    )))
}
