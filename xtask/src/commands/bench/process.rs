//! What the kernel knows of this process, and running others.
#![expect(
    clippy::disallowed_methods,
    reason = "measuring takes the clock and what the kernel shows as files"
)]

use std::fs;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::failure::Failure;

/// The kernel counts processor time in ticks of this many a second, on every architecture that Linux has.
const TICKS: f64 = 100.0;

/// The processor time of this process so far, user and system, in seconds; none where the kernel does not show it.
pub(super) fn processor_seconds() -> Option<f64> {
    // proc_pid_stat(5): utime and stime are fields 14 and 15.
    seconds_of_fields(14)
}

/// The processor time of the processes that this one has started and that have ended.
pub(super) fn processor_seconds_of_others() -> Option<f64> {
    // proc_pid_stat(5): cutime and cstime are fields 16 and 17.
    seconds_of_fields(16)
}

/// The sum of two neighbouring times of this process, the first field counted from 1.
fn seconds_of_fields(first: usize) -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name, in parentheses, may hold spaces; the field after it is the third.
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace();
    let mut fields = fields.by_ref().skip(first - 3);
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
    peak_of("self")
}

/// The most memory that a process has had so far, in mebibytes; none where the kernel does not show it (any more).
fn peak_of(process: &str) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
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

/// What a run of a program took.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cost {
    /// User and system time, in seconds.
    pub(super) processor: f64,
    /// Seconds of the clock.
    pub(super) clock: f64,
    /// The most memory that it was seen to have, in mebibytes.
    pub(super) memory: f64,
}

/// Runs a program that judges something, whatever the verdict, and tells what that took; nothing where the kernel does
/// not show it.
pub(super) fn cost(command: &mut Command) -> Result<Option<Cost>, Failure> {
    const LOOK: Duration = Duration::from_millis(1);
    let shown = format!("{command:?}");
    let before = processor_seconds_of_others();
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| Failure::new(format!("{shown} could not be started: {error}")))?;
    let process = child.id().to_string();
    let mut memory: Option<f64> = None;
    let status = loop {
        // The peak goes with the process, so it is looked at while there is one.
        memory = peak_of(&process).or(memory);
        match child.try_wait().map_err(|error| Failure::of(&error))? {
            Some(status) => break status,
            None => std::thread::sleep(LOOK),
        }
    };
    let clock = start.elapsed().as_secs_f64();
    if !matches!(status.code(), Some(0 | 1)) {
        return Err(Failure::new(format!("{shown} ended with {status}")));
    }
    let processor = before.zip(processor_seconds_of_others());
    Ok(processor.zip(memory).map(|((before, after), memory)| Cost {
        processor: after - before,
        clock,
        memory,
    }))
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
