//! The verbs, one module each.

pub(crate) mod bench;
pub(crate) mod capacity;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod environment;
pub(crate) mod graph;
pub(crate) mod influence;
pub(crate) mod render;
pub(crate) mod review;
pub(crate) mod schemas;

use std::process::ExitCode;

use crate::arguments::{Arguments, Command};
use crate::failure::COULD_NOT;
use crate::overview::overview;
use crate::repository::Repository;
use crate::terminal::Terminal;

/// What every verb works with.
pub(crate) struct Session {
    /// Where the repository is.
    pub(crate) repository: Repository,
    /// Where there are colours.
    pub(crate) terminal: Terminal,
}

/// Carries out what was said.
#[expect(
    clippy::print_stderr,
    reason = "the command line talks to the terminal"
)]
pub(crate) fn run(arguments: Arguments) -> ExitCode {
    let Some(command) = arguments.command else {
        answer!("{}", overview());
        return ExitCode::SUCCESS;
    };
    let terminal = Terminal::new(arguments.common.color);
    let done = Repository::find(arguments.common.root.as_deref()).and_then(|repository| {
        let session = Session {
            repository,
            terminal,
        };
        match command {
            Command::Render(arguments) => render::run(&session, &arguments),
            Command::Check(arguments) => check::run(&session, &arguments),
            Command::Review(arguments) => review::run(&session, &arguments),
            Command::Capacity(arguments) => capacity::run(&session, &arguments),
            Command::Compare(arguments) => compare::run(&session, &arguments),
            Command::Schemas(command) => schemas::run(&session, &command),
            Command::Explain(arguments) => influence::explain(&session, &arguments),
            Command::Impact(arguments) => influence::impact(&session, &arguments),
            Command::Graph(arguments) => graph::run(&session, &arguments),
            Command::Environment(command) => environment::run(&session, &command),
            Command::Bench(arguments) => bench::run(&session, &arguments),
        }
    });
    match done {
        Ok(outcome) => outcome.into(),
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(COULD_NOT)
        }
    }
}
