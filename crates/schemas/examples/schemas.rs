//! `schemas import DIR|FILE…`, `schemas list`, `schemas verify DIR…`: a thin face of the crate's
//! import.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command answers on the terminal"
)]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use schemas::import;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                eprintln!("  because: {error}");
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let paths: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    match command.as_str() {
        "import" => println!("{}", import::import(&paths, &data)?),
        "list" => println!("{}", import::list(&data)?),
        "verify" => {
            let verification = import::verify(&paths, &data)?;
            println!("{verification}");
            if !verification.differences.is_empty() {
                return Ok(ExitCode::FAILURE);
            }
        }
        _ => return Err("usage: schemas import DIR|FILE… | list | verify DIR…".into()),
    }
    Ok(ExitCode::SUCCESS)
}
