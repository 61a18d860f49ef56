//! The command line of the platform repository: `cargo xtask <verb>`.

mod arguments;
#[macro_use]
mod output;
mod commands;
mod failure;
mod overview;
mod progress;
mod repository;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use arguments::Arguments;

fn main() -> ExitCode {
    commands::run(Arguments::parse())
}
