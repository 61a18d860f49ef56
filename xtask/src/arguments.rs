//! What can be said on the command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::bench::BenchArguments;
use crate::commands::capacity::CapacityArguments;
use crate::commands::check::CheckArguments;
use crate::commands::compare::CompareArguments;
use crate::commands::environment::EnvironmentCommand;
use crate::commands::graph::GraphArguments;
use crate::commands::influence::{ExplainArguments, ImpactArguments};
use crate::commands::render::RenderArguments;
use crate::commands::review::ReviewArguments;
use crate::commands::schemas::SchemasCommand;

/// Renders and checks the Kubernetes platform.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    disable_help_subcommand = true
)]
pub(crate) struct Arguments {
    /// What to do; without it, the verbs are listed.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// What all verbs take.
    #[command(flatten)]
    pub(crate) common: Common,
}

/// What all verbs take.
#[derive(Clone, Debug, Args)]
pub(crate) struct Common {
    /// The folder that holds `environments/` [default: the nearest one above the current folder].
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    /// Colours: on a terminal, unless `NO_COLOR` is set, or as said here.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
}

/// A verb.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Render environments into `generated/`, checked.
    Render(RenderArguments),
    /// Check environments without writing anything, or explain a check.
    Check(CheckArguments),
    /// Say what a change of the rendered trees will do: restarts, refusals, data, paths, rights.
    Review(ReviewArguments),
    /// Say where the value of a field comes from.
    Explain(ExplainArguments),
    /// Say which fields move when a value of an environment does.
    Impact(ImpactArguments),
    /// Count what environments ask for, against their quotas and nodes.
    Capacity(CapacityArguments),
    /// Compare the checks with a real API server.
    Compare(CompareArguments),
    /// Import, list or verify the schemas of the Kubernetes APIs.
    #[command(subcommand)]
    Schemas(SchemasCommand),
    /// Draw who may talk to whom, or what depends on what.
    Graph(GraphArguments),
    /// Show what editors need to know about `environments/*.yaml`.
    #[command(subcommand)]
    Environment(EnvironmentCommand),
    /// Measure rendering on this machine.
    Bench(BenchArguments),
}

/// Which environments a verb is about.
#[derive(Clone, Debug, Args)]
pub(crate) struct Selection {
    /// The environments, by the names of their files in `environments/`.
    #[arg(value_name = "ENV", required_unless_present = "all")]
    pub(crate) environments: Vec<String>,
    /// All of them.
    #[arg(long, conflicts_with = "environments")]
    pub(crate) all: bool,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs: one JSON document on standard output.
    Json,
}

/// How many threads to use; what comes out does not depend on it.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Threads {
    /// Threads to work with [default: one for each processor].
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

impl Threads {
    /// The number said, or that of the processors.
    pub(crate) fn count(self) -> NonZeroUsize {
        self.threads
            .or_else(|| std::thread::available_parallelism().ok())
            .unwrap_or(NonZeroUsize::MIN)
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn environments_are_named_or_all_are_meant() {
        for good in [
            &["render", "prod"][..],
            &["render", "prod", "dev", "--check"],
            &["check", "--all"],
        ] {
            Arguments::try_parse_from(["xtask"].iter().chain(good)).expect("understood");
        }
        for bad in [
            &["render"][..],
            &["render", "prod", "--all"],
            &["render", "prod", "--threads", "0"],
        ] {
            Arguments::try_parse_from(["xtask"].iter().chain(bad)).expect_err("refused");
        }
    }
}
