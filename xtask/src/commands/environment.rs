//! `cargo xtask environment schema`: what editors need to complete and check environment files as they are typed.

use clap::Subcommand;
use environment::Environment;

use super::Session;
use crate::failure::{Failure, Outcome};

/// About environment files.
#[derive(Debug, Subcommand)]
pub(crate) enum EnvironmentCommand {
    /// Print the JSON Schema of `environments/*.yaml`.
    Schema,
}

/// Carries it out.
#[expect(clippy::unnecessary_wraps, reason = "the verbs have one shape")]
pub(crate) fn run(_: &Session, command: &EnvironmentCommand) -> Result<Outcome, Failure> {
    match command {
        EnvironmentCommand::Schema => answer!(
            "{}",
            environment::json_schema_of::<Environment>("Environment")
        ),
    }
    Ok(Outcome::Clean)
}
