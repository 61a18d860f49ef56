//! From an environment to a checked tree: components, Argo CD objects, checks, texts.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::Location;
use std::path::Path;

use check::capacity::Capacity;
use check::read::Lines;
use check::{Context, DeclaredFlow, Document, ExternalPods, Report, Selection};
use environment::Environment;
use manifest::{Application, Exception, Manifest, ResourceId};
use names::{Date, KubernetesMinor};
use schemas::Store;

use crate::argocd;
use crate::declared::declared;
use crate::error::{Clash, Refusal};
use crate::nodes;
use crate::tree::{Placed, Tree, TreeFile, place};
use crate::write::{Drift, Options, Summary, WriteError};

/// Everything that an environment is made of, before it is checked.
#[derive(Debug)]
pub struct Objects {
    /// The applications of the catalogue.
    pub applications: Vec<Application>,
    argocd: Vec<Manifest>,
    flows: Vec<DeclaredFlow>,
}

/// The file of the runbook, at the top of the tree.
const RUNBOOK: &str = "RUNBOOK.md";

impl Objects {
    /// Makes the objects of `environment`, whose files go to `generated/<name>`.
    pub fn of(name: &str, environment: &Environment) -> Self {
        let (applications, flows) = platform::applications_and_flows(environment);
        let argocd = argocd::objects(name, &environment.delivery, &applications);
        Self {
            applications,
            argocd,
            flows: flows.iter().map(declared).collect(),
        }
    }

    /// The runbook of the environment that these are the objects of, in Markdown.
    pub fn runbook(&self, name: &str, environment: &Environment) -> String {
        platform::runbook(name, environment, &self.applications, &argocd::ROOT)
    }

    /// Each object with its file, ordered by path.
    pub fn placed(&self) -> Result<Vec<Placed<'_>>, Vec<Clash>> {
        let mut placed = place(&self.applications)?;
        placed.extend(self.argocd.iter().map(argocd::place));
        placed.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(placed)
    }
}

/// An environment whose objects passed the checks: the only thing that can be written.
#[derive(Debug)]
pub struct Rendered {
    applications: usize,
    report: Report,
    tree: Tree,
}

impl Rendered {
    /// How many applications it has.
    pub fn applications(&self) -> usize {
        self.applications
    }

    /// What the checks say: warnings and exceptions in force, no errors.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The files.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Brings `folder` to this state. A stop at any moment leaves the old state, this one, or one that the next run
    /// knows for half-way and finishes.
    pub fn write(&self, folder: &Path, options: Options) -> Result<Summary, WriteError> {
        self.tree.write(folder, options)
    }

    /// Tells how `folder` differs from this state, and changes nothing.
    pub fn compare(&self, folder: &Path) -> Result<Drift, WriteError> {
        self.tree.compare(folder)
    }
}

/// Renders an environment in memory, on up to `threads` threads.
pub fn render(
    name: &str,
    environment: &Environment,
    threads: NonZeroUsize,
) -> Result<Rendered, Refusal> {
    let objects = Objects::of(name, environment);
    let placed = objects.placed().map_err(Refusal::Clashes)?;
    let against = Against {
        threads,
        ..Against::new(environment.kubernetes)
    };
    let mut report = judge(&objects, &placed, environment, &against);
    locate(&mut report, name, &placed);
    if report.errors().next().is_some() {
        return Err(Refusal::Findings(report));
    }
    Ok(Rendered {
        applications: objects.applications.len(),
        report,
        tree: Tree::of(&placed, threads)
            .with_page(RUNBOOK, page(objects.runbook(name, environment))),
    })
}

/// A page for people, which belongs to no application.
#[track_caller]
fn page(text: String) -> TreeFile {
    TreeFile {
        text,
        application: "runbook".to_owned(),
        origin: Location::caller(),
    }
}

/// What an environment is judged against.
#[derive(Clone, Debug)]
pub struct Against<'a> {
    /// The version of Kubernetes, which need not be the environment's own.
    pub kubernetes: KubernetesMinor,
    /// The rules that are asked.
    pub selection: Selection,
    /// The day. Exceptions that ended before it excuse nothing; a render knows no day, so that the same input gives the
    /// same files.
    pub today: Option<Date>,
    /// The objects that were there before, in the place of which the API server would have to take the new ones.
    pub before: &'a [Document],
    /// On how many threads the rules run, which changes nothing but the time it takes.
    pub threads: NonZeroUsize,
}

impl Against<'_> {
    /// Against a version of Kubernetes, by all rules, on no day, with nothing there before, on one thread.
    pub fn new(kubernetes: KubernetesMinor) -> Self {
        Self {
            kubernetes,
            selection: Selection::default(),
            today: None,
            before: &[],
            threads: NonZeroUsize::MIN,
        }
    }
}

/// Checks an environment, and makes no texts.
pub fn check(
    name: &str,
    environment: &Environment,
    against: &Against<'_>,
) -> Result<Report, Vec<Clash>> {
    let objects = Objects::of(name, environment);
    let placed = objects.placed()?;
    let mut report = judge(&objects, &placed, environment, against);
    locate(&mut report, name, &placed);
    Ok(report)
}

/// Says in which file below `generated/` and on which line each finding is.
fn locate(report: &mut Report, name: &str, placed: &[Placed<'_>]) {
    let excused = report.exceptions.iter_mut();
    let excused = excused.map(|excused| &mut excused.finding);
    for finding in report.findings.iter_mut().chain(excused) {
        let Some(file) = finding.source.file.clone() else {
            continue;
        };
        let of_it = placed.iter().find(|placed| placed.path == file);
        let text = of_it.map(|placed| placed.manifest.yaml());
        finding.source.place = text.map(|text| Lines::of(&text));
        finding.source.file = Some(format!("generated/{name}/{file}"));
    }
}

fn judge(
    objects: &Objects,
    placed: &[Placed<'_>],
    environment: &Environment,
    against: &Against<'_>,
) -> Report {
    let context = context(objects, environment, against.kubernetes)
        .on_day(against.today)
        .on_threads(against.threads);
    check::check_after(
        against.before,
        &documents(placed),
        &context,
        &against.selection,
    )
}

/// Lets somebody look at the objects of an environment as the checks see them, with what these say.
pub fn examine<T>(
    name: &str,
    environment: &Environment,
    look: impl FnOnce(&[Document], &Context<'_>, &Report) -> T,
) -> Result<T, Vec<Clash>> {
    let objects = Objects::of(name, environment);
    let placed = objects.placed()?;
    let context = context(&objects, environment, environment.kubernetes);
    let documents = documents(&placed);
    let report = check::check(&documents, &context);
    Ok(look(&documents, &context, &report))
}

/// What an environment asks for, and what there is: quotas, nodes, places.
pub fn capacity(name: &str, environment: &Environment) -> Result<Capacity, Vec<Clash>> {
    let objects = Objects::of(name, environment);
    let placed = objects.placed()?;
    let context = context(&objects, environment, environment.kubernetes);
    Ok(check::capacity::capacity(&documents(&placed), &context))
}

fn documents(placed: &[Placed<'_>]) -> Vec<Document> {
    let document =
        |placed: &Placed<'_>| Document::from_manifest(placed.manifest, Some(placed.path.clone()));
    placed.iter().map(document).collect()
}

fn context(
    objects: &Objects,
    environment: &Environment,
    kubernetes: KubernetesMinor,
) -> Context<'static> {
    cluster(environment, kubernetes).with_declared(objects.flows.iter().cloned())
}

/// What is known of the cluster of an environment besides the objects of its tree.
pub fn cluster(environment: &Environment, kubernetes: KubernetesMinor) -> Context<'static> {
    let external = platform::external_objects(environment);
    Context::new(kubernetes, Store::embedded())
        .with_external(external.iter().map(known))
        .with_pools(nodes::pools(environment))
        .with_proxy(nodes::proxy(environment))
}

/// What is known of an environment and stands in none of its files.
#[derive(Debug)]
pub struct Surroundings {
    /// Its cluster.
    pub context: Context<'static>,
    /// What its objects are excused from.
    pub exceptions: BTreeMap<ResourceId, Vec<Exception>>,
}

/// What is known of an environment and stands in none of its files, for whoever judges these.
pub fn surroundings(
    name: &str,
    environment: &Environment,
    kubernetes: KubernetesMinor,
) -> Result<Surroundings, Vec<Clash>> {
    let objects = Objects::of(name, environment);
    let placed = objects.placed()?;
    let excused = placed
        .iter()
        .filter(|placed| !placed.manifest.exceptions().is_empty());
    let exceptions = excused
        .map(|placed| {
            let exceptions = placed.manifest.exceptions().to_vec();
            (placed.manifest.id().clone(), exceptions)
        })
        .collect();
    Ok(Surroundings {
        context: context(&objects, environment, kubernetes),
        exceptions,
    })
}

/// What the catalogue knows to exist, in the words of the checks.
fn known(object: &platform::ExternalObject) -> check::ExternalObject {
    let id = ResourceId {
        api_version: object.api_version.into(),
        kind: object.kind.into(),
        namespace: object.namespace.clone(),
        name: object.name.clone(),
    };
    let mut known = check::ExternalObject::new(id);
    if let Some(footprint) = &object.footprint {
        known = known.footprint(nodes::footprint(footprint));
    }
    if object.pod_labels.is_empty() {
        return known;
    }
    let labels = object.pod_labels.iter().cloned().collect();
    known.pods(ExternalPods {
        labels,
        ports: Vec::new(),
    })
}
