//! `cargo xtask review`: what a change of the rendered trees will do to the clusters.

mod folders;
mod git;
mod live;
pub(crate) mod source;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use names::KubernetesMinor;
use review::{Across, Effect, Files, Review, Trees};

use self::source::Source;
use super::Session;
use crate::arguments::Threads;
use crate::failure::{Failure, Outcome};
use crate::progress::Progress;

/// Which states to compare, and how to say it.
#[derive(Debug, Args)]
pub(crate) struct ReviewArguments {
    /// The environments [default: all that differ].
    #[arg(value_name = "ENV")]
    environments: Vec<String>,
    /// The state before: a Git revision, or a folder of trees or of any YAML [default: where this branch left main].
    #[arg(long, value_name = "REV|DIR")]
    base: Option<String>,
    /// The state after, likewise [default: `generated/` as it is in the working tree].
    #[arg(long, value_name = "REV|DIR")]
    head: Option<String>,
    /// Compare with the cluster of the current context of `kubectl` instead of a base; nothing is written to it.
    #[arg(long, conflicts_with = "base", requires = "environments")]
    live: bool,
    /// Name the value of the environment behind each field of the working tree also where that value is as it was:
    /// renders once for each value, and not only for those that differ from the base.
    #[arg(long, conflicts_with = "head")]
    values: bool,
    #[command(flatten)]
    threads: Threads,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = ReviewFormat::Text)]
    format: ReviewFormat,
    /// How many bytes the Markdown may have.
    #[arg(long, value_name = "BYTES", default_value_t = 60_000)]
    budget: usize,
    /// The effects that make the exit status 1; `immutable` is what the API server refuses.
    #[arg(long, value_name = "EFFECT", value_enum, value_delimiter = ',')]
    fail_on: Vec<FailOn>,
    /// Judge by this Kubernetes minor [default: the environment's own; for folders the newest of the environments].
    #[arg(long, value_name = "MINOR")]
    kubernetes: Option<KubernetesMinor>,
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// How a review is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReviewFormat {
    /// For a terminal.
    Text,
    /// For a pull request.
    Markdown,
    /// One page that needs no network.
    Html,
    /// For programs.
    Json,
}

/// What makes the command fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Data can be lost.
    DataAtRisk,
    /// Requests fail.
    Interrupted,
    /// The API server refuses it.
    Immutable,
    /// An object is deleted and another one created.
    DeleteAndCreate,
    /// Pods restart.
    Restart,
    /// Anything is taken in place.
    InPlace,
    /// Some file cannot be read.
    Undecided,
}

impl FailOn {
    fn is_met(self, review: &Review) -> bool {
        let has = |effect: Effect| review.objects.iter().any(|object| object.effect == effect);
        match self {
            Self::DataAtRisk => has(Effect::DataAtRisk),
            Self::Interrupted => has(Effect::Interrupted),
            Self::Immutable => review.is_refused(),
            Self::DeleteAndCreate => has(Effect::DeleteAndCreate),
            Self::Restart => {
                review.objects.iter().any(|object| object.rollout.is_some()) || has(Effect::Restart)
            }
            Self::InPlace => has(Effect::InPlace),
            Self::Undecided => !review.undecided.is_empty(),
        }
    }
}

/// Carries it out.
pub(crate) fn run(session: &Session, arguments: &ReviewArguments) -> Result<Outcome, Failure> {
    let progress = Progress::start("reviewing".to_owned());
    let head = Source::of(
        session,
        arguments.head.as_deref(),
        source::Default::WorkingTree,
    )?;
    let base = if arguments.live {
        Source::Nothing
    } else {
        let default = source::Default::WhereItLeftMain;
        Source::of(session, arguments.base.as_deref(), default)?
    };
    let (reviews, across) = reviews(session, arguments, &base, &head)?;
    drop(progress);
    let text = written(session, arguments, &reviews, &across);
    match &arguments.output {
        None => answer!("{text}"),
        Some(file) => source::write(&session.repository.current().join(file), &text)?,
    }
    let fails = reviews.iter().any(|review| {
        arguments
            .fail_on
            .iter()
            .any(|fail_on| fail_on.is_met(review))
    });
    Ok(if fails {
        Outcome::Wrong
    } else {
        Outcome::Clean
    })
}

/// The reviews of all environments that were asked for.
fn reviews(
    session: &Session,
    arguments: &ReviewArguments,
    base: &Source,
    head: &Source,
) -> Result<(Vec<Review>, Vec<Across>), Failure> {
    let names = environments(arguments, base, head)?;
    let mut reviewed = Vec::with_capacity(names.len());
    let written = if arguments.head.is_none() && !arguments.values {
        base.written()?
    } else {
        BTreeMap::new()
    };
    for name in names {
        let context = source::surroundings(session, &name, arguments.kubernetes)?;
        if arguments.live {
            let live = live::ask(head.files(&name)?, context.kubernetes)?;
            let mut review = review::review(&name, &live.trees, &context);
            live.complete(&mut review);
            reviewed.push((review, Trees::new(Files::new(), Files::new())));
            continue;
        }
        let trees = base.beside(head, &name)?;
        let mut review = review::review(&name, &trees, &context);
        if arguments.format == ReviewFormat::Html {
            review::draw(&mut review, &trees, &context);
        }
        if arguments.head.is_none() {
            let tried = if arguments.values {
                values::Tried::All
            } else {
                values::Tried::Changed(&written)
            };
            values::name(session, &mut review, &tried, arguments.threads.count())?;
        }
        reviewed.push((review, trees));
    }
    let pairs: Vec<(&Review, &Trees)> = reviewed
        .iter()
        .map(|(review, trees)| (review, trees))
        .collect();
    let across = review::across(&pairs);
    let reviews = reviewed.into_iter().map(|(review, trees)| {
        // The process ends soon; giving back what was read, piece by piece, takes longer than reading it.
        std::mem::forget(trees);
        review
    });
    Ok((reviews.collect(), across))
}

fn environments(
    arguments: &ReviewArguments,
    base: &Source,
    head: &Source,
) -> Result<Vec<String>, Failure> {
    let known: BTreeSet<String> = base
        .environments()
        .into_iter()
        .chain(head.environments())
        .collect();
    if arguments.environments.is_empty() {
        return Ok(known.into_iter().collect());
    }
    for name in &arguments.environments {
        if !known.contains(name) {
            let names: Vec<&str> = known.iter().map(String::as_str).collect();
            let failure = Failure::new(format!("there is no tree of `{name}` on either side"));
            return Err(failure.help(format!("the trees are {}", names.join(", "))));
        }
    }
    Ok(arguments.environments.clone())
}

fn written(
    session: &Session,
    arguments: &ReviewArguments,
    reviews: &[Review],
    across: &[Across],
) -> String {
    match arguments.format {
        ReviewFormat::Text => {
            let coloured = session.terminal.output.coloured && arguments.output.is_none();
            let shown = reviews
                .iter()
                .map(|review| review::text::render(review, coloured));
            let mut text: String = shown.collect();
            text.push_str(&review::text::render_across(across));
            text
        }
        ReviewFormat::Markdown => review::markdown::render(reviews, across, arguments.budget),
        ReviewFormat::Html => review::html::render(reviews, across),
        ReviewFormat::Json => format!("{:#}\n", review::json::render(reviews, across)),
    }
}
