//! `cargo xtask schemas import|list|verify`: the facts of the Kubernetes APIs and where they come from.

mod expressions;

use std::path::PathBuf;

use clap::Subcommand;
use schemas::import::{self, ImportError};

use super::Session;
use crate::failure::{Failure, Outcome, with_causes};
use crate::progress::Progress;

/// Where the committed facts are.
const DATA: &str = "crates/schemas/data";

/// About the schemas of the Kubernetes APIs.
#[derive(Debug, Subcommand)]
pub(crate) enum SchemasCommand {
    /// Add the facts of CRDs and Kubernetes `OpenAPI` documents: their types are there at the next build.
    Import {
        /// CRD files, or folders of them; `OpenAPI` documents in a folder named for their minor (`1.35`).
        #[arg(required = true, value_name = "DIR|FILE")]
        sources: Vec<PathBuf>,
    },
    /// Show every kind that is known.
    List {
        /// Show instead how many CEL rules each custom kind has, and name those that cannot be evaluated here.
        #[arg(long)]
        cel: bool,
    },
    /// Tell whether the committed facts still follow from their sources.
    Verify {
        /// The sources, as they were imported.
        #[arg(required = true, value_name = "DIR|FILE")]
        sources: Vec<PathBuf>,
    },
}

/// Carries it out.
pub(crate) fn run(session: &Session, command: &SchemasCommand) -> Result<Outcome, Failure> {
    let data = session.repository.root().join(DATA);
    match command {
        SchemasCommand::Import { sources } => {
            let progress = Progress::start("reading the sources".to_owned());
            let summary = import::import(sources, &data);
            drop(progress);
            told(summary.map(|summary| (summary.to_string(), Outcome::Clean)))
        }
        SchemasCommand::List { cel: true } => {
            told(Ok(expressions::list(schemas::Store::embedded())))
        }
        SchemasCommand::List { cel: false } => {
            told(import::list(&data).map(|listing| (listing.to_string(), Outcome::Clean)))
        }
        SchemasCommand::Verify { sources } => {
            let progress = Progress::start("reading the sources".to_owned());
            let verification = import::verify(sources, &data);
            drop(progress);
            told(verification.map(|verification| {
                let outcome = if verification.differences.is_empty() {
                    Outcome::Clean
                } else {
                    Outcome::Wrong
                };
                (verification.to_string(), outcome)
            }))
        }
    }
}

/// Prints an answer; a source that is wrong is an answer, one that cannot be read is not.
#[expect(
    clippy::print_stderr,
    reason = "the command line talks to the terminal"
)]
fn told(answer: Result<(String, Outcome), ImportError>) -> Result<Outcome, Failure> {
    match answer {
        Ok((text, outcome)) => {
            answer_line!("{}", text.trim_end());
            Ok(outcome)
        }
        Err(error @ (ImportError::Read { .. } | ImportError::Write { .. })) => {
            Err(Failure::of(&error))
        }
        Err(error) => {
            eprintln!("error: {}", with_causes(&error));
            Ok(Outcome::Wrong)
        }
    }
}
