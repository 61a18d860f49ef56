//! A second, small platform on the same crates: a fleet of applications of one shape, ten manifests each.
//!
//! `fleet --env FILE --out DIR` writes a tree, with its ledger beside the folder; `fleet --env FILE --stdout` writes one
//! YAML stream.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a program reads its input and tells what is wrong"
)]

#[path = "fleet/app.rs"]
mod app;
#[path = "fleet/input.rs"]
mod input;
#[path = "fleet/mesh.rs"]
mod mesh;
#[path = "fleet/network.rs"]
mod network;

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use render::{ApplicationWriter, LedgerPlace, Options, Writer};

use app::{Shared, application};
use input::Fleet;

/// How much of the stream is put together before it is written.
const CHUNK: usize = 1 << 16;

/// What the command line says.
struct Arguments {
    environment: PathBuf,
    /// The folder to write to; none for standard output.
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    match arguments().and_then(|arguments| run(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let (mut environment, mut out, mut stdout) = (None, None, false);
    let mut words = std::env::args_os().skip(1);
    while let Some(word) = words.next() {
        match word.to_str() {
            Some("--env") => environment = words.next().map(PathBuf::from),
            Some("--out") => out = words.next().map(PathBuf::from),
            Some("--stdout") => stdout = true,
            _ => return Err(format!("unknown argument {}", word.display()).into()),
        }
    }
    match environment {
        Some(environment) if out.is_some() != stdout => Ok(Arguments { environment, out }),
        _ => Err("usage: fleet --env FILE (--out DIR | --stdout)".into()),
    }
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let text = std::fs::read(&arguments.environment)?;
    let fleet: Fleet<'_> = serde_json::from_slice(&text)?;
    match &arguments.out {
        Some(folder) => {
            let options = Options {
                ledger: LedgerPlace::Beside,
                ..Options::default()
            };
            write(&fleet, Writer::open(folder, options)?)
        }
        None => stream(&fleet, &mut io::stdout().lock()),
    }
}

fn write(fleet: &Fleet<'_>, writer: Writer) -> Result<(), Box<dyn Error>> {
    let shared = Shared::new(fleet)?;
    let mut writer = ApplicationWriter::new(writer);
    for app in &fleet.apps {
        writer.put(&application(&shared, app)?)?;
    }
    writer.into_writer().finish()?;
    Ok(())
}

fn stream(fleet: &Fleet<'_>, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let shared = Shared::new(fleet)?;
    let mut text = String::with_capacity(2 * CHUNK);
    for app in &fleet.apps {
        for manifest in &application(&shared, app)?.manifests {
            text.push_str("---\n");
            manifest.write_yaml(&mut text);
        }
        if text.len() >= CHUNK {
            out.write_all(text.as_bytes())?;
            text.clear();
        }
    }
    out.write_all(text.as_bytes())?;
    Ok(())
}
