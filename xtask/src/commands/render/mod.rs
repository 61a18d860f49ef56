//! `cargo xtask render`: environments into `generated/`, checked, or compared with what is there.
#![expect(
    clippy::print_stderr,
    reason = "the command line talks to the terminal"
)]

mod answer;
mod json;
mod text;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use render::{Options, Refusal};

use self::answer::{Answer, Done};
use super::Session;
use super::check::values;
use crate::arguments::{Format, Selection, Threads};
use crate::failure::{Failure, Outcome};
use crate::progress::Progress;

/// What to render, and where to.
#[derive(Debug, Args)]
pub(crate) struct RenderArguments {
    #[command(flatten)]
    selection: Selection,
    /// Write nothing; tell how the trees differ from what they should be, and fail where they do.
    #[arg(long, conflicts_with = "stdout")]
    check: bool,
    /// The folder of the trees, one for each environment in it [default: `generated`].
    #[arg(long, value_name = "DIR", conflicts_with = "stdout")]
    out: Option<PathBuf>,
    /// Write to standard output instead: one YAML stream, in the order of the files.
    #[arg(long, conflicts_with = "format")]
    stdout: bool,
    /// Write even where that removes more than half of a tree.
    #[arg(long, conflicts_with_all = ["check", "stdout"])]
    allow_shrink: bool,
    #[command(flatten)]
    threads: Threads,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Carries it out for each environment; one that fails does not keep the others from being rendered.
pub(crate) fn run(session: &Session, arguments: &RenderArguments) -> Result<Outcome, Failure> {
    let names = session.repository.select(&arguments.selection);
    let width = names.iter().map(String::len).max().unwrap_or_default();
    let mut answers = Vec::new();
    for name in names {
        let answer = answer(session, arguments, name)?;
        if arguments.format == Format::Text {
            let shown = session.repository.shown(&answer.folder);
            eprint!(
                "{}",
                text::problems(&answer, &shown, session.terminal.error)
            );
            let summary = text::summary(&answer, &shown, width, session.terminal.output);
            // Standard output is the stream's, where that was asked for.
            if arguments.stdout {
                eprint!("{summary}");
            } else {
                answer!("{summary}");
            }
        }
        answers.push(answer);
    }
    if arguments.format == Format::Json {
        answer_line!("{:#}", json::answers(&answers));
    }
    Ok(answers
        .iter()
        .map(Answer::outcome)
        .max()
        .unwrap_or(Outcome::Clean))
}

/// Renders one environment, and writes or compares it.
fn answer(session: &Session, arguments: &RenderArguments, name: String) -> Result<Answer, Failure> {
    let folder = session
        .repository
        .trees(arguments.out.as_deref())
        .join(&name);
    let progress = Progress::start(format!("rendering {name}"));
    let done = done(session, arguments, &name, &folder);
    drop(progress);
    Ok(Answer {
        name,
        folder,
        done: done?,
    })
}

fn done(
    session: &Session,
    arguments: &RenderArguments,
    name: &str,
    folder: &Path,
) -> Result<Done, Failure> {
    let environment = match environment::load(name, &session.repository) {
        Ok(environment) => environment,
        Err(diagnostics) => return Ok(Done::Invalid(diagnostics)),
    };
    let rendered = match render::render(name, &environment, arguments.threads.count()) {
        Ok(rendered) => rendered,
        Err(mut refusal) => {
            if let Refusal::Findings(report) = &mut refusal {
                values::name(session, name, report);
            }
            return Ok(Done::Refused(refusal));
        }
    };
    if arguments.stdout {
        let written = io::stdout()
            .lock()
            .write_all(rendered.tree().stream().as_bytes());
        return match written {
            // Whoever reads may stop reading: `| head`.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::of(&error)),
            _ => Ok(Done::Streamed(rendered)),
        };
    }
    let result = if arguments.check {
        rendered.compare(folder).map(Ok)
    } else {
        let options = Options {
            allow_shrink: arguments.allow_shrink,
            waiting: tell_waiting,
            ..Options::default()
        };
        rendered.write(folder, options).map(Err)
    };
    match result {
        Ok(Ok(drift)) => Ok(Done::Compared(rendered, drift)),
        Ok(Err(summary)) => Ok(Done::Written(rendered, summary)),
        Err(error) if error.is_io() => Err(Failure::of(&error)),
        Err(error) => Ok(Done::NotWritten(error)),
    }
}

fn tell_waiting(folder: &Path) {
    eprintln!(
        "   waiting for another run that writes in {}",
        folder.display()
    );
}
