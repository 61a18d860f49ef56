//! `cargo xtask graph`: who may talk to whom, and what depends on what, as a picture or for other programs.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line is where files are written"
)]

use std::fs;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use check::graph::{Filter, Graph, Subject};
use check::network::{self, Endpoint};
use check::{Context, Document, Report};
use clap::{Args, ValueEnum};
use environment::Sources;
use schemas::Store;
use serde_json::{Value, json};

use super::Session;
use super::check::{environments, files};
use crate::failure::{Failure, Outcome};
use crate::progress::Progress;

/// What to draw, and how.
#[derive(Debug, Args)]
pub(crate) struct GraphArguments {
    /// An environment, by the name of its file in `environments/`; or files and folders of any Kubernetes YAML.
    #[arg(value_name = "ENV|PATH", required = true)]
    subjects: Vec<String>,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = GraphFormat::Svg)]
    format: GraphFormat,
    /// What depends on what, in place of who may talk to whom.
    #[arg(long)]
    dependencies: bool,
    /// Only these namespaces and their neighbours.
    #[arg(long, value_name = "NAMESPACE", value_delimiter = ',')]
    namespace: Vec<String>,
    /// Only this object and its neighbours, `deployment/web` for instance.
    #[arg(long, value_name = "KIND/NAME", value_parser = object)]
    focus: Option<(String, String)>,
    /// Write to this file in place of standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// How a graph is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum GraphFormat {
    /// A picture for browsers.
    Svg,
    /// The language of Graphviz.
    Dot,
    /// The language of Mermaid.
    Mermaid,
    /// Every way that is open, for programs: callers, callees and ports, with nothing put together.
    Json,
}

fn object(text: &str) -> Result<(String, String), String> {
    let parts = text
        .split_once('/')
        .filter(|(kind, name)| !kind.is_empty() && !name.is_empty());
    let (kind, name) = parts.ok_or("expected a kind, a slash and a name")?;
    Ok((kind.to_owned(), name.to_owned()))
}

/// Carries it out.
pub(crate) fn run(session: &Session, arguments: &GraphArguments) -> Result<Outcome, Failure> {
    let progress = Progress::start(format!("drawing {}", arguments.subjects.join(" ")));
    let text = text(session, arguments)?;
    drop(progress);
    match &arguments.output {
        None => answer!("{text}"),
        Some(file) => {
            let path = session.repository.current().join(file);
            fs::write(&path, text).map_err(|error| {
                Failure::new(format!("{} cannot be written: {error}", file.display()))
            })?;
        }
    }
    Ok(Outcome::Clean)
}

fn text(session: &Session, arguments: &GraphArguments) -> Result<String, Failure> {
    let look = |documents: &[Document], context: &Context<'_>, report: &Report| {
        drawn(arguments, documents, context, report)
    };
    let known = session.repository.names();
    if let [name] = arguments.subjects.as_slice()
        && known.contains(name)
    {
        let environment = environment::load(name, &session.repository)
            .map_err(|mistakes| Failure::new(mistakes.render(session.terminal.error.coloured)))?;
        return render::examine(name, &environment, look).map_err(|clashes| {
            let clashes: Vec<String> = clashes.iter().map(ToString::to_string).collect();
            Failure::new(clashes.join("\n"))
        });
    }
    for path in &arguments.subjects {
        files::must_exist(session, path, &known)?;
    }
    let (documents, _) = files::read_all(session, &arguments.subjects, NonZeroUsize::MIN)?;
    let minor = environments::newest_minor(session)?;
    let context = Context::new(minor, Store::embedded()).with_what_every_cluster_has();
    let report = check::check(&documents, &context);
    Ok(look(&documents, &context, &report))
}

fn drawn(
    arguments: &GraphArguments,
    documents: &[Document],
    context: &Context<'_>,
    report: &Report,
) -> String {
    if arguments.format == GraphFormat::Json {
        return format!("{:#}\n", ways(documents, context));
    }
    let subject = if arguments.dependencies {
        Subject::Dependencies
    } else {
        Subject::Flows
    };
    let filter = Filter {
        namespaces: arguments.namespace.clone(),
        focus: arguments.focus.clone(),
    };
    let graph = Graph::of(documents, context, report, subject, &filter);
    match arguments.format {
        GraphFormat::Dot => graph.dot(),
        GraphFormat::Mermaid => graph.mermaid(),
        GraphFormat::Svg | GraphFormat::Json => graph.svg(),
    }
}

/// Every way that is open.
fn ways(documents: &[Document], context: &Context<'_>) -> Value {
    let paths = network::paths(documents, context);
    let end = |endpoint: &Endpoint| endpoint.to_string();
    let addresses = |endpoint: &Endpoint| match endpoint {
        Endpoint::Outside(network::Outside::Internet(part) | network::Outside::Addresses(part)) => {
            Some(part.to_string())
        }
        _ => None,
    };
    paths
        .iter()
        .map(|path| {
            let ports: Vec<Value> = path
                .ports
                .ranges()
                .map(|(protocol, first, last)| {
                    json!({ "protocol": protocol.as_str(), "first": first, "last": last })
                })
                .collect();
            json!({
                "from": end(path.from),
                "to": end(path.to),
                "addresses": addresses(path.from).or_else(|| addresses(path.to)),
                "ports": ports,
            })
        })
        .collect()
}
